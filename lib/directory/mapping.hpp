// Mapping files: which attributes of a directory are which values here. An INI file with the sections user,
// group, resource and contact; docs/directory.md tells how it is written. Which names of values there are is
// not known here. Source: spec ldap-and-subscriptions section 3.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gw::directory {

/// One attribute, and how it is read.
struct Source {
  enum class Kind {
    Text,    ///< `mail`
    Uuid,    ///< `attribute;binary`: 16 bytes in the order in which they are written
    Guid,    ///< `objectGUID;guid`: 16 bytes in the order of Microsoft
    Login,   ///< `memberUid;login`: text that names a user by his login
    Equals,  ///< `objectClass=group`: true when a value is this one, without case; `=*`: when there is any
    Bits,    ///< `userAccountControl&2`: true when the number has one of these bits
  };
  std::string attribute;  ///< lower case
  Kind kind = Kind::Text;
  std::string value;  ///< of Equals
  std::int64_t bits = 0;
};

/// Sources in the order in which they are asked: the first one that has something counts.
using Rule = std::vector<Source>;

struct Section {
  std::string filter;         ///< of all objects of this kind
  std::string base;           ///< below which they are; empty: that of the directory
  bool is_one_level = false;  ///< right below it only; not read from a file
  Rule id;                    ///< the immutable id
  Rule modified;              ///< changes with every change of an object; may be missing
  /// By the name of the value.
  std::map<std::string, Rule, std::less<>> fields;
};

struct Mapping {
  std::optional<Section> user, group, resource, contact;
};

/// `what` names the line.
class MappingError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Errors: MappingError with the line and how to write it right. Limits: 64 KiB, 1,024 bytes a line, 10
/// sources a value.
Mapping parse_mapping(std::string_view text);

/// The attributes that a section reads, each once. Names in lower case.
std::vector<std::string> attributes_of(const Section& section);
/// Those that tell which object it is and whether it changed.
std::vector<std::string> marks_of(const Section& section);

}  // namespace gw::directory
