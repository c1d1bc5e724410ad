#include "recent_mails.hpp"

namespace oxpush {

std::size_t RecentMails::Hash::operator()(const Mail& mail) const noexcept {
  std::size_t hash = 0;
  for (const std::int64_t part : {mail.context, static_cast<std::int64_t>(mail.user), mail.object})
    hash = hash * 1'000'003 + static_cast<std::size_t>(part);
  return hash;
}

void RecentMails::forget_oldest() {
  known_.erase(told_.front().mail);
  told_.pop_front();
}

bool RecentMails::is_repeated(const gw::push::EventRecord& event, milliseconds now) {
  const bool is_named = event.module == gw::push::kMail && event.kind == gw::push::kCreated &&
                        event.object != 0 && event.audiences.size() == 1 &&
                        event.audiences.front().users.size() == 1;
  if (!is_named) return false;
  while (!told_.empty() && told_.front().at + kLife <= now) forget_oldest();
  const Mail mail{event.context, event.object, event.audiences.front().users.front()};
  if (!known_.insert(mail).second) return true;
  told_.push_back({now, mail});
  if (told_.size() > kMost) forget_oldest();
  return false;
}

}  // namespace oxpush
