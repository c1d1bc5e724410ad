// Where folders come from that are not rows of the folder table: mail accounts, external storages.
// mod_groupware joins them to the tree; nothing here knows them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/folders/node.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// What a request wants to see of the tree.
struct TreeView {
  int tree = 0;  ///< 0 or 1
  std::string locale = "en_US";
  bool new_names = false;             ///< parameter altNames
  std::vector<ObjectModule> allowed;  ///< empty: all
  std::string share_base;             ///< the address that tokens of guests are put behind
  [[nodiscard]] bool allows(ObjectModule module) const;
};

/// Threads: any; implementations keep their state in the unit of work. They must release its connection
/// before network I/O.
class Source {
 public:
  virtual ~Source() = default;
  struct Children {
    std::vector<Node> sorted;    ///< take their place among the stored folders
    std::vector<Node> appended;  ///< account roots: after everything else, in this order
  };
  /// What this source shows below a node, own or stored ("1").
  virtual Children children(UnitOfWork& work, const TreeView& view, std::string_view parent) const = 0;
  /// Empty when the id is not one of this source. Errors: FLD-0008, FLD-0003 when it is, but is not there.
  virtual std::optional<Node> find(UnitOfWork& work, const TreeView& view, std::string_view id) const = 0;
};

using SourceList = std::vector<const Source*>;

}  // namespace gw::model::folders
