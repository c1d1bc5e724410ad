#include "model/folders/drive_mail_folders.hpp"

#include <fmt/format.h>

#include "core/errors/composition.hpp"
#include "core/json.hpp"
#include "core/log.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/naming.hpp"
#include "model/folders/own_rights.hpp"
#include "model/folders/titles.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::folders {
namespace {

constexpr std::string_view kInsertUnsent =
    "INSERT INTO drive_mail_unsent (cid, folder, user_id, given_up) VALUES (?,?,?,?)";
constexpr std::string_view kGiveUp = "UPDATE drive_mail_unsent SET given_up=? WHERE cid=? AND folder=?";
constexpr std::string_view kDeleteUnsent = "DELETE FROM drive_mail_unsent WHERE cid=? AND folder=?";
/// The job may be at those whose time is over.
constexpr std::string_view kLetGo = "DELETE FROM drive_mail_unsent WHERE cid=? AND folder=? AND given_up>?";
/// Over all contexts on purpose: who died does not depend on the tenant.
constexpr std::string_view kGivenUp =
    "SELECT cid, folder, user_id FROM drive_mail_unsent WHERE given_up<=? ORDER BY given_up LIMIT 100";

/// Member of a folder's meta: when it goes, ms UTC.
constexpr const char* kEndsMember = "driveMailEnds";
constexpr Rights kReadByLink{1, 2, 0, 0, false};

std::optional<Folder> find_file_home(sql::Connection& connection, const Caller& caller) {
  return find_default(connection, caller.context, caller.user, DefaultKind::Infostore);
}

/// The folder "Drive Mail".
std::optional<FolderId> find_root(sql::Connection& connection, const Caller& caller, FolderId home) {
  for (const Folder& folder : list_children_named(connection, caller.context, home,
                                                  default_title(DefaultTitle::DriveMail, caller.locale)))
    if (folder.owner == caller.user) return folder.id;
  return std::nullopt;
}

FolderChange own_folder(const Caller& caller, std::string title) {
  FolderChange wanted;
  wanted.module = ObjectModule::Infostore;
  wanted.title = std::move(title);
  wanted.permissions.emplace();
  wanted.permissions->push_back({caller.user.value, false, kOwnerRights});
  return wanted;
}

FolderId create_in(Transaction& transaction, const DriveMailFolder& wanted) {
  const Caller& caller = transaction.work().caller();
  transaction.stamp();
  const auto home = find_file_home(transaction.connection(), caller);
  if (!home) throw ApiError(errors::msgcs::kSharedFolderMissing);
  auto root = find_root(transaction.connection(), caller, home->id);
  if (!root)
    root =
        create_folder(transaction, home->id,
                      own_folder(caller, std::string(default_title(DefaultTitle::DriveMail, caller.locale))))
            .id;
  FolderChange mailed = own_folder(
      caller, free_title(transaction, caller.context, TitleScope{*root, caller.user, {}}, wanted.title));
  mailed.invitations.push_back({wanted.link, kReadByLink});
  if (wanted.ends.value > 0)
    mailed.meta.emplace(Json::object().set(kEndsMember, Json::integer(wanted.ends.value)).dump());
  const FolderId made = create_folder(transaction, *root, mailed).id;
  const Millis given_up{transaction.work().now().value + kDriveMailPatience.count()};
  transaction.connection().execute(kInsertUnsent, caller.context, made, caller.user, given_up);
  return made;
}

struct UnsentRow {
  ContextId context;
  FolderId folder;
  UserId user;
};

std::vector<UnsentRow> list_given_up(sql::Connection& connection, Millis now) {
  std::vector<UnsentRow> rows;
  sql::Query row = connection.query(kGivenUp, now);
  while (row.next()) rows.push_back({row.id<ContextId>(0), row.id<FolderId>(1), row.id<UserId>(2)});
  return rows;
}

/// False: it is somewhere else, or gone.
bool lies_in_root(UnitOfWork& work, FolderId wanted) {
  const auto home = find_file_home(work.connection(), work.caller());
  const auto root = home ? find_root(work.connection(), work.caller(), home->id) : std::nullopt;
  if (!root) return false;
  for (const Folder& folder : list_children(work.connection(), work.context(), *root))
    if (folder.id == wanted) return true;
  return false;
}

/// True: the folder went. One that cannot be removed now (a file is locked) is tried again.
bool remove_given_up(Environment& environment, const UnsentRow& row) {
  sql::Scope database(environment.pool);
  auto owner = users::load_caller(database.connection(), row.context, row.user);
  database.release();
  // One who may not sign in now has his folder yet.
  bool is_removed = false, stays = !owner;
  if (owner) {
    UnitOfWork work(environment, std::move(*owner));
    try {
      is_removed = lies_in_root(work, row.folder);
      if (is_removed) delete_folder(work, std::to_string(row.folder.value), {}, true);
    } catch (const ApiError& error) {
      is_removed = false;
      stays = true;
      log(LogLevel::Info, "GW0412",
          fmt::format("the folder of a Drive mail that was never sent stays: {}", format_code(error.code())));
    }
  }
  database.write([&](sql::Connection& connection) {
    if (stays)
      connection.execute(kGiveUp, Millis{environment.clock.now().value + kDriveMailPatience.count()},
                         row.context, row.folder);
    else
      connection.execute(kDeleteUnsent, row.context, row.folder);
  });
  return is_removed;
}

bool is_ended(const Folder& folder, UserId owner, Millis now) {
  if (folder.owner != owner || !folder.meta) return false;
  const auto meta = Json::parse(*folder.meta);
  if (!meta) return false;
  const std::int64_t ends = meta->get(kEndsMember).as_integer();
  return ends > 0 && ends <= now.value;
}

}  // namespace

