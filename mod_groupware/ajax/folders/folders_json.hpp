// What clients send to the folders module, and how nodes leave. Source: spec folders sections 6, 10 and 12.
#pragma once

#include <string>
#include <vector>

#include "ajax/action.hpp"
#include "ajax/share/share_mail.hpp"
#include "calendars/calendar_provider.hpp"
#include "model/folders/folder_service.hpp"
#include "model/folders/tree.hpp"

namespace gw::ajax {

/// Ids as texts or numbers. Limits: 10,000. Errors: SVL-0028 when it is no array of them.
std::vector<std::string> parse_folder_ids(const Json& body);

/// The body of new and update: `{"folder":{…},"notification":{…}}`, or the bare folder of old clients.
struct FolderBody {
  model::folders::FolderChange change;
  NoticeWish notice;
  bool is_event_calendar = false;  ///< module "event": the answer has the id of chronos
  std::string provider;            ///< of a new calendar; empty: one of this server
  calendars::CalendarInput calendar;
};
/// Errors: FLD-0055 no object, FLD-0058 bad member, FLD-0061 bad
/// bits, FLD-0042 unknown module; SHR-0005.
FolderBody parse_folder_body(const Invocation& invocation);

/// Parameter `tree`, `language`, `altNames`, `allowed_modules`. Errors: FLD-1031, FLD-1018.
model::folders::TreeView parse_tree_view(const Invocation& invocation);
/// Parameter content_type, checked against the caller's modules. Errors: FLD-1018, FLD-0002, FLD-1005 for
/// system, and for mail without a mail server.
model::ObjectModule parse_content_type(const Invocation& invocation);

/// True where a client of chronos speaks of calendars: `content_type=event`, or an id `cal://…` in `id` or
/// `parent`.
bool asks_for_events(std::string_view id_or_type);
/// Calendars among them get the ids of chronos, module "event", and what tells where they come from.
void show_as_event_calendars(Invocation& invocation, std::vector<model::folders::Node>& nodes);
/// Only clients of chronos are told of calendars that come from elsewhere.
void drop_account_calendars(std::vector<model::folders::Node>& nodes);

/// Rows in the order of `columns`; unknown numbers give null. Fills costly columns first.
Json write_folder_rows(Invocation& invocation, model::folders::Tree& tree,
                       std::vector<model::folders::Node>& nodes);
Json write_folder_rows(const Invocation& invocation, const std::vector<model::folders::Node>& nodes);
/// The `columns` parameter as numbers.
std::vector<int> folder_columns(const Invocation& invocation);

/// Greatest last-modified of the rows, or the context's present stamp when there are none.
Millis newest_of(Invocation& invocation, const std::vector<model::folders::Node>& nodes);

}  // namespace gw::ajax
