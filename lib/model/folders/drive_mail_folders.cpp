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

namespace gw::model::folders {
namespace {

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
  return create_folder(transaction, *root, mailed).id;
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
