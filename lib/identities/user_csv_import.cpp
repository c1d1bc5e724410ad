#include "identities/user_csv_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/error.hpp"
#include "core/text.hpp"
#include "identities/user_changes.hpp"
#include "model/groups/group_service.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"
#include "session/password.hpp"
#include "sql/error.hpp"

namespace gw::identities {
namespace {

constexpr std::size_t kMaxRowProblems = 1'000;
constexpr Millis kAnyVersion{INT64_MAX};

class UserCsvImport {
 public:
  UserCsvImport(model::UnitOfWork& work, const CsvImportOptions& options) : work_(work), options_(options) {}

  CsvImportReport run(std::string_view text) {
    UserCsvReader reader(text, options_.layout);
    report_.unknown_titles = reader.unknown_titles();
    for (UserRow row; reader.next(row);) {
      line_ = {.number = row.number, .login = row.login};
      take([&] { take_row(row); }, fmt::format("row {} ({})", row.number, row.login));
      if (report_.lines.size() < CsvImportReport::kMostLines) report_.lines.push_back(std::move(line_));
      work_.release();
    }
    for (const auto& [name, members] : members_) {
      take([&] { join_group(name, members); }, "group " + name);
      work_.release();
    }
    return std::move(report_);
  }

 private:
  template <class Body>
  void take(Body body, const std::string& what) {
    try {
      body();
    } catch (const ApiError& error) {
      fail(what, error.what());
    } catch (const model::ProvisioningError& error) {
      fail(what, error.what());
    } catch (const sql::SqlError& error) {
      if (error.kind() != sql::ErrorKind::Duplicate) throw;
      fail(what, "a value belongs to somebody else");
    }
  }

  void fail(const std::string& what, const std::string& why) {
    ++report_.failed;
    line_.outcome = CsvLine::Outcome::Error;
    line_.problem = why;
    if (report_.problems.size() < kMaxRowProblems) report_.problems.push_back(what + ": " + why);
  }

  void take_row(const UserRow& row) {
    if (!row.problem.empty())
      throw model::ProvisioningError(model::ProvisioningError::Kind::Invalid, row.problem);
    const auto login = model::users::normalise_login(row.login);
    if (!login || !seen_.insert(*login).second)
      throw model::ProvisioningError(model::ProvisioningError::Kind::Invalid,
                                     login ? "an earlier row has this login" : "the login is not valid");
    if (row.password) model::users::check_new_password(*row.password);
    const auto stored = model::users::find_by_login(work_.connection(), work_.context(), *login);
    work_.release();
    UserId id;
    if (stored)
      id = change(*stored, row);
    else
      id = create(*login, row);
    for (const std::string& group : row.groups) members_[group].insert(id.value);
  }

  [[nodiscard]] std::optional<std::string> hash_of(const UserRow& row) const {
    if (!row.password || options_.is_dry) return std::nullopt;
    return session::hash_password(*row.password, work_.settings().session.password_cost);
  }

  UserId create(const std::string& login, const UserRow& row) {
    model::users::NewUser user;
    user.login = login;
    user.password_hash = hash_of(row);
    user.mail = row.mail.value_or("");
    user.aliases = row.aliases.value_or(std::vector<std::string>());
    user.locale = row.language.value_or("");
    user.timezone = row.timezone.value_or("");
    user.file_quota = row.quota.value_or(-1);
    user.imap_login = row.imap_login;
    user.contact = row.contact;
    const UserId id = options_.is_dry ? UserId() : store(user);
    ++report_.created;
    line_.outcome = CsvLine::Outcome::Create;
    return id;
  }

  UserId store(const model::users::NewUser& wanted) {
    UserId id;
    work_.write([&](model::Transaction& transaction) {
      transaction.stamp();
      model::users::NewUser user = wanted;
      if (options_.prepare) options_.prepare(transaction, user);
      id = model::users::create_user(transaction, work_.context(), user).id;
      if (options_.complete) options_.complete(transaction, id);
    });
    return id;
  }

  /// Whether the row says nothing new; of groups it is not the row that tells.
  bool is_known(const model::users::User& user, const UserRow& row) {
    if (row.password) return false;
    MappedUser said;
    said.login = user.login;
    said.mail = row.mail;
    said.aliases = row.aliases;
    said.locale = row.language;
    said.timezone = row.timezone;
    said.quota = row.quota;
    said.imap_login = row.imap_login;
    said.contact = row.contact;
    said.fields = row.fields;
    const bool is_same = compare_stored(work_.connection(), work_.context(), user.id, said).is_empty();
    work_.release();
    return is_same;
  }

  UserId change(const model::users::User& user, const UserRow& row) {
    if (is_known(user, row)) {
      ++report_.skipped;
      line_.outcome = CsvLine::Outcome::Skip;
      return user.id;
    }
    model::users::UserChanges changes;
    changes.password_hash = hash_of(row);
    changes.mail = row.mail;
    changes.aliases = row.aliases;
    changes.locale = row.language;
    changes.timezone = row.timezone;
    changes.file_quota = row.quota;
    changes.imap_login = row.imap_login;
    changes.display_name = row.display_name;
    changes.given_name = row.contact.first_name;
    changes.surname = row.contact.last_name;
    changes.contact = row.contact;
    changes.contact_fields = row.fields;
    if (!options_.is_dry) model::users::change_user(work_, user.id, changes);
    ++report_.changed;
    line_.outcome = CsvLine::Outcome::Change;
    return user.id;
  }

  void join_group(const std::string& name, const std::set<std::int64_t>& members) {
    const auto groups = model::groups::list_groups(work_);
    work_.release();
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const model::groups::Group& group) {
      return equal_ignoring_ascii_case(group.name.value_or(""), name) || group.display_name == name;
    });
    std::set<std::int64_t> all = members;
    if (found != groups.end()) all.insert(found->members.begin(), found->members.end());
    Json ids = Json::array();
    for (const std::int64_t id : all) ids.append(Json::integer(id));
    Json values = Json::object().set("members", std::move(ids));
    if (found == groups.end()) {
      values.set("display_name", Json::string(name));
      ++report_.groups;
    }
    if (options_.is_dry) return;
    const bool is_new = found == groups.end();
    const auto input = model::groups::parse_group(values, is_new);
    if (is_new)
      model::groups::create_group(work_, input);
    else
      model::groups::update_group(work_, GroupId(found->id), input, kAnyVersion);
  }

  model::UnitOfWork& work_;
  const CsvImportOptions options_;
  CsvImportReport report_;
  CsvLine line_;  ///< of the row that is being taken
  std::set<std::string> seen_;
  std::map<std::string, std::set<std::int64_t>> members_;
};

Json texts_to_json(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.append(Json::string(text));
  return array;
}

}  // namespace

Json CsvImportReport::to_json() const {
  return Json::object()
      .set("created", Json::integer(created))
      .set("changed", Json::integer(changed))
      .set("skipped", Json::integer(skipped))
      .set("failed", Json::integer(failed))
      .set("groups", Json::integer(groups))
      .set("unknown_titles", texts_to_json(unknown_titles))
      .set("problems", texts_to_json(problems));
}

CsvImportReport import_users(model::UnitOfWork& work, std::string_view text,
                             const CsvImportOptions& options) {
  return UserCsvImport(work, options).run(text);
}

}  // namespace gw::identities
