#include "ajax/transfer/import_events.hpp"

#include <map>

#include "ajax/envelope.hpp"
#include "ajax/transfer/ical_folder.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/transfer.hpp"
#include "core/random.hpp"
#include "formats/ical/component_reader.hpp"
#include "formats/ical/event_reader.hpp"
#include "model/calendar/calendar_writing.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
namespace ical = formats::ical;

void check_target(const Invocation& invocation, FolderId folder) {
  const auto access = model::folders::find_access(invocation.work.connection(), invocation.caller(), folder);
  const std::string name = std::to_string(folder.value);
  if (!access) throw ApiError(errors::ie::kNoCreate, {name});
  if (access->module != model::ObjectModule::Calendar)
    throw ApiError(errors::ie::kNoImporter, {std::string(invocation.action), name});
  if (!access->rights.may_create_objects()) throw ApiError(errors::ie::kNoCreate, {name});
}

calendar::EventInput input_of(ical::ReadEvent read) {
  // Who was invited is another matter: the file is taken over into this calendar alone.
  read.event.attendees.clear();
  read.event.organizer.reset();
  read.sent.set(calendar::EventField::Attendees, false);
  read.sent.set(calendar::EventField::Organizer, false);
  calendar::EventInput input;
  input.event = std::move(read.event);
  input.sent = read.sent;
  input.original = std::move(read.original);
  return input;
}

/// What is stored together: a single event or a series, and what stands for occurrences of it.
struct Collected {
  std::vector<calendar::EventInput> masters;
  std::vector<std::vector<calendar::EventInput>> exceptions;
  std::vector<ical::Warning> warnings;
};

class Collector {
 public:
  Collector(const EventImportOptions& options, Collected& into) : options_(options), into_(into) {}

  void add(const ical::ItemGroup& group, ical::ZoneResolver& zones) {
    if (group.master != nullptr) {
      if (auto read = ical::read_event(*group.master, zones, into_.warnings)) {
        begin(input_of(std::move(*read)), group.uid);
        for (const ical::Item* part : group.overrides)
          if (auto exception = ical::read_event(*part, zones, into_.warnings))
            into_.exceptions.back().push_back(input_of(std::move(*exception)));
        return;
      }
    }
    // Occurrences without their series are events of their own; two of them cannot share the uid.
    for (std::size_t i = 0; i < group.overrides.size(); ++i)
      if (auto read = ical::read_event(*group.overrides[i], zones, into_.warnings)) {
        read->event.recurrence_id.reset();
        begin(input_of(std::move(*read)), i == 0 ? group.uid : random_uuid());
      }
  }

 private:
  void begin(calendar::EventInput input, std::string uid) {
    if (options_.ignores_uids) uid = renamed_.try_emplace(uid, random_uuid()).first->second;
    input.event.uid = std::move(uid);
    input.sent.set(calendar::EventField::Uid);
    into_.masters.push_back(std::move(input));
    into_.exceptions.emplace_back();
  }

  const EventImportOptions& options_;
  Collected& into_;
  std::map<std::string, std::string> renamed_;
};

Collected collect_events(const Invocation& invocation, std::string_view text,
                         const EventImportOptions& options) {
  const ical::ReadText read = ical::read_components(text);
  if (read.error == ical::ReadError::TooLarge) throw ApiError(errors::ie::kTooLong, {"VCALENDAR"});
  if (read.error == ical::ReadError::Empty) throw ApiError(errors::ie::kNoContent);
  Collected collected;
  collected.warnings = read.warnings;
  Collector collector(options, collected);
  for (const ical::Component& component : read.calendars) {
    ical::CalendarObject object = ical::read_calendar(component);
    collected.warnings.insert(collected.warnings.end(), object.warnings.begin(), object.warnings.end());
    std::erase_if(object.items, [](const ical::Item& item) { return item.kind != ical::ItemKind::Event; });
    const auto years = ical::years_of(object.items);
    std::vector<TimeZone> preferred{invocation.caller().timezone};
    // What a file says of its own zone is meant for times without one, too, but only the reader's is sure.
    ical::ZoneResolver zones(object.zones, std::move(preferred), years.from, years.until);
    for (const ical::ItemGroup& group : ical::group_items(
             object.items, [] { return random_uuid(); }, collected.warnings))
      collector.add(group, zones);
  }
  return collected;
}

Json warning_list(const Invocation& invocation, const std::vector<ApiError>& warnings) {
  Json list = Json::array();
  for (const ApiError& warning : warnings)
    list.append(make_error_members(warning.code(), warning.arguments(), invocation.caller().locale,
                                   next_error_id(), Category::Warning));
  return list;
}

Json element_of(const Invocation& invocation, FolderId folder, const calendar::ImportOutcome& outcome) {
  if (outcome.error) {
    // A booked room is the one conflict that an import does not pass over.
    const bool is_conflict = outcome.error->code() == errors::cal::kHardConflict;
    return make_error_envelope(is_conflict ? ApiError(errors::ie::kResourceConflict) : *outcome.error,
                               invocation.caller().locale, next_error_id());
  }
  Json element = Json::object();
  if (!outcome.warnings.empty()) {
    const ApiError& first = outcome.warnings.front();
    element = make_error_members(first.code(), first.arguments(), invocation.caller().locale, next_error_id(),
                                 Category::Warning);
    element.set("warnings", warning_list(invocation, outcome.warnings));
  }
  element.set("id", Json::string(std::to_string(outcome.id.value)));
  element.set("folder_id", Json::string(std::to_string(folder.value)));
  element.set("last_modified", Json::integer(to_zone_time(outcome.timestamp, invocation.format.zone)));
  return element;
}

}  // namespace

Response import_calendar(Invocation& invocation, FolderId folder, std::string_view text,
                         const EventImportOptions& options) {
  check_target(invocation, folder);
  invocation.work.release();
  const Collected collected = collect_events(invocation, text, options);
  Json data = Json::array();
  std::vector<Warning> warnings = file_warnings(collected.warnings);
  for (const calendar::ImportOutcome& outcome :
       calendar::import_events(invocation.work, folder, collected.masters, collected.exceptions)) {
    data.append(element_of(invocation, folder, outcome));
    for (const ApiError& warning : outcome.warnings)
      add_warnings(warnings, {{&warning.code(), warning.arguments()}});
  }
  Response response = Response::with_data(std::move(data));
  response.warnings = std::move(warnings);
  return response;
}

}  // namespace gw::ajax
