#include "model/calendar/event_words.hpp"

#include <array>

#include "core/text.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(EventFlag::Count_)> kFlagNames{
    "attachments",
    "alarms",
    "scheduled",
    "organizer",
    "organizer_on_behalf",
    "attendee",
    "attendee_on_behalf",
    "private",
    "confidential",
    "transparent",
    "event_tentative",
    "event_confirmed",
    "event_cancelled",
    "needs_action",
    "accepted",
    "declined",
    "tentative",
    "delegated",
    "series",
    "overridden",
    "first_occurrence",
    "last_occurrence"};

template <class T>
struct WordRow {
  T value;
  std::string_view word;
};

constexpr WordRow<Classification> kClassifications[] = {{Classification::Public, "PUBLIC"},
                                                        {Classification::Private, "PRIVATE"},
                                                        {Classification::Confidential, "CONFIDENTIAL"}};
constexpr WordRow<EventStatus> kStatuses[] = {{EventStatus::Tentative, "TENTATIVE"},
                                              {EventStatus::Confirmed, "CONFIRMED"},
                                              {EventStatus::Cancelled, "CANCELLED"}};
constexpr WordRow<PartStat> kPartStats[] = {{PartStat::NeedsAction, "NEEDS-ACTION"},
                                            {PartStat::Accepted, "ACCEPTED"},
                                            {PartStat::Declined, "DECLINED"},
                                            {PartStat::Tentative, "TENTATIVE"},
                                            {PartStat::Delegated, "DELEGATED"}};
constexpr WordRow<CuType> kCuTypes[] = {{CuType::Individual, "INDIVIDUAL"},
                                        {CuType::Group, "GROUP"},
                                        {CuType::Resource, "RESOURCE"},
                                        {CuType::Room, "ROOM"},
                                        {CuType::Unknown, "UNKNOWN"}};
constexpr WordRow<AttendeeRole> kRoles[] = {{AttendeeRole::Chair, "CHAIR"},
                                            {AttendeeRole::Required, "REQ-PARTICIPANT"},
                                            {AttendeeRole::Optional, "OPT-PARTICIPANT"},
                                            {AttendeeRole::None, "NON-PARTICIPANT"}};

template <class T, std::size_t N>
std::string_view find_word(const WordRow<T> (&table)[N], T value) {
  for (const WordRow<T>& row : table)
    if (row.value == value) return row.word;
  return {};
}

template <class T, std::size_t N>
std::optional<T> find_value(const WordRow<T> (&table)[N], std::string_view word) {
  for (const WordRow<T>& row : table)
    if (equal_ignoring_ascii_case(row.word, trim(word))) return row.value;
  return std::nullopt;
}

}  // namespace

std::string_view name_of(EventFlag flag) { return kFlagNames[static_cast<std::size_t>(flag)]; }
std::string_view word_of(Classification value) { return find_word(kClassifications, value); }
std::string_view word_of(EventStatus value) { return find_word(kStatuses, value); }
std::string_view word_of(PartStat value) { return find_word(kPartStats, value); }
std::string_view word_of(CuType value) { return find_word(kCuTypes, value); }
std::string_view word_of(AttendeeRole value) { return find_word(kRoles, value); }

std::optional<Classification> find_classification(std::string_view word) {
  return find_value(kClassifications, word);
}
std::optional<EventStatus> find_event_status(std::string_view word) { return find_value(kStatuses, word); }
std::optional<PartStat> find_part_stat(std::string_view word) { return find_value(kPartStats, word); }
std::optional<CuType> find_cu_type(std::string_view word) { return find_value(kCuTypes, word); }
std::optional<AttendeeRole> find_attendee_role(std::string_view word) { return find_value(kRoles, word); }

}  // namespace gw::model::calendar
