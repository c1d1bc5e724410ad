#include "model/pattern_errors.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/errors/appointment.hpp"

namespace gw::model {
namespace {

using recurrence::PatternState;

TEST(PatternErrors, EveryFaultHasACodeOfItsOwn) {
  std::set<const ErrorCode*> codes;
  int faults = 0;
  for (int i = 0; i <= static_cast<int>(PatternState::NeverHits); ++i) {
    const auto state = static_cast<PatternState>(i);
    const ErrorCode* code = pattern_error(state);
    EXPECT_EQ(code == nullptr, state == PatternState::Ok || state == PatternState::NotRecurring) << i;
    if (code == nullptr) continue;
    codes.insert(code);
    ++faults;
  }
  EXPECT_EQ(static_cast<int>(codes.size()), faults);
  EXPECT_EQ(pattern_error(PatternState::NoDays), &errors::app::kBadDays);
}

}  // namespace
}  // namespace gw::model
