#include "model/calendar/zone_job.hpp"

#include <string>

#include "core/text.hpp"
#include "core/zone_names.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/contexts/context_walk.hpp"

namespace gw::model::calendar {
namespace {

/// Events of one transaction: writers of the context wait for it.
constexpr std::size_t kEventsAtOnce = 200;

/// `2025b 17`: with which version, and which context was the last one; `2025b` when all are done.
struct Round {
  std::string version;
  std::optional<ContextId> last;
};

Round read_round(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == text.npos) return {std::string(text), {}};
  return {std::string(text.substr(0, blank)), ContextId(parse_integer(text.substr(blank + 1)).value_or(0))};
}

std::string write_round(const Round& round) {
  return round.last ? round.version + ' ' + std::to_string(round.last->value) : round.version;
}

std::optional<ContextId> next_of(Environment& environment, ContextId last) {
  sql::Scope database(environment.pool);
  return contexts::next_context(database.connection(), last);
}

}  // namespace

std::int64_t renew_zones(jobs::JobRun& run) {
  const std::string version = tzdata_version();
  Round round = read_round(run.progress);
  // Versions are years and letters, so they have an order.
  if (version.empty() || version < round.version || (version == round.version && !round.last)) return 0;
  if (version != round.version) round = {version, ContextId()};
  std::int64_t renewed = 0;
  while (const auto context = next_of(run.environment(), *round.last)) {
    Caller caller;
    caller.context = *context;
    UnitOfWork work(run.environment(), std::move(caller));
    for (std::size_t count = kEventsAtOnce; count == kEventsAtOnce;) {
      if (!run.goes_on()) return renewed;
      count = reindex_zones(work, kEventsAtOnce);
      renewed += static_cast<std::int64_t>(count);
    }
    work.release();
    round.last = *context;
    run.progress = write_round(round);
  }
  run.progress = version;
  return renewed;
}

}  // namespace gw::model::calendar
