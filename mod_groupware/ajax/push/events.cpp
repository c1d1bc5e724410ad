#include "ajax/push/events.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include "ajax/push/event_streams.hpp"
#include "ajax/push/mail_watch.hpp"
#include "core/errors/servlet.hpp"
#include "core/random.hpp"
#include "push/topics.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kConnectionBytes = 12;
constexpr std::size_t kLongestId = 64;
/// A thread serves the stream: of HTTP/2 and of servers that cannot suspend requests.
constexpr std::chrono::milliseconds kLongestHeld{25'000};
/// The hub varies the life of a stream by a fifth.
constexpr std::chrono::milliseconds kHeldStream{20'000};
constexpr std::chrono::milliseconds kLongestPoll{60'000};
constexpr std::string_view kNewMail = "ox:mail:new";

[[noreturn]] void refuse(const char* parameter, std::string_view value) {
  throw ApiError(errors::svl::kBadParameter, {parameter, std::string(value)});
}

push::StreamRequest make_stream(const Invocation& invocation, push::Transport transport) {
  const model::Caller& caller = invocation.caller();
  push::StreamRequest stream;
  stream.user = {caller.context.value, static_cast<std::int32_t>(caller.user.value)};
  stream.is_guest = caller.is_guest;
  stream.transport = transport;
  const auto interests = push::Interests::parse(invocation.arguments.text("topics"));
  if (!interests) refuse("topics", invocation.arguments.text("topics"));
  stream.interests = *interests;
  stream.connection = invocation.arguments.text("connection");
  if (stream.connection.empty()) stream.connection = random_hex(kConnectionBytes);
  if (!push::is_connection_id(stream.connection)) refuse("connection", stream.connection);
  return stream;
}

/// With what the hub adds, and time for the last bytes.
std::chrono::milliseconds longest_life(const push::StreamRequest& stream) {
  return stream.life * 6 / 5 + std::chrono::seconds(30);
}

Response open(Invocation& invocation, push::StreamRequest&& stream) {
  const push::Transport transport = stream.transport;
  std::optional<push::MailWatch> inbox;
  if (stream.interests.match(kNewMail)) inbox = find_mail_watch(invocation, longest_life(stream));
  invocation.work.release();
  const auto id = invocation.runtime.events->open(std::move(stream), *invocation.session);
  if (inbox && id) invocation.runtime.events->listen_to_mail(*id, std::move(*inbox));
  if (inbox) push::wipe(*inbox);
  if (!id) throw Unavailable("no more event streams", 5);
  Response response;
  response.shape = Shape::Raw;
  response.events = OpenEvents{*id, transport};
  response.content_type = transport == push::Transport::Events ? "text/event-stream; charset=utf-8"
                                                               : "text/javascript; charset=UTF-8";
  return response;
}

void require_events(const Invocation& invocation) {
  if (invocation.runtime.events == nullptr)
    throw ApiError(errors::svl::kDisabled, {std::string(invocation.action)});
}

Response listen(Invocation& invocation) {
  require_events(invocation);
  const Request& request = invocation.request;
  if (request.is_head) throw HttpError(405, "Events are read with GET.");
  push::StreamRequest stream = make_stream(invocation, push::Transport::Events);
  stream.last_id = request.last_event_id.substr(0, kLongestId);
  stream.life = request.may_suspend ? invocation.work.settings().events.life : kHeldStream;
  Response response = open(invocation, std::move(stream));
  response.cacheable = true;  // says it in its own words:
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("X-Accel-Buffering", "no");
  return response;
}

Response poll(Invocation& invocation) {
  require_events(invocation);
  push::StreamRequest stream = make_stream(invocation, push::Transport::Poll);
  stream.last_id = invocation.arguments.text("since").substr(0, kLongestId);
  const auto wanted = std::chrono::seconds(
      std::clamp<std::int64_t>(invocation.arguments.integer("timeout", kLongestHeld.count() / 1'000), 0,
                               kLongestPoll.count() / 1'000));
  stream.life = std::min<std::chrono::milliseconds>(
      wanted, invocation.request.may_suspend ? kLongestPoll : kLongestHeld);
  return open(invocation, std::move(stream));
}

constexpr Parameter kListen[] = {{"topics", Type::List}, {"connection"}};
constexpr Parameter kPoll[] = {{"topics", Type::List}, {"connection"}, {"since"}, {"timeout", Type::Integer}};

constexpr Action kEventsActions[] = {
    {"GET", kGet, listen, kNotInMultiple | kPlainErrors, kListen},
    {"poll", kGet, poll, kNotInMultiple, kPoll},
};

}  // namespace

const ApiModule kEventsModule{"events", kEventsActions};

}  // namespace gw::ajax
