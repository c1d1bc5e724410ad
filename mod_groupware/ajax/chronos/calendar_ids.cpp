#include "ajax/chronos/calendar_ids.hpp"

#include <fmt/format.h>

#include "ajax/chronos/repeated_value.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/folders/account_folders.hpp"
#include "recurrence/recurrence_id.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventTime;
using calendar::TimeKind;
using recurrence::RecurrenceId;

constexpr std::string_view kScheme = "cal://";
constexpr std::string_view kInternalAccount = "0";

std::optional<std::int64_t> positive(std::string_view text) {
  const auto number = parse_integer(text);
  return number && *number > 0 ? number : std::nullopt;
}

/// Other accounts have one calendar each.
FolderId account_folder(std::string_view account, std::string_view folder) {
  const auto number = positive(account);
  if (!number || *number >= model::folders::kFirstAccountFolder || folder != "0")
    throw ApiError(errors::cal::kAccountNotFound, {repeated(account)});
  return model::folders::folder_of_account(*number);
}

std::string needed_text(const Json& element, const char* name) {
  const auto text = element.get(name).to_text();
  if (!text) throw ApiError(errors::svl::kBodyIllegal, {std::string("every element needs ") + name});
  return *text;
}

}  // namespace

std::string format_calendar_id(FolderId folder) {
  namespace folders = model::folders;
  if (folders::is_account_folder(folder)) return fmt::format("{}{}/0", kScheme, folders::account_of(folder));
  return fmt::format("{}{}/{}", kScheme, kInternalAccount, folder.value);
}

bool is_calendar_id(std::string_view text) { return trim(text).starts_with(kScheme); }

FolderId parse_calendar_id(std::string_view text) {
  std::string_view number = trim(text);
  if (number.starts_with(kScheme)) {
    number.remove_prefix(kScheme.size());
    const std::size_t slash = number.find('/');
    const std::string_view account = number.substr(0, slash);
    number = slash == std::string_view::npos ? std::string_view() : number.substr(slash + 1);
    if (account != kInternalAccount) return account_folder(account, number);
  }
  const auto folder = positive(number);
  if (!folder) throw ApiError(errors::cal::kFolderNotFound, {repeated(text)});
  return FolderId(*folder);
}

ObjectId parse_event_id(std::string_view text) {
  const auto id = positive(text);
  if (!id) throw ApiError(errors::cal::kNotFound, {repeated(text)});
  return ObjectId(*id);
}

std::optional<EventTime> parse_occurrence(std::string_view text) {
  const std::string_view value = trim(text);
  if (value.empty()) return std::nullopt;
  const auto id = recurrence::parse_recurrence_id(value);
  if (!id) throw ApiError(errors::cal::kBadRecurrenceId, {repeated(value), ""});
  EventTime start;
  start.local = LocalTime{id->seconds};
  start.kind = id->kind == RecurrenceId::Kind::Date       ? TimeKind::Date
               : id->kind == RecurrenceId::Kind::Floating ? TimeKind::Floating
                                                          : TimeKind::Utc;
  return start;
}

calendar::EventRef asked_event(const Invocation& invocation, bool with_occurrence) {
  calendar::EventRef ref;
  ref.folder = parse_calendar_id(invocation.arguments.text("folder"));
  ref.event = parse_event_id(invocation.arguments.text("id"));
  if (with_occurrence) ref.recurrence_id = parse_occurrence(invocation.arguments.text("recurrenceId"));
  return ref;
}

calendar::EventRef parse_event_ref(const Json& element) {
  if (!element.is_object()) throw ApiError(errors::svl::kBodyIllegal, {"every element needs folder and id"});
  calendar::EventRef ref;
  ref.folder = parse_calendar_id(needed_text(element, "folder"));
  ref.event = parse_event_id(needed_text(element, "id"));
  if (const auto occurrence = element.get("recurrenceId").to_text())
    ref.recurrence_id = parse_occurrence(*occurrence);
  return ref;
}

std::vector<calendar::EventRef> parse_event_refs(const Json& list) {
  if (!list.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of event ids"});
  if (list.size() > calendar::kMostEvents)
    throw ApiError(errors::cal::kTooManyEvents, {std::to_string(calendar::kMostEvents)});
  std::vector<calendar::EventRef> refs;
  refs.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) refs.push_back(parse_event_ref(list.at(i)));
  return refs;
}

}  // namespace gw::ajax
