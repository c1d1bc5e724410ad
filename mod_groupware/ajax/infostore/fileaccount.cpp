#include "ajax/infostore/fileaccount.hpp"

#include <fmt/format.h>

#include "ajax/infostore/fileservice.hpp"
#include "ajax/infostore/infostore_actions.hpp"
#include "core/errors/filestorage.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr std::string_view kAccount = "infostore";
/// The folder tree's node that holds all file folders. Source: spec folders section 2.
constexpr std::string_view kRootFolder = "9";
/// What clients may offer for its files.
constexpr std::string_view kCapabilities[] = {"FILE_VERSIONS", "EXTENDED_METADATA",  "RANDOM_FILE_ACCESS",
                                              "LOCKS",         "OBJECT_PERMISSIONS", "SEQUENCE_NUMBERS",
                                              "RESTORE"};

Json account() {
  Json capabilities = Json::array();
  for (const std::string_view name : kCapabilities) capabilities.append(Json::string(name));
  Json entry = Json::object();
  entry.set("id", Json::string(kAccount));
  entry.set("filestorageService", Json::string(kFileService));
  entry.set("qualifiedId", Json::string(fmt::format("{}://{}", kFileService, kAccount)));
  entry.set("displayName", Json::string("Files"));
  entry.set("rootFolder", Json::string(kRootFolder));
  entry.set("isDefaultAccount", Json::boolean(true));
  entry.set("capabilities", std::move(capabilities));
  entry.set("configuration", Json::object());
  return entry;
}

void check_account(std::string_view service, std::string_view id) {
  check_file_service(service);
  if (id != kAccount)
    throw ApiError(errors::filestorage::kUnknownAccount, {std::string(id), std::string(service)});
}

Response all_accounts(Invocation& invocation) {
  const std::string_view service = trim(invocation.arguments.text("filestorageService"));
  if (!service.empty()) check_file_service(service);
  Json list = Json::array();
  list.append(account());
  return Response::with_data(std::move(list));
}

Response get_account(Invocation& invocation) {
  check_account(invocation.arguments.text("filestorageService"), invocation.arguments.text("id"));
  return Response::with_data(account());
}

/// new and update: the body names the service.
Response refuse_body(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const std::string service = invocation.body.get("filestorageService").to_text().value_or("");
  if (service.empty()) throw ApiError(errors::svl::kMissing, {"filestorageService"});
  check_file_service(service);
  throw ApiError(errors::filestorage::kNotSupported, {service});
}

Response refuse_delete(Invocation& invocation) {
  const std::string_view service = invocation.arguments.text("filestorageService");
  check_account(service, invocation.arguments.text("id"));
  throw ApiError(errors::filestorage::kNotSupported, {std::string(service)});
}

constexpr Parameter kAllAccounts[] = {{"filestorageService"}};
constexpr Parameter kOne[] = {{"filestorageService", Type::Text, true}, {"id", Type::Text, true}};
using infostore_actions::kModule;

constexpr Action kFileAccountActions[] = {
    {"all", kGet, all_accounts, 0, kAllAccounts, kModule},
    {"delete", kGet | kPut, refuse_delete, 0, kOne, kModule},
    {"get", kGet, get_account, 0, kOne, kModule},
    {"new", kPut, refuse_body, kBody, {}, kModule},
    {"update", kPut, refuse_body, kBody, {}, kModule},
};

}  // namespace

const ApiModule kFileAccountModule{"fileaccount", kFileAccountActions};

}  // namespace gw::ajax
