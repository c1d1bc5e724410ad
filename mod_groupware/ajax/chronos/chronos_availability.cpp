// Module `chronos/availability`: when the caller can be reached at all. Source: spec chronos section 13.
#include <algorithm>

#include "ajax/chronos/chronos.hpp"
#include "ajax/chronos/event_parts.hpp"
#include "core/errors/servlet.hpp"
#include "model/availability/availability_service.hpp"

namespace gw::ajax {
namespace {

namespace availability = model::availability;

Json write_time(const availability::AvailableTime& time) {
  Json json = Json::object();
  json.set("id", Json::integer(time.id)).set("user", Json::integer(time.user.value));
  json.set("uid", Json::string(time.uid));
  json.set("start", write_event_time(time.start)).set("end", write_event_time(time.end));
  if (time.rrule) json.set("rrule", Json::string(*time.rrule));
  json.set("created", Json::integer(time.created.value)).set("modified", Json::integer(time.modified.value));
  return json;
}

availability::AvailableTime parse_time(const Json& value) {
  if (!value.is_object()) throw ApiError(errors::svl::kBodyIllegal, {"availableTimes holds objects"});
  availability::AvailableTime time;
  time.uid = value.get("uid").as_string();
  time.start = parse_event_time(value.get("start"), "start");
  time.end = parse_event_time(value.get("end"), "end");
  if (const std::string_view rule = value.get("rrule").as_string(); !rule.empty()) time.rrule = rule;
  return time;
}

Response get_availability(Invocation& invocation) {
  Json data = Json::array();
  Millis newest;
  for (const availability::AvailableTime& time : availability::list_own(invocation.work)) {
    data.append(write_time(time));
    newest = std::max(newest, time.modified);
  }
  return Response::with_data(std::move(data), newest);
}

/// `{availableTimes: […]}`, or the bare array; an empty one deletes all.
Response set_availability(Invocation& invocation) {
  const Json& body = invocation.body;
  const Json list = body.is_array() ? body : body.get("availableTimes");
  if (!body.is_array() && !body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  if (!list.is_missing() && !list.is_null() && !list.is_array())
    throw ApiError(errors::svl::kBodyType, {"availableTimes as an array"});
  // The service says what is too many; more than that need not be read.
  const std::size_t count = list.is_array() ? std::min(list.size(), availability::kMostTimes + 1) : 0;
  std::vector<availability::AvailableTime> times;
  for (std::size_t i = 0; i < count; ++i) times.push_back(parse_time(list.at(i)));
  availability::replace_own(invocation.work, std::move(times));
  return Response::empty_data();
}

constexpr Action kAvailabilityActions[] = {
    {"get", kGet, get_availability, 0, {}, model::Module::Calendar},
    {"set", kPut, set_availability, kBody | kSerial, {}, model::Module::Calendar},
};

}  // namespace

const ApiModule kChronosAvailabilityModule{"chronos/availability", kAvailabilityActions};

}  // namespace gw::ajax
