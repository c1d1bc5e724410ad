// Module `chronos/account`: what a calendar of a provider would be like, before it is made. Source: spec
// chronos section 14.
#include "ajax/chronos/all_calendars.hpp"
#include "ajax/chronos/chronos.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

constexpr char kProvider[] = "com.openexchange.calendar.provider";
constexpr char kConfig[] = "com.openexchange.calendar.config";
constexpr char kExtended[] = "com.openexchange.calendar.extendedProperties";

Response probe(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const std::string_view provider = body.get(kProvider).as_string();
  if (provider.empty()) throw ApiError(errors::svl::kMissing, {kProvider});
  const Json config = body.get(kConfig);
  if (!config.is_missing() && !config.is_null() && !config.is_object())
    throw ApiError(errors::cal::kBadConfiguration, {config.dump()});
  calendars::CalendarInput input;
  input.title = body.get("title").to_text();
  input.config = config;
  input.properties = body.get(kExtended);
  const auto suggested = calendars_of(invocation).named(provider).probe(invocation.work, input);
  Json data = Json::object();
  data.set(kProvider, Json::string(provider));
  data.set("title", Json::string(suggested.title.value_or("")));
  data.set(kConfig, suggested.config);
  data.set(kExtended, suggested.properties);
  return Response::with_data(std::move(data));
}

constexpr Action kAccountActions[] = {
    {"probe", kPut, probe, kBody, {}, model::Module::Calendar},
};

}  // namespace

const ApiModule kChronosAccountModule{"chronos/account", kAccountActions};

}  // namespace gw::ajax
