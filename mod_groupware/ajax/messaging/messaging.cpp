// The modules of messaging services. This server has none: the social networks that they were for are gone,
// mail accounts are the modules `account` and `mail`, and feeds are `rss`. So every list is empty, and
// whatever names a service is told that there is no such one; a request that is wrong in itself is told so
// first. Source: spec mail-push-and-extras section 6.
#include "ajax/messaging/messaging.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

// The numbers are ours; the spec has none.
constexpr ErrorCode kUnknownService{"MESSAGING", 1, Category::UserInput,
                                    "There is no messaging service \"%1$s\"."};
constexpr ErrorCode kBadFolder{"MESSAGING", 2, Category::UserInput,
                               "\"%1$s\" is not a folder of a messaging service."};

[[noreturn]] void refuse_service(std::string_view service) {
  throw ApiError(kUnknownService, {replace_invalid_utf8(service.substr(0, 255))});
}

/// The service of `<service>://<account>/<path>`. Errors: MESSAGING-0002.
std::string_view service_of(std::string_view folder) {
  const std::size_t end = folder.find("://");
  const std::string_view place = end == std::string_view::npos ? "" : folder.substr(end + 3);
  const bool has_account = parse_integer(place.substr(0, place.find('/'))).has_value();
  if (end == 0 || !has_account) throw ApiError(kBadFolder, {replace_invalid_utf8(folder.substr(0, 255))});
  return folder.substr(0, end);
}

/// A member of the body that names a service or a folder. Errors: SVL-0028, SVL-0002.
std::string required_text(const Json& body, const char* member) {
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  const std::string text = body.get(member).to_text().value_or("");
  if (text.empty()) throw ApiError(errors::svl::kMissing, {member});
  return text;
}

Response no_services(Invocation&) { return Response::with_data(Json::array()); }

Response find_service(Invocation& invocation) { refuse_service(invocation.arguments.text("id")); }

Response list_accounts(Invocation& invocation) {
  const std::string_view service = invocation.arguments.text("messagingService");
  if (!service.empty()) refuse_service(service);
  return Response::with_data(Json::array());
}

/// `get` and `delete`.
Response find_account(Invocation& invocation) {
  (void)invocation.arguments.integer("id");
  refuse_service(invocation.arguments.text("messagingService"));
}

/// `new` and `update`.
Response write_messaging_account(Invocation& invocation) {
  refuse_service(required_text(invocation.body, "messagingService"));
}

/// `all` and `get`.
Response find_messages(Invocation& invocation) {
  refuse_service(service_of(invocation.arguments.text("folder")));
}

/// Pairs of folder and id. None are none.
Response list_messages(Invocation& invocation) {
  if (!invocation.body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of folders and ids"});
  if (invocation.body.size() == 0) return Response::with_data(Json::array());
  const Json first = invocation.body.at(0);
  const Json folder = first.is_array() ? first.at(0) : first.get("folder");
  refuse_service(service_of(folder.to_text().value_or("")));
}

Response send_message(Invocation& invocation) {
  const std::string folder = required_text(invocation.body, "folder");
  refuse_service(service_of(folder));
}

/// On a message (its body names the folder), on a stored one, or on nothing but an account, which nobody has.
Response perform_action(Invocation& invocation) {
  const std::string_view folder = invocation.arguments.text("folder");
  if (!folder.empty()) refuse_service(service_of(folder));
  if (invocation.body.is_object() && !invocation.body.get("folder").is_missing())
    return send_message(invocation);
  refuse_service("");
}

constexpr Parameter kServiceId[] = {{"id", Type::Text, true}};
constexpr Parameter kServiceName[] = {{"messagingService"}};
constexpr Parameter kAccountOfService[] = {{"messagingService", Type::Text, true},
                                           {"id", Type::Integer, true}};
constexpr Parameter kAllMessages[] = {
    {"columns", Type::Text, true}, {"folder", Type::Text, true}, {"sort"}, {"order"}};
constexpr Parameter kListMessages[] = {{"columns", Type::Text, true}};
constexpr Parameter kOneMessage[] = {
    {"id", Type::Text, true}, {"folder", Type::Text, true}, {"peek", Type::Boolean}};
constexpr Parameter kSendMessage[] = {{"recipients"}};
constexpr Parameter kPerform[] = {
    {"messageAction", Type::Text, true}, {"id"}, {"folder"}, {"account", Type::Integer}};

constexpr Action kMessagingServiceActions[] = {
    {"all", kGet, no_services},
    {"get", kGet, find_service, 0, kServiceId},
};

constexpr Action kMessagingAccountActions[] = {
    {"all", kGet, list_accounts, 0, kServiceName},     {"delete", kGet, find_account, 0, kAccountOfService},
    {"get", kGet, find_account, 0, kAccountOfService}, {"new", kPut, write_messaging_account, kBody},
    {"update", kPut, write_messaging_account, kBody},
};

constexpr Action kMessagingMessageActions[] = {
    {"all", kGet, find_messages, 0, kAllMessages},       {"get", kGet, find_messages, 0, kOneMessage},
    {"list", kPut, list_messages, kBody, kListMessages}, {"perform", kPut, perform_action, 0, kPerform},
    {"send", kPut, send_message, kBody, kSendMessage},
};

}  // namespace

const ApiModule kMessagingServiceModule{"messaging/service", kMessagingServiceActions};
const ApiModule kMessagingAccountModule{"messaging/account", kMessagingAccountActions};
const ApiModule kMessagingMessageModule{"messaging/message", kMessagingMessageActions};

}  // namespace gw::ajax
