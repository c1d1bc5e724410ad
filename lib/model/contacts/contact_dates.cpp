// birthdays and anniversaries. Source: spec contacts section 7.
#include <array>

#include "model/contacts/contact_search.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/folder_selection.hpp"

namespace gw::model::contacts {
namespace {

constexpr std::int32_t kLeapYear = 366;

/// The day of `year` on which the date is celebrated: 29 February moves to the 28th.
Date celebrated_in(CivilDay day, std::int32_t year) {
  const auto date = date_from_civil({year, day.month, day.day});
  return date ? *date : *date_from_civil({year, day.month, 28});
}

/// The first celebration on or after `start`.
Date next_occurrence(Date date, Date start) {
  const CivilDay day = civil_day(date);
  const std::int32_t year = civil_day(start).year;
  const Date this_year = celebrated_in(day, year);
  return this_year >= start ? this_year : celebrated_in(day, year + 1);
}

}  // namespace

ListResult find_anniversaries(UnitOfWork& work, Anniversary kind, Date start, Date end,
                              std::optional<FolderId> folder, const ListRequest& request,
                              const Visitor& visit) {
  sql::Connection& connection = work.connection();
  const Caller& caller = work.caller();
  FolderLookup lookup(connection, caller);
  std::vector<FolderId> named;
  if (folder) named.push_back(*folder);
  const auto member = kind == Anniversary::Birthday ? &Contact::birthday : &Contact::anniversary;
  store::Condition condition{.folders = select_folders(connection, caller, lookup, named),
                             .has_birthday = kind == Anniversary::Birthday,
                             .has_anniversary = kind == Anniversary::Anniversary};
  // A leap year holds every celebration once, so a longer window holds all of them.
  const bool everyone = end.days - start.days >= kLeapYear - 1;
  if (kind == Anniversary::Birthday && !everyone)
    condition.born_around = store::YearWindow{start, end.days - start.days};
  const SortKeys keys({}, caller);
  Listing listing(work, connection, request, visit, fields_of(std::array{500, 511, 517}),
                  [&](const Contact& contact) {
                    return KeyBuilder()
                        .number(next_occurrence(*(contact.*member), start).days)
                        .text(keys.collator(), contact.display_name)
                        .take();
                  });
  scan_visible(listing, connection, caller, lookup, condition, [&](const Contact& contact) {
    const auto& date = contact.*member;
    return date && (everyone || next_occurrence(*date, start) < end);
  });
  return with_timestamp(listing.finish(lookup), connection, caller);
}

}  // namespace gw::model::contacts
