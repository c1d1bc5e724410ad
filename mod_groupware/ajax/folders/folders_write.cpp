// Changing actions of the folders module. Source: spec folders sections 12-15.
#include <algorithm>

#include "ajax/chronos/all_calendars.hpp"
#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/folders/folders_actions.hpp"
#include "ajax/folders/folders_json.hpp"
#include "ajax/mail/mail_tree.hpp"
#include "ajax/share/share_mail.hpp"
#include "core/errors/folder.hpp"
#include "core/text.hpp"
#include "model/folders/account_folders.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/tree.hpp"

namespace gw::ajax::folder_actions {
namespace {

namespace folders = model::folders;

std::optional<Millis> read_at(const Invocation& invocation) {
  const auto stamp = invocation.arguments.optional_integer("timestamp");
  return stamp ? std::optional(Millis{*stamp}) : std::nullopt;
}

/// Guests are always told (spec folders 12), others when it is asked for.
std::vector<Warning> tell_added(Invocation& invocation, const folders::SavedFolder& saved,
                                const NoticeWish& notice) {
  std::vector<ToldEntity> told;
  for (const model::PermissionEntry& entry : saved.added) {
    const bool is_invited = !entry.is_group && std::find(saved.invited.begin(), saved.invited.end(),
                                                         UserId(entry.entity)) != saved.invited.end();
    if (notice.is_wanted || is_invited) told.push_back({entry.entity, entry.is_group});
  }
  if (told.empty()) return {};
  try {
    folders::Tree tree(invocation.work, {});
    const folders::Node node = tree.get(std::to_string(saved.id.value));
    return tell_entities(invocation, {{node.module, saved.id, {}}, node.title.value_or("")}, told,
                         notice.message);
  } catch (const ApiError& error) {
    // Whoever took his own rights away no longer knows what he shares.
    return {{&error.code(), error.arguments()}};
  }
}

Response answer_saved(Invocation& invocation, const folders::SavedFolder& saved, const NoticeWish& notice,
                      bool is_event_calendar) {
  const std::string id = is_event_calendar ? format_calendar_id(saved.id) : std::to_string(saved.id.value);
  Response response = Response::with_data(Json::string(id), saved.stamp);
  for (const folders::FolderWarning& warning : saved.warnings)
    response.warnings.push_back({warning.code, warning.arguments});
  for (Warning& warning : tell_added(invocation, saved, notice))
    response.warnings.push_back(std::move(warning));
  return response;
}

/// A calendar that is known by its id of chronos.
Response answer_calendar(Invocation& invocation, FolderId folder) {
  return Response::with_data(Json::string(format_calendar_id(folder)),
                             model::last_stamp(invocation.work.connection(), invocation.work.context()));
}

bool is_calendar_of_accounts(const FolderBody& body) {
  return !body.provider.empty() && body.provider != calendars::OwnCalendars::kName;
}

/// Before anything is made or changed: what is said of the calendar is refused now or never.
void check_own_calendar(Invocation& invocation, const FolderBody& body) {
  if (body.calendar.properties.is_missing()) return;
  static_cast<void>(
      calendars_of(invocation).named(calendars::OwnCalendars::kName).probe(invocation.work, body.calendar));
}

/// What belongs to a calendar as such, after its folder was written.
void settle_calendar(Invocation& invocation, FolderId folder, const FolderBody& body) {
  if (body.calendar.properties.is_missing() && body.calendar.config.is_missing()) return;
  calendars_of(invocation).of(invocation.work, folder).change(invocation.work, folder, body.calendar);
}

struct Failure {
  std::string id;
  ApiError error;
};

struct Deletion {
  std::string id;
  bool has_failed = false;
  bool is_trashed = false;
};

/// The odd spelling of the last member is part of the contract.
Json write_deletions(const std::vector<Deletion>& deletions) {
  Json list = Json::array();
  for (const Deletion& deletion : deletions)
    list.append(Json::object()
                    .set("path", Json::string(deletion.id))
                    .set("new_path", Json::string(deletion.id))
                    .set("hasFailed", Json::boolean(deletion.has_failed))
                    .set("isTrashed", Json::boolean(deletion.is_trashed))
                    .set("isSuppoprted", Json::boolean(true)));
  return list;
}

[[noreturn]] void throw_failures(std::vector<Failure> failures) {
  if (failures.size() == 1) throw failures.front().error;
  std::vector<std::string> ids;
  for (Failure& failure : failures) ids.push_back(std::move(failure.id));
  throw ApiError(errors::fld::kSeveralFailed, {join(ids, ", ")});
}

Json write_failed_ids(const std::vector<Failure>& failures) {
  Json list = Json::array();
  for (const Failure& failure : failures) list.append(Json::string(failure.id));
  return list;
}

}  // namespace

Response create(Invocation& invocation) {
  parse_tree_view(invocation);
  const FolderBody body = parse_folder_body(invocation);
  const std::string_view parent = invocation.arguments.text("folder_id");
  const bool is_mail_in_private =
      trim(parent) == "1" && body.change.module == std::optional(model::ObjectModule::Mail);
  if (mailbox::is_mail_folder(parent)) return create_mail_folder(invocation, parent, body.change);
  // In tree 1 the folders of the primary account stand below folder 1.
  if (is_mail_in_private && offers_mail(invocation))
    return create_mail_folder(invocation, mailbox::format_folder_path(0, ""), body.change);
  if (is_calendar_of_accounts(body))
    return answer_calendar(
        invocation, calendars_of(invocation).named(body.provider).create(invocation.work, body.calendar));
  check_own_calendar(invocation, body);
  const auto saved =
      folders::create_folder(invocation.work, invocation.arguments.text("folder_id"), body.change);
  settle_calendar(invocation, saved.id, body);
  return answer_saved(invocation, saved, body.notice, body.is_event_calendar);
}

Response update(Invocation& invocation) {
  parse_tree_view(invocation);
  const FolderBody body = parse_folder_body(invocation);
  const std::string_view id = invocation.arguments.text("id");
  if (is_birthday_folder(id)) {
    const FolderId folder = parse_calendar_id(id);
    calendars_of(invocation).of(invocation.work, folder).change(invocation.work, folder, body.calendar);
    return answer_calendar(invocation, folder);
  }
  if (mailbox::is_mail_folder(id))
    return change_mail_folder(invocation, id, body.change,
                              invocation.arguments.boolean("cascadePermissions"));
  const auto saved = folders::change_folder(invocation.work, id, body.change, read_at(invocation),
                                            invocation.arguments.boolean("cascadePermissions"));
  settle_calendar(invocation, saved.id, body);
  return answer_saved(invocation, saved, body.notice, asks_for_events(id));
}

Response remove(Invocation& invocation) {
  parse_tree_view(invocation);
  const bool for_good = invocation.arguments.boolean("hardDelete");
  Millis newest = model::last_stamp(invocation.work.connection(), invocation.work.context());
  std::vector<Failure> failures;
  std::vector<Deletion> deletions;
  for (const std::string& id : parse_folder_ids(invocation.body)) {
    Deletion deletion{id};
    try {
      if (is_birthday_folder(id)) throw ApiError(errors::fld::kNotDeletable, {id});
      if (mailbox::is_mail_folder(id)) {
        deletion.is_trashed = remove_mail_folder(invocation, id, for_good);
      } else {
        const auto deleted = folders::delete_folder(invocation.work, id, read_at(invocation), for_good);
        newest = std::max(newest, deleted.stamp);
        deletion.is_trashed = deleted.is_trashed;
      }
    } catch (const ApiError& error) {
      deletion.has_failed = true;
      failures.push_back({id, error});
    }
    deletions.push_back(std::move(deletion));
  }
  if (!failures.empty() && invocation.arguments.boolean("failOnError")) throw_failures(std::move(failures));
  const bool extended = invocation.arguments.boolean("extendedResponse");
  Response response =
      Response::with_data(extended ? write_deletions(deletions) : write_failed_ids(failures), newest);
  for (const Failure& failure : failures)
    response.warnings.push_back({&failure.error.code(), failure.error.arguments()});
  return response;
}

Response clear(Invocation& invocation) {
  parse_tree_view(invocation);
  Millis newest = model::last_stamp(invocation.work.connection(), invocation.work.context());
  std::vector<Failure> failures;
  for (const std::string& id : parse_folder_ids(invocation.body)) {
    try {
      if (mailbox::is_mail_folder(id))
        clear_mail_folder(invocation, id);
      else
        newest = std::max(newest, folders::clear_folder(invocation.work, id));
    } catch (const ApiError& error) {
      failures.push_back({id, error});
    }
  }
  return Response::with_data(write_failed_ids(failures), newest);
}

Response restore(Invocation& invocation) {
  const folders::TreeView view = parse_tree_view(invocation);
  Json data = Json::array();
  Millis newest;
  for (const std::string& id : parse_folder_ids(invocation.body)) {
    const auto saved = folders::restore_folder(invocation.work, id);
    newest = std::max(newest, saved.stamp);
    Json path = Json::array();
    folders::Tree tree(invocation.work, view);
    for (const folders::Node& node : tree.path(std::to_string(saved.id.value)))
      path.append(Json::object()
                      .set("id", Json::string(*node.id))
                      .set("title", Json::string(node.title.value_or(""))));
    data.append(Json::object().set("folder", Json::string(id)).set("path", std::move(path)));
  }
  return Response::with_data(std::move(data), newest.value > 0 ? newest : newest_of(invocation, {}));
}

}  // namespace gw::ajax::folder_actions
