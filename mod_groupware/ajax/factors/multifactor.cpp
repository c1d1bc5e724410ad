// The second factor as the HTTP API has it. Source: http-api, MultifactorDevice and its neighbours. SMS, U2F
// and WebAuthn are not offered, so they are not in the list of providers.
#include "ajax/factors/multifactor.hpp"

#include <algorithm>

#include "core/base32.hpp"
#include "core/crypto.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "session/multifactor/device_secrets.hpp"
#include "session/multifactor/multifactor_service.hpp"
#include "session/multifactor/qr_picture.hpp"
#include "session/multifactor/totp.hpp"

namespace gw::ajax {
namespace {

namespace multifactor = session::multifactor;

struct ProviderRow {
  std::string_view name;
  bool is_backup;  ///< good for the day when the other one is lost, and only then
};
constexpr ProviderRow kProviders[] = {{multifactor::kTotp, false}, {multifactor::kBackupCodes, true}};

Json to_json(const multifactor::Device& device) {
  Json object = Json::object();
  object.set("id", Json::string(device.id));
  object.set("name", Json::string(device.name));
  object.set("providerName", Json::string(device.provider));
  object.set("enabled", Json::boolean(device.is_enabled));
  object.set("backup", Json::boolean(device.is_backup()));
  return object;
}

/// `providers`: a comma-separated list of those that are asked for; without it all.
Response all_providers(Invocation& invocation) {
  const auto wanted = split(invocation.arguments.text("providers"), ',');
  const bool wants_all = invocation.arguments.text("providers").empty();
  Json list = Json::array();
  for (const ProviderRow& row : kProviders) {
    const auto is_row = [&](std::string_view name) { return trim(name) == row.name; };
    if (!wants_all && std::none_of(wanted.begin(), wanted.end(), is_row)) continue;
    Json provider = Json::object();
    provider.set("name", Json::string(row.name));
    provider.set("backupProvider", Json::boolean(row.is_backup));
    provider.set("backupOnlyProvider", Json::boolean(row.is_backup));
    list.append(std::move(provider));
  }
  return Response::with_data(std::move(list));
}

Response all_devices(Invocation& invocation) {
  Json list = Json::array();
  for (const multifactor::Device& device : multifactor::list_devices(invocation.work))
    list.append(to_json(device));
  return Response::with_data(std::move(list));
}

void require_object(const Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"a JSON object"});
}

Json app_challenge(const Invocation& invocation, const std::string& secret) {
  const std::string url =
      multifactor::totp_url(secret, invocation.work.settings().product_name, invocation.caller().login_name);
  Json challenge = Json::object();
  challenge.set("sharedSecret", Json::string(to_base32(secret)));
  challenge.set("url", Json::string(url));
  if (const std::string picture = multifactor::make_qr_picture(url); !picture.empty())
    challenge.set("base64Image", Json::string(to_base64(picture)));
  return challenge;
}

Response start_registration(Invocation& invocation) {
  require_object(invocation);
  const multifactor::StartedRegistration made =
      multifactor::start_registration(invocation.work, invocation.body.get("providerName").as_string(),
                                      invocation.body.get("name").as_string());
  Json data = Json::object();
  data.set("deviceId", Json::string(made.device.id));
  if (made.codes.empty()) {
    data.set("challenge", app_challenge(invocation, made.secret));
  } else {
    // Clients show one text; each of its words is a code.
    Json challenge = Json::object();
    challenge.set("sharedSecret", Json::string(join(made.codes, " ")));
    data.set("challenge", std::move(challenge));
  }
  return Response::with_data(std::move(data));
}

/// What other sessions of the user could do until now they cannot do any more, so they end.
void end_other_sessions(Invocation& invocation) {
  session::SessionStore& sessions = invocation.runtime.sessions;
  session::Session own = *invocation.session;
  sessions.prove_factor(invocation.work.database(), own, [](sql::Connection&) { return true; });
  sessions.remove_all_of_user(invocation.work.database(), own.context, own.user, own.id);
}

Response finish_registration(Invocation& invocation) {
  require_object(invocation);
  const multifactor::FinishedRegistration finished = multifactor::finish_registration(
      invocation.work, invocation.arguments.text("providerName"), invocation.arguments.text("deviceId"),
      invocation.body.get("secret_code").to_text().value_or(""));
  if (finished.is_first) end_other_sessions(invocation);
  return Response::with_data(to_json(finished.device));
}

Response start_authentication(Invocation& invocation) {
  const multifactor::Device device = multifactor::load_device(
      invocation.work, invocation.arguments.text("providerName"), invocation.arguments.text("deviceId"));
  Json challenge = Json::object();
  if (device.is_backup()) challenge.set("backupStringLength", Json::integer(multifactor::kBackupCodeLength));
  Json data = Json::object();
  data.set("challenge", std::move(challenge));
  return Response::with_data(std::move(data));
}

Response finish_authentication(Invocation& invocation) {
  require_object(invocation);
  session::Session own = *invocation.session;
  multifactor::prove(invocation.work, invocation.runtime.sessions, own,
                     invocation.arguments.text("providerName"), invocation.arguments.text("deviceId"),
                     invocation.body.get("secret_code").to_text().value_or(""));
  return Response::empty_data();
}

Response rename(Invocation& invocation) {
  require_object(invocation);
  return Response::with_data(to_json(multifactor::rename_device(
      invocation.work, invocation.arguments.text("providerName"), invocation.body.get("id").as_string(),
      invocation.body.get("name").as_string())));
}

Response remove(Invocation& invocation) {
  const std::string_view id = invocation.arguments.text("deviceId");
  multifactor::remove_device(invocation.work, invocation.arguments.text("providerName"), id);
  Json ids = Json::array();
  ids.append(Json::string(id));
  return Response::with_data(std::move(ids));
}

constexpr Parameter kProvidersParameter[] = {{"providers"}};
constexpr Parameter kProviderParameter[] = {{"providerName", Type::Text, true}};
constexpr Parameter kDeviceParameters[] = {{"providerName", Type::Text, true},
                                           {"deviceId", Type::Text, true}};
constexpr unsigned kRemoves = static_cast<unsigned>(Method::Delete) | kPut;
/// One code each: a bundle is no way to try many at once.
constexpr unsigned kTakesCode = kBody | kNotInMultiple;

constexpr Action kDeviceActions[] = {
    {"all", kGet, all_devices},
    {"delete", kRemoves, remove, 0, kDeviceParameters},
    {"finishAuthentication", kPut, finish_authentication, kTakesCode, kDeviceParameters},
    {"finishRegistration", kPut, finish_registration, kTakesCode, kDeviceParameters},
    {"rename", kPut, rename, kBody, kProviderParameter},
    {"startAuthentication", kGet, start_authentication, 0, kDeviceParameters},
    {"startRegistration", kPut, start_registration, kBody | kNotInMultiple},
};

constexpr Action kProviderActions[] = {{"all", kGet, all_providers, 0, kProvidersParameter}};

}  // namespace

const ApiModule kMultifactorDeviceModule{"multifactor/device", kDeviceActions};
const ApiModule kMultifactorProviderModule{"multifactor/provider", kProviderActions};

}  // namespace gw::ajax
