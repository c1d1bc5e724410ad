#include "user_book.hpp"

namespace oxpush {
namespace {

constexpr std::chrono::seconds kQuestionWindow{1};

/// Whoever is created after he was asked for waits a minute; who is deleted is found at the latest after an
/// hour, and no event names him meanwhile.
milliseconds life_of(UserBook::State state) {
  switch (state) {
    case UserBook::State::Known:
      return std::chrono::hours{1};
    case UserBook::State::Unknown:
      return std::chrono::minutes{1};
    default:
      return std::chrono::seconds{10};
  }
}

}  // namespace

UserBook::State UserBook::find(ClientKey key, milliseconds now) const {
  const auto found = entries_.find(key);
  return found == entries_.end() || found->second.until <= now ? State::Unasked : found->second.state;
}

void UserBook::note(ClientKey key, State state, milliseconds now) {
  const Entry entry{state, now + life_of(state)};
  if (entries_.size() < kMostUsers || entries_.contains(key)) entries_.insert_or_assign(key, entry);
}

bool UserBook::may_ask(milliseconds now) {
  if (now >= window_ends_) {
    window_ends_ = now + kQuestionWindow;
    asked_ = 0;
  }
  return asked_++ < kMostQuestions;
}

void UserBook::sweep(milliseconds now) {
  std::erase_if(entries_, [&](const auto& entry) { return entry.second.until <= now; });
}

}  // namespace oxpush
