// Module `chronos/itip`: what the scheduling part of a mail means, and one action for each thing that can be
// done with it. Source: spec chronos section 12; http-api.json analyze, accept …
#include <algorithm>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/chronos/chronos.hpp"
#include "ajax/chronos/chronos_parameters.hpp"
#include "ajax/chronos/event_json.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "ajax/mail/mail_call.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/conversion.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mail/mime/structure.hpp"
#include "mailbox/scheduling/inbox_pickup.hpp"
#include "mailbox/scheduling/scheduling_actions.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
namespace scheduling = mailbox::scheduling;

constexpr std::string_view kPartArgument = "com.openexchange.mail.conversion.";
constexpr std::string_view kMailSource = "com.openexchange.mail.ical";

/// A message with what is known of where it came from.
struct Received {
  scheduling::ItipMessage message;
  std::string sender;
  std::unique_ptr<mailbox::Mailbox> mailbox;
  MailRef ref;
  mail::Part structure;
};

std::string need_argument(const Json& body, std::string_view name) {
  const std::string full = std::string(kPartArgument).append(name);
  const std::string text = body.get(full.c_str()).to_text().value_or("");
  if (text.empty()) throw ApiError(errors::conversion::kMissing, {full});
  return text;
}

/// Errors: those of mails; CAL-4036 for users without mail; CAL-4006 for a part that is no iCalendar or is
/// too large.
Received read_source(const Invocation& invocation) {
  const std::string_view source = invocation.arguments.text("dataSource");
  if (source != kMailSource) throw ApiError(errors::svl::kBadParameter, {"dataSource", std::string(source)});
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const std::string folder = need_argument(invocation.body, "fullname");
  const std::string id = need_argument(invocation.body, "mailid");
  const std::string part_id = need_argument(invocation.body, "sequenceid");
  if (!invocation.caller().modules.has(model::Module::Webmail))
    throw ApiError(errors::cal::kCapabilityMissing, {"webmail"});
  auto mailbox = open_mailbox(invocation);
  const MailRef ref{mailbox::parse_folder_path(folder), mailbox::parse_mail_id(id, folder)};
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Structure).add(mail::Fetch::Envelope);
  mail::Message message = load_mail(*mailbox, ref, fetch);
  const mail::Part* part = message.structure ? mail::mime::find_part(*message.structure, part_id) : nullptr;
  if (part == nullptr || part->is_multipart())
    throw ApiError(errors::msg::kAttachmentNotFound, {part_id, id, folder});
  const std::string text =
      scheduling::read_calendar_part(*mailbox, ref.folder, ref.uid, *part, scheduling::kLargestMessage);
  auto read = scheduling::read_itip(text, scheduling::method_of(*part), {invocation.caller().timezone});
  if (!read) throw ApiError(errors::cal::kBadData, {part_id, "no iCalendar"});
  return {std::move(*read), message.from.empty() ? "" : message.from.front().address, std::move(mailbox), ref,
          std::move(*message.structure)};
}

Json write_shown(EventJson& writer, const std::optional<calendar::EventData>& event) {
  if (!event) return {};
  calendar::SeenEvent seen;
  seen.event = *event;
  return writer.write(seen);
}

Json write_lines(const std::vector<std::string>& lines, bool as_html) {
  Json list = Json::array();
  for (const std::string& line : lines) list.append(Json::string(as_html ? escape_html(line) : line));
  return list;
}

/// Conflicts in the form of chronos.
Json write_conflicts(EventJson& writer, const std::vector<calendar::Conflict>& conflicts) {
  calendar::CalendarResult result;
  result.conflicts = conflicts;
  return writer.write(result).get("conflicts");
}

Json write_change(EventJson& writer, const scheduling::ItipChange& change, bool as_html) {
  Json json = Json::object();
  json.set("type", Json::string(scheduling::name_of(change.type)));
  json.set("exception", Json::boolean(change.is_exception));
  if (!change.introduction.empty())
    json.set("introduction", Json::string(as_html ? escape_html(change.introduction) : change.introduction));
  const std::pair<const char*, const std::optional<calendar::EventData>*> events[] = {
      {"newEvent", &change.new_event},
      {"currentEvent", &change.current_event},
      {"masterEvent", &change.master_event},
      {"deletedEvent", &change.deleted_event}};
  for (const auto& [name, event] : events)
    if (*event) json.set(name, write_shown(writer, *event));
  if (!change.conflicts.empty()) json.set("conflicts", write_conflicts(writer, change.conflicts));
  json.set("diffDescription", write_lines(change.differences, as_html));
  return json;
}

