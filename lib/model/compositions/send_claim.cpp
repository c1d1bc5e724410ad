// The row of a space tells who sends it, on all nodes: a database transaction must not last while one talks
// to a mail server.
#include <algorithm>
#include <thread>

#include "core/errors/composition.hpp"
#include "core/random.hpp"
#include "model/compositions/owned_space.hpp"

namespace gw::model::compositions {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kShortestSend{5min};
constexpr std::int64_t kSlowestBytesPerSecond = 65'536;
constexpr Milliseconds kSendPatience{30s};
constexpr Milliseconds kFirstPause{20}, kLongestPause{200};

enum class Try { Taken, Busy };

Try take(UnitOfWork& work, const std::string& id, const std::string& token) {
  Try outcome = Try::Busy;
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    const auto found = find_space(transaction.connection(), owner_of(work), id);
    if (!found) throw ApiError(errors::msgcs::kNoSpace, {id});
    const Millis now = work.now();
    outcome = found->sending.until > now ? Try::Busy : Try::Taken;
    if (outcome == Try::Taken)
      update_sending(transaction.connection(), work.context(), id,
                     {token, {now.value + kShortestSend.count()}});
  });
  return outcome;
}

}  // namespace

SendClaim::SendClaim(UnitOfWork& work, std::string_view id)
    : work_(work), id_(parse_space_id(id)), token_(random_uuid()) {
  const auto end = std::chrono::steady_clock::now() + kSendPatience;
  for (Milliseconds pause = kFirstPause; take(work_, id_, token_) == Try::Busy;
       pause = std::min(2 * pause, kLongestPause)) {
    work_.release();
    if (std::chrono::steady_clock::now() + pause > end)
      throw ApiError(errors::msgcs::kConcurrentUpdate, {id_});
    std::this_thread::sleep_for(pause);
  }
  work_.release();
}

void SendClaim::extend(std::int64_t bytes) {
  const Milliseconds life = kShortestSend + Seconds(bytes / kSlowestBytesPerSecond);
  work_.write([&](Transaction& transaction) {
    transaction.stamp();
    load_to_change(transaction, id_, this);
    update_sending(transaction.connection(), work_.context(), id_,
                   {token_, {work_.now().value + life.count()}});
  });
  work_.release();
}

SendClaim::~SendClaim() {
  try {
    work_.write([&](Transaction& transaction) {
      transaction.stamp();
      const auto found = find_space(transaction.connection(), owner_of(work_), id_);
      if (found && found->sending.token == token_)
        update_sending(transaction.connection(), work_.context(), id_, {"", {0}});
    });
    work_.release();
  } catch (const std::exception&) {
    // The database is away; the right ends by itself.
  }
}

}  // namespace gw::model::compositions
