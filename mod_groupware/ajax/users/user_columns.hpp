// The columns of module `user`: those of the contact in folder 6, and 1 and 610-616, which mean other things
// here than in module `contacts`. Source: spec columns section 12.
#pragma once

#include <string_view>
#include <vector>

#include "model/contacts/contact.hpp"
#include "model/field_json.hpp"
#include "model/users/user.hpp"

namespace gw::ajax {

/// What only the account knows. `column` is the number, `name` the member of the object form.
struct UserColumn {
  int column;
  const char* name;
  Json (*write)(const model::users::User& user, const model::Caller& caller);
};

/// nullptr when the number belongs to the contact.
const UserColumn* find_user_column(int column);

/// The parsed parameter `columns`.
class UserColumns {
 public:
  /// Errors: ApiError SVL-0010.
  explicit UserColumns(std::string_view text);
  /// Rows of contact_fields() that write_row looks at.
  [[nodiscard]] model::FieldSet contact_fields() const;
  [[nodiscard]] Json write_row(const model::users::User& user, const model::contacts::Contact& contact,
                               const model::Caller& caller, const model::WireFormat& format) const;

 private:
  std::vector<int> numbers_;
};

/// The object form of `get`: all fields of the contact, then those of the account; `id` is the user id.
Json write_user(const model::users::User& user, const model::contacts::Contact& contact,
                const model::Caller& caller, const model::WireFormat& format);

}  // namespace gw::ajax
