#include "model/pattern_errors.hpp"

#include "core/errors/appointment.hpp"
#include "core/errors/calendar.hpp"

namespace gw::model {

const ErrorCode* pattern_error(recurrence::PatternState state) {
  using recurrence::PatternState;
  switch (state) {
    case PatternState::Ok:
    case PatternState::NotRecurring:
      return nullptr;
    case PatternState::TypeMissing:
      return &errors::app::kNoRecurrenceType;
    case PatternState::Unnecessary:
      return &errors::app::kUnnecessaryRecurrence;
    case PatternState::UnnecessaryForType:
      return &errors::app::kUnnecessaryMember;
    case PatternState::UntilAndOccurrences:
      return &errors::app::kUntilAndOccurrences;
    case PatternState::IntervalMissing:
      return &errors::app::kNoInterval;
    case PatternState::IntervalTooSmall:
      return &errors::app::kBadInterval;
    case PatternState::NoDays:
      return &errors::app::kBadDays;
    case PatternState::WeekdayMissing:
      return &errors::app::kNoWeekdays;
    case PatternState::DayMissing:
      return &errors::app::kNoDayInMonth;
    case PatternState::MonthMissing:
      return &errors::app::kNoMonth;
    case PatternState::BadMonthlyDay:
      return &errors::app::kBadMonthlyDay;
    case PatternState::BadYearlyDay:
      return &errors::app::kBadYearlyDay;
    case PatternState::BadMonth:
      return &errors::app::kBadMonth;
    case PatternState::TooLarge:
      return &errors::app::kTooLarge;
    case PatternState::UntilBeforeStart:
      return &errors::app::kUntilBeforeStart;
    case PatternState::NeverHits:
      return &errors::cal::kBadRule;
  }
  return &errors::cal::kBadRule;
}

}  // namespace gw::model
