#include "ajax/pns.hpp"

#include "core/errors/servlet.hpp"
#include "model/notifications/subscription_service.hpp"
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

constexpr Action kActions[] = {
    {"subscribe", kPut, subscribe, kBody | kSerial},
    {"unsubscribe", kPut, unsubscribe, kBody | kSerial},
};

}  // namespace

const ApiModule kPnsModule{"pns", kActions};

}  // namespace gw::ajax
