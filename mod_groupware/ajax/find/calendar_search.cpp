// The search box in the calendar: appointments with the members that `columns` name, or without that
// parameter events with the members that `fields` name.
#include "ajax/calendar/appointment_view.hpp"
#include "ajax/chronos/event_json.hpp"
#include "ajax/find/persons.hpp"
#include "ajax/find/result_page.hpp"
#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "model/calendar/event_query.hpp"
#include "model/calendar/event_words.hpp"

namespace gw::ajax {
namespace {

namespace calendar = model::calendar;
using calendar::EventQuery;
using calendar::EventText;

constexpr FacetChoice kAnswers[] = {
    {"ACCEPTED", "Accepted"}, {"DECLINED", "Declined"}, {"TENTATIVE", "Tentative"}, {"NEEDS-ACTION", "None"}};
constexpr FacetChoice kTypes[] = {{"single", "Single appointment"}, {"series", "Series"}};
constexpr FacetChoice kRelativeDates[] = {{"coming", "Coming"}, {"past", "Past"}};

constexpr FacetRow kCalendarFacets[] = {
    {"global", FacetKind::Text, "global"},
    {"subject", FacetKind::Text, "subject", "in subject"},
    {"location", FacetKind::Text, "location", "in location"},
    {"description", FacetKind::Text, "description", "in description"},
    {"attachment_name", FacetKind::Text, "attachment_name", "in names of attachments"},
    {"participant", FacetKind::Person, "participant", "Participant"},
    {"status", FacetKind::Choice, "status", "My status", kAnswers},
    {"relative_date", FacetKind::Choice, "relative_date", "Date", kRelativeDates},
    {"date", FacetKind::Date, "date", "Time"},
    {"type", FacetKind::Choice, "type", "Type", kTypes},
    {"folder_type", FacetKind::FolderType, "folder_type", "Folder type"},
    {"folder", FacetKind::Folder, "folder"},
};

struct EventTextRow {
  std::string_view field;
  EventText text;
};
/// A field stands in several rows when it is looked for in several texts.
constexpr EventTextRow kEventTexts[] = {
    {"global", EventText::Summary},
    {"global", EventText::Location},
    {"global", EventText::Description},
    {"global", EventText::Categories},
    {"global", EventText::Attachments},
    {"subject", EventText::Summary},
    {"location", EventText::Location},
    {"description", EventText::Description},
    {"attachment_name", EventText::Attachments},
};

/// Far enough for whatever has no end, and far from the ends of the number.
constexpr Millis kEarliest{-253'402'300'799'000}, kLatest{253'402'300'799'000};

struct EventWish {
  EventQuery query;
  calendar::ReadOptions options;
  Millis now;

  void narrow(Millis from, Millis until) {
    if (!options.range) options.range = calendar::TimeRange{kEarliest, kLatest};
    options.range->from = std::max(options.range->from, from);
    options.range->until = std::min(options.range->until, until);
  }
};

struct EventChoiceRow {
  std::string_view facet;
  void (*apply)(EventWish& wish, const std::vector<std::string>& queries);
};
constexpr EventChoiceRow kEventChoices[] = {
    {"status",
     [](EventWish& wish, const std::vector<std::string>& queries) {
       for (const std::string& query : queries)
         if (const auto answer = calendar::find_part_stat(query)) wish.query.answers.push_back(*answer);
     }},
    {"relative_date",
     [](EventWish& wish, const std::vector<std::string>& queries) {
       const bool is_past = queries.front() == "past";
       wish.narrow(is_past ? kEarliest : wish.now, is_past ? wish.now : kLatest);
       // What comes next is what is looked for.
       wish.options.is_descending = is_past;
     }},
    {"type",
     [](EventWish& wish, const std::vector<std::string>& queries) {
       if (queries.size() == 1) wish.query.is_series = queries.front() == "series";
     }},
};

void add_texts(EventQuery& query, const FindCriterion& criterion) {
  std::vector<EventText> in;
  for (const std::string& field : criterion.fields)
    for (const EventTextRow& row : kEventTexts)
      if (row.field == field) in.push_back(row.text);
  for (const std::string& text : criterion.queries) query.words.push_back({in, pattern_anywhere(text)});
}

EventWish make_event_wish(Invocation& invocation, const FindQuery& asked) {
  EventWish wish{.query = {}, .options = {}, .now = invocation.work.now()};
  wish.options.most = kMostFound;
  wish.options.is_descending = true;
  for (const FindCriterion& criterion : asked.criteria) {
    if (criterion.facet->kind == FacetKind::Text)
      add_texts(wish.query, criterion);
    else if (criterion.facet->kind == FacetKind::Person)
      wish.query.participants.push_back(participants_of(invocation, criterion));
    for (const EventChoiceRow& row : kEventChoices)
      if (row.facet == criterion.facet->id) row.apply(wish, criterion.queries);
  }
  if (asked.since || asked.before)
    wish.narrow(asked.since.value_or(kEarliest), asked.before.value_or(kLatest));
  wish.query.folders = asked_folders(invocation, asked, kCalendarSearch, model::ObjectModule::Calendar);
  return wish;
}

std::vector<calendar::SeenEvent> find_events(Invocation& invocation, const EventWish& wish) {
  if (wish.options.range && wish.options.range->from >= wish.options.range->until) return {};
  try {
    return calendar::find(invocation.work, wish.query, wish.options);
  } catch (const ApiError& error) {
    if (error.code() != errors::cal::kTooManyEvents) throw;
    throw ApiError(errors::find::kTooManyResults, {std::to_string(kMostFound)});
  }
}

/// Cuts the page out.
std::span<const calendar::SeenEvent> page_of(const std::vector<calendar::SeenEvent>& events,
                                             const FindQuery& query) {
  const std::size_t start = std::min(query.start, events.size());
  return std::span(events).subspan(start, std::min(query.size, events.size() - start));
}

FindResults find_appointments(Invocation& invocation, const FindQuery& query, EventWish& wish) {
  const auto columns = asked_columns(invocation, {});
  wish.options.fields = event_fields_of(columns);
  const auto events = find_events(invocation, wish);
  AppointmentView view(invocation, needs_positions(columns));
  const auto page = page_of(events, query);
  view.prepare(page);
  FindResults found{.total = events.size(), .objects = {}};
  for (const calendar::SeenEvent& seen : page)
    found.objects.push_back(
        write_members(view.show(seen), appointment_fields(), columns, invocation.format).dump());
  return found;
}

FindResults search_calendar(Invocation& invocation, const FindQuery& query) {
  EventWish wish = make_event_wish(invocation, query);
  if (invocation.arguments.has("columns")) return find_appointments(invocation, query, wish);
  wish.options.fields = asked_fields(invocation.arguments, light_fields());
  const auto events = find_events(invocation, wish);
  EventJson writer(invocation, wish.options.fields, false);
  FindResults found{.total = events.size(), .objects = {}};
  for (const calendar::SeenEvent& seen : page_of(events, query)) found.objects.push_back(writer.text(seen));
  return found;
}

}  // namespace

const SearchModule kCalendarSearch{"calendar",      {},    model::Module::Calendar,
                                   kCalendarFacets, false, search_calendar};

}  // namespace gw::ajax
