#include "ajax/push/pns.hpp"

#include <chrono>

#include "core/crypto.hpp"
#include "core/errors/servlet.hpp"
#include "model/notifications/subscription_service.hpp"
#include "push/client_key.hpp"
#include "push/topics.hpp"

namespace gw::ajax {
namespace {

namespace notifications = model::notifications;

constexpr std::size_t kLongestToken = 255, kLongestClient = 64;

/// A text member of the body. Errors: SVL-0002 missing, SVL-0010 too long or not text.
std::string text_of(const Json& body, const char* name, std::size_t longest) {
  const Json value = body.get(name);
  if (value.is_missing() || value.is_null() || (value.is_string() && value.as_string().empty()))
    throw ApiError(errors::svl::kMissing, {name});
  if (!value.is_string() || value.as_string().size() > longest)
    throw ApiError(errors::svl::kBadParameter, {name, value.to_text().value_or("").substr(0, longest)});
  return std::string(value.as_string());
}

notifications::Subscription read_subscription(const Invocation& invocation) {
  const Json& body = invocation.body;
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"a JSON object"});
  notifications::Subscription subscription;
  subscription.token = text_of(body, "token", kLongestToken);
  subscription.transport = text_of(body, "transport", kLongestClient);
  if (!notifications::is_transport(subscription.transport))
    throw ApiError(errors::svl::kBadParameter, {"transport", subscription.transport});
  subscription.client = body.get("client").is_missing() ? invocation.session->client.substr(0, kLongestClient)
                                                        : text_of(body, "client", kLongestClient);
  return subscription;
}

std::vector<std::string> read_topics(const Json& body) {
  const Json list = body.get("topics");
  if (list.is_missing() || (list.is_array() && list.size() == 0))
    throw ApiError(errors::svl::kMissing, {"topics"});
  if (!list.is_array() || list.size() > notifications::kMostTopics)
    throw ApiError(errors::svl::kBadParameter, {"topics", std::to_string(list.size())});
  std::vector<std::string> topics;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Json topic = list.at(i);
    if (!push::is_interest(topic.as_string()))
      throw ApiError(errors::svl::kBadParameter, {"topics", topic.to_text().value_or("").substr(0, 128)});
    topics.emplace_back(topic.as_string());
  }
  return topics;
}

Response done() {
  Json data = Json::object();
  data.set("success", Json::boolean(true));
  return Response::with_data(std::move(data));
}

Response subscribe(Invocation& invocation) {
  notifications::Subscription subscription = read_subscription(invocation);
  subscription.topics = read_topics(invocation.body);
  notifications::subscribe(invocation.work, subscription);
  return done();
}

/// One that is not there is unsubscribed already.
Response unsubscribe(Invocation& invocation) {
  notifications::unsubscribe(invocation.work, read_subscription(invocation));
  return done();
}

/// Ours: the key with which the client signs its registrations for UDP push, until `expires` (ms UTC) or the
/// end of the session. Source: spec udp-push section 11, "Client key".
Response hand_out_key(Invocation& invocation) {
  const std::string& master = invocation.runtime.push_master;
  if (master.empty()) throw ApiError(errors::svl::kDisabled, {"key"});
  const model::Caller& caller = invocation.caller();
  const std::int64_t expires =
      invocation.work.now().value / 1'000 + std::chrono::seconds(push::kClientKeyLife).count();
  const push::SignKey key =
      push::derive_client_key(master, caller.context.value, caller.user.value,
                              push::format_key_id({expires, push::session_handle(invocation.session->id)}));
  Json data = Json::object();
  data.set("context", Json::integer(caller.context.value));
  data.set("user", Json::integer(caller.user.value));
  data.set("keyId", Json::string(key.id));
  data.set("key", Json::string(to_hex(key.secret)));
  data.set("expires", Json::integer(expires * 1'000));
  return Response::with_data(std::move(data));
}

constexpr Action kPnsActions[] = {
    {"key", kGet, hand_out_key},
    {"subscribe", kPut, subscribe, kBody | kSerial},
    {"unsubscribe", kPut, unsubscribe, kBody | kSerial},
};

}  // namespace

const ApiModule kPnsModule{"pns", kPnsActions};

}  // namespace gw::ajax