FolderId create_drive_mail_folder(UnitOfWork& work, const DriveMailFolder& wanted) {
  FolderId made;
  work.write([&](Transaction& transaction) { made = create_in(transaction, wanted); });
  return made;
}

void let_drive_mail_go(UnitOfWork& work, FolderId folder) {
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    if (transaction.connection().execute(kLetGo, work.context(), folder, work.now()) == 0)
      throw ApiError(errors::msgcs::kSharedFolderMissing);
  });
  work.release();
}

void discard_drive_mail_folder(UnitOfWork& work, FolderId folder) {
  // First of all, as from here on whoever dies, and whatever fails, leaves it to the job. A server that
  // refused the mail at its last byte has seen it let go.
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    sql::Connection& connection = transaction.connection();
    const Millis given_up{work.now().value + kDriveMailPatience.count()};
    if (connection.execute(kGiveUp, given_up, work.context(), folder) == 0)
      connection.execute(kInsertUnsent, work.context(), folder, work.caller().user, given_up);
  });
  delete_folder(work, std::to_string(folder.value), {}, true);
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    transaction.connection().execute(kDeleteUnsent, work.context(), folder);
  });
}

std::int64_t remove_unsent_drive_mail(jobs::JobRun& run) {
  std::int64_t removed = 0;
  sql::Scope database(run.environment().pool);
  const std::vector<UnsentRow> rows = list_given_up(database.connection(), run.now());
  database.release();
  for (const UnsentRow& row : rows) {
    if (!run.goes_on()) break;
    removed += remove_given_up(run.environment(), row) ? 1 : 0;
  }
  return removed;
}

void remove_ended_drive_mail(UnitOfWork& work) {
  const Caller& caller = work.caller();
  if (caller.is_guest) return;
  const auto home = find_file_home(work.connection(), caller);
  const auto root = home ? find_root(work.connection(), caller, home->id) : std::nullopt;
  if (!root) return;
  std::size_t tried = 0;
  for (const Folder& folder : list_children(work.connection(), caller.context, *root)) {
    if (!is_ended(folder, caller.user, work.now())) continue;
    if (tried++ == kEndedAtOnce) return;
    try {
      delete_folder(work, std::to_string(folder.id.value), {}, true);
    } catch (const ApiError& error) {
      log(LogLevel::Info, "GW0409",
          fmt::format("a Drive mail folder whose time is over stays: {}", format_code(error.code())));
    }
  }
}

}  // namespace gw::model::folders
