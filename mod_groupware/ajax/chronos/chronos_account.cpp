// Module `chronos/account`: what a calendar of a provider would be like, before it is made. Calendars of this
// server are folders and need no account; feeds and accounts elsewhere are not offered. Source: spec chronos
// section 14.
#include "ajax/chronos/chronos.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr char kProvider[] = "com.openexchange.calendar.provider";
constexpr char kConfig[] = "com.openexchange.calendar.config";
constexpr char kExtended[] = "com.openexchange.calendar.extendedProperties";

/// What a client sent, with what it left open filled in.
Json suggested_properties(const Json& sent) {
  Json properties = sent.is_object() ? sent.deep_copy() : Json::object();
  if (properties.get("usedForSync").is_missing())
    properties.set("usedForSync", Json::object().set("value", Json::string("true")));
  if (properties.get("scheduleTransp").is_missing())
    properties.set("scheduleTransp", Json::object().set("value", Json::string("opaque")));
  return properties;
}

Response probe(Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const std::string_view provider = body.get(kProvider).as_string();
  if (provider.empty()) throw ApiError(errors::svl::kMissing, {kProvider});
  if (provider != "chronos" && provider != "birthdays")
    throw ApiError(errors::cal::kNotByProvider, {std::string(first_characters(provider, std::size_t{100}))});
  const Json config = body.get(kConfig);
  if (!config.is_missing() && !config.is_null() && !config.is_object())
    throw ApiError(errors::cal::kBadConfiguration, {config.dump()});
  Json data = Json::object();
  data.set(kProvider, Json::string(provider));
  data.set("title", Json::string(body.get("title").as_string().empty() ? std::string_view("Calendar")
                                                                       : body.get("title").as_string()));
  data.set(kConfig, config.is_object() ? config : Json::object());
  data.set(kExtended, suggested_properties(body.get(kExtended)));
  return Response::with_data(std::move(data));
}

constexpr Action kAccountActions[] = {
    {"probe", kPut, probe, kBody, {}, model::Module::Calendar},
};

}  // namespace

const ApiModule kChronosAccountModule{"chronos/account", kAccountActions};

}  // namespace gw::ajax
