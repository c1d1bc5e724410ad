#include "ajax/chronos/public_busy.hpp"

#include <algorithm>

#include "ajax/login/rate_limits.hpp"
#include "core/text.hpp"
#include "formats/ical/free_busy.hpp"
#include "model/calendar/published_busy.hpp"

namespace gw::ajax {
namespace {

constexpr Milliseconds kWeek{7LL * 86'400'000};

struct WeekRule {
  std::string_view name;
  std::int64_t fallback, most;
};
constexpr WeekRule kPast{"weeksIntoPast", 1, 12}, kFuture{"weeksIntoFuture", 4, 26};

/// More weeks than are offered are as many as are offered.
Milliseconds read_weeks(const Request& request, const WeekRule& rule) {
  const auto text = request.query.find(rule.name);
  if (!text || text->empty()) return rule.fallback * kWeek;
  const auto weeks = parse_integer(*text);
  if (!weeks || *weeks < 0) throw HttpError(400, std::string(rule.name) + " must be a number of weeks.");
  return std::min(*weeks, rule.most) * kWeek;
}

}  // namespace

Answer answer_public_busy(const Request& request, Runtime& runtime) {
  if (runtime.rate_limits != nullptr) runtime.rate_limits->count_request(request);
  const std::string context = request.query.get("contextId"), user = request.query.get("userName"),
                    server = request.query.get("server");
  if (context.empty() || user.empty()) throw HttpError(400, "contextId and userName are needed.");
  std::optional<model::calendar::PublishedBusy> published;
  try {
    published = model::calendar::find_published_busy(
        runtime.environment,
        {context, user, server, read_weeks(request, kPast), read_weeks(request, kFuture)});
  } catch (const ApiError&) {
    // Too many events for an answer; a page that says so would tell that there is somebody.
  }
  if (!published) throw HttpError(404, "No free/busy times are published here.");
  Answer answer;
  answer.content_type = "text/calendar; charset=UTF-8";
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.body = formats::ical::format_free_busy(
      {published->address, published->name, runtime.environment.clock.now(), published->range,
       published->slots, parse_boolean(request.query.get("simple"))});
  return answer;
}

}  // namespace gw::ajax