Response analyze(Invocation& invocation) {
  const Received received = read_source(invocation);
  const bool as_html = !equal_ignoring_ascii_case(invocation.arguments.text("descriptionFormat"), "text");
  EventJson writer(invocation, calendar::EventFields::all(), false);
  Json data = Json::array();
  for (const calendar::Invitation& invitation : received.message.invitations) {
    const scheduling::Analysis analysis =
        scheduling::analyze(invocation.work, received.message.method, invitation, received.sender);
    Json annotations = Json::array(), changes = Json::array(), actions = Json::array();
    for (const scheduling::Annotation& annotation : analysis.annotations) {
      const std::string text =
          scheduling::annotation_text(annotation.oddity, annotation.detail, invocation.caller().locale);
      annotations.append(Json::string(as_html ? escape_html(text) : text));
    }
    for (const scheduling::ItipChange& change : analysis.changes)
      changes.append(write_change(writer, change, as_html));
    for (const scheduling::ItipAction action : analysis.actions)
      actions.append(Json::string(scheduling::name_of(action)));
    data.append(Json::object()
                    .set("actions", std::move(actions))
                    .set("annotations", std::move(annotations))
                    .set("changes", std::move(changes)));
  }
  return Response::with_data(std::move(data));
}

[[noreturn]] void refuse_conflicts(const std::vector<calendar::Conflict>& conflicts) {
  const bool is_hard =
      std::any_of(conflicts.begin(), conflicts.end(), [](const auto& each) { return each.is_hard; });
  throw ApiError(is_hard ? errors::cal::kHardConflict : errors::cal::kSoftConflict);
}

/// Counter: `startDate`, `endDate`, and of a series `recurrenceId` for one date of it. Delegate: `attendee`,
/// as updateAttendee has it. Errors: CAL-4001, CAL-4006.
scheduling::ItipOrder read_order(const Invocation& invocation) {
  const auto action = scheduling::find_action(invocation.action);
  if (!action) throw ApiError(errors::cal::kUnsupportedMethod, {std::string(invocation.action)});
  scheduling::ItipOrder order{*action, std::string(invocation.arguments.text("message"))};
  const Json& body = invocation.body;
  if (*action == scheduling::ItipAction::Delegate && body.get("attendee").is_object())
    order.delegate = parse_attendee(body.get("attendee"));
  if (*action != scheduling::ItipAction::Counter || !body.get("startDate").is_object()) return order;
  order.time.emplace();
  order.time->start = parse_event_time(body.get("startDate"), "startDate");
  order.time->end = parse_event_time(body.get("endDate"), "endDate");
  if (const Json id = body.get("recurrenceId"); id.is_string())
    order.time->occurrence = parse_occurrence(id.as_string());
  return order;
}

/// The action's name is what is done.
Response perform(Invocation& invocation) {
  scheduling::ItipOrder order = read_order(invocation);
  const Received received = read_source(invocation);
  const scheduling::MailSource source{*received.mailbox, received.ref.folder, received.ref.uid,
                                      received.structure};
  order.source = &source;
  EventJson writer(invocation, calendar::EventFields::all(), false);
  Json data = Json::array();
  Millis newest;
  for (const calendar::Invitation& invitation : received.message.invitations) {
    const scheduling::Analysis analysis =
        scheduling::analyze(invocation.work, received.message.method, invitation, received.sender);
    const calendar::CalendarResult result = scheduling::perform(invocation.work, analysis, invitation, order);
    if (!result.conflicts.empty()) refuse_conflicts(result.conflicts);
    for (const auto* list : {&result.created, &result.updated})
      for (const calendar::SeenEvent& seen : *list) data.append(writer.write(seen));
    newest = std::max(newest, result.timestamp);
  }
  return Response::with_data(std::move(data), newest.value > 0 ? newest : newest_of(invocation, {}));
}

constexpr Parameter kSource[] = {
    {"dataSource", Type::Text, true}, {"descriptionFormat"}, {"message"}, {"timezone"}};

constexpr Action kItipActions[] = {
    {"accept", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"accept_and_ignore_conflicts", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"accept_and_replace", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"accept_party_crasher", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"analyze", kPut, analyze, kBody, kSource, model::Module::Calendar},
    {"counter", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"create", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"decline", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"declinecounter", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"delegate", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"delete", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"ignore", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"refresh", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"send_appointment", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"tentative", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
    {"update", kPut, perform, kBody | kSerial, kSource, model::Module::Calendar},
};

}  // namespace

const ApiModule kChronosItipModule{"chronos/itip", kItipActions};

}  // namespace gw::ajax
