// Which modules a user may use, in the words of provisioning: the names of combination files, the members of
// UserModuleAccess, the bits of a user's modules; and named combinations. Source: spec provisioning
// section 4.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "model/caller.hpp"
#include "provisioning/data_types.hpp"

namespace gw::provisioning {

struct AccessRow {
  std::string_view name;    ///< in combination files, lower case
  std::string_view member;  ///< of UserModuleAccess
  std::string_view option;  ///< of the command line, after `--access-`
  std::uint32_t bits = 0;
  bool is_inverse = false;  ///< on means that the bits are off
};
std::span<const AccessRow> access_rows();
/// As members of the type UserModuleAccess.
std::span<const Member> access_members();

/// Nothing was said: webmail and contacts, with the global address book.
model::ModuleSet access_of_nothing();

/// Every member. Of a context administrator the rights that he always has are shown, too.
Json write_access(model::ModuleSet modules);
/// Members that are there change; others stay. Errors: Fault InvalidData.
model::ModuleSet read_access(const Json& access, model::ModuleSet modules);

/// Named sets of access.
class AccessCombinations {
 public:
  /// Those that every installation has.
  AccessCombinations();
  /// Lines `name=right,right`; `#` begins a comment. Names that are there already get the new meaning.
  /// Errors: std::invalid_argument with the line. Limits: 1,000 names, 64 KiB.
  void add_file(const std::string& path);
  void add_text(std::string_view text);
  /// Errors: Fault InvalidData for an unknown name.
  [[nodiscard]] model::ModuleSet load(std::string_view name) const;
  /// The name of exactly these rights. Errors: empty when none fits.
  [[nodiscard]] std::optional<std::string> find_name(model::ModuleSet modules) const;
  /// Ascending.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::map<std::string, std::uint32_t, std::less<>> sets_;
};

}  // namespace gw::provisioning
