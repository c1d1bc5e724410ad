#include "identities/user_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/user_contacts.hpp"
#include "model/field_json.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/user_directory.hpp"

namespace gw::identities {
namespace {

using model::users::UserChanges;

std::string name_with_login(const MappedUser& mapped) {
  return fmt::format("{} ({})", mapped.contact.display_name.value_or(mapped.login), mapped.login);
}

/// As provisioning stores them.
std::vector<std::string> stored_aliases(const MappedUser& mapped, const std::string& mail) {
  std::vector<std::string> all;
  for (const std::string& alias : *mapped.aliases) all.push_back(model::users::fold_mail_address(alias));
  if (!mail.empty()) all.push_back(model::users::fold_mail_address(mail));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

class UserComparison {
 public:
  UserComparison(const model::users::User& user, const model::contacts::Contact& contact,
                 const MappedUser& mapped)
      : user_(user), contact_(contact), mapped_(mapped) {}

  UserDifference run() {
    text("login", user_.login, mapped_.login, difference_.changes.login);
    if (mapped_.mail) text("mail", user_.mail, *mapped_.mail, difference_.changes.mail);
    if (mapped_.locale) text("language", user_.locale, *mapped_.locale, difference_.changes.locale);
    if (mapped_.timezone) text("timezone", user_.timezone, *mapped_.timezone, difference_.changes.timezone);
    if (mapped_.imap_login)
      text("imap_login", user_.imap_login.value_or(""), *mapped_.imap_login, difference_.changes.imap_login);
    aliases();
    if (mapped_.quota && *mapped_.quota != user_.file_quota) {
      add("quota", std::to_string(user_.file_quota), std::to_string(*mapped_.quota));
      difference_.changes.file_quota = mapped_.quota;
    }
    const auto table = model::contacts::contact_fields();
    for (std::size_t row = 0; row < table.size(); ++row)
      if (mapped_.fields.test(row)) contact_field(row, table[row]);
    return std::move(difference_);
  }

 private:
  void add(std::string_view field, std::string before, std::string after) {
    difference_.fields.push_back({std::string(field), std::move(before), std::move(after)});
  }

  void text(std::string_view field, const std::string& before, const std::string& after,
            std::optional<std::string>& change) {
    if (before == after) return;
    add(field, before, after);
    change = after;
  }

  void aliases() {
    if (!mapped_.aliases) {
      // The address that was his is somebody else's, as far as the directory knows.
      if (!difference_.changes.mail || user_.mail.empty()) return;
      difference_.changes.aliases = user_.aliases;
      std::erase(*difference_.changes.aliases, model::users::fold_mail_address(user_.mail));
      return;
    }
    const auto wanted = stored_aliases(mapped_, mapped_.mail.value_or(user_.mail));
    auto stored = user_.aliases;
    std::sort(stored.begin(), stored.end());
    if (wanted == stored) return;
    add("aliases", join(stored, " "), join(wanted, " "));
    difference_.changes.aliases = wanted;
  }

  void contact_field(std::size_t row, const model::Field<model::contacts::Contact>& field) {
    const auto value = [&](const model::contacts::Contact& contact) {
      return write_field(contact, field, {}).to_text().value_or("");
    };
    const std::string before = value(contact_), after = value(mapped_.contact);
    if (before == after) return;
    if (field.json == "display_name") {
      if (before == name_with_login(mapped_)) return;
      difference_.changes.display_name = after;
    } else if (field.json == "first_name") {
      difference_.changes.given_name = after;
    } else if (field.json == "last_name") {
      difference_.changes.surname = after;
    } else {
      difference_.changes.contact_fields.set(row);
    }
    add(field.json, before, after);
    difference_.changes.contact = mapped_.contact;
  }

  const model::users::User& user_;
  const model::contacts::Contact& contact_;
  const MappedUser& mapped_;
  UserDifference difference_;
};

model::users::NewUser to_new_user(const MappedUser& mapped) {
  model::users::NewUser user;
  user.login = mapped.login;
  user.mail = mapped.mail.value_or("");
  user.aliases = mapped.aliases.value_or(std::vector<std::string>());
  user.locale = mapped.locale.value_or("");
  user.timezone = mapped.timezone.value_or("");
  user.file_quota = mapped.quota.value_or(-1);
  user.imap_login = mapped.imap_login;
  user.contact = mapped.contact;
  return user;
}

/// Calls `body` with false, and once more with true when a name is taken that may be made longer.
template <class Body>
void with_free_name(const model::UnitOfWork& work, Body body) {
  try {
    body(false);
  } catch (const model::ProvisioningError& error) {
    if (error.kind() != model::ProvisioningError::Kind::AlreadyExists ||
        !work.settings().unique_display_names)
      throw;
    body(true);
  }
}

}  // namespace

UserDifference compare(const model::users::User& user, const model::contacts::Contact& contact,
                       const MappedUser& mapped) {
  return UserComparison(user, contact, mapped).run();
}

UserDifference compare_stored(sql::Connection& connection, ContextId context, UserId user,
                              const MappedUser& mapped) {
  const auto stored = model::users::load_user(connection, context, user);
  const auto contact = model::contacts::find_user_contact(connection, context, user);
  return compare(stored, contact.value_or(model::contacts::Contact()), mapped);
}

model::bindings::Binding binding_of(const MappedUser& mapped, UserId user) {
  model::bindings::Binding binding;
  binding.kind = model::bindings::Kind::User;
  binding.uuid = mapped.uuid;
  binding.object = user.value;
  binding.mark = mapped.mark;
  binding.dn = mapped.dn;
  return binding;
}

UserId create_bound_user(model::UnitOfWork& work, std::string_view directory, const MappedUser& mapped) {
  UserId id;
  with_free_name(work, [&](bool is_longer) {
    auto wanted = to_new_user(mapped);
    if (is_longer) wanted.contact.display_name = name_with_login(mapped);
    work.write([&](model::Transaction& transaction) {
      id = model::users::create_user(transaction, work.context(), wanted).id;
      model::bindings::store_binding(transaction, work.context(), directory, binding_of(mapped, id));
    });
  });
  return id;
}

void change_bound_user(model::UnitOfWork& work, std::string_view directory,
                       const model::bindings::Binding& binding, const UserDifference& difference,
                       const MappedUser& mapped) {
  with_free_name(work, [&](bool is_longer) {
    UserChanges changes = difference.changes;
    if (is_longer) changes.display_name = name_with_login(mapped);
    work.write([&](model::Transaction& transaction) {
      if (!difference.is_empty() || changes.enabled)
        model::users::change_user(transaction, work.context(), UserId(binding.object), changes);
      model::bindings::store_binding(transaction, work.context(), directory, binding);
    });
  });
}

}  // namespace gw::identities
