#include "mailbox/send_pace.hpp"

#include <string>

#include "core/errors/mail.hpp"

namespace gw::mailbox {
namespace {

/// Begin of a session's id: two sessions of one user do not share it.
constexpr std::size_t kPaceIdLength = 24;
constexpr std::int64_t kSecond = 1'000;

}  // namespace

SendPace::SendPace(Mailbox& mailbox) {
  model::UnitOfWork& work = mailbox.work();
  const Milliseconds interval = work.settings().mail.send_interval;
  if (interval.count() <= 0) return;
  const std::string name = "send/" + mailbox.session().id.substr(0, kPaceIdLength);
  lease_ = model::UserLease::acquire(work, {work.caller().user, name, interval, Milliseconds{0}});
  if (!lease_)
    throw ApiError(errors::msg::kSendTooFast, {std::to_string((interval.count() + kSecond - 1) / kSecond)});
}

}  // namespace gw::mailbox
