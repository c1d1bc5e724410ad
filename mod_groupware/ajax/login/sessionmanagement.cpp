#include "ajax/login/sessionmanagement.hpp"

#include <algorithm>

#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

struct Mark {
  std::string_view part;  ///< of the User-Agent
  std::string_view name;
};
/// The first that fits counts: Chromium browsers name several others too.
constexpr Mark kPrograms[] = {
    {"Edg", "Edge"},      {"OPR/", "Opera"},     {"Firefox/", "Firefox"},         {"Chrome/", "Chrome"},
    {"CriOS/", "Chrome"}, {"Safari/", "Safari"}, {"Thunderbird/", "Thunderbird"}, {"curl/", "curl"}};
constexpr Mark kSystems[] = {{"Android", "Android"}, {"iPhone", "iOS"},     {"iPad", "iOS"},
                             {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"},
                             {"Linux", "Linux"}};

std::string_view find_mark(std::span<const Mark> marks, std::string_view user_agent) {
  const auto found = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    return user_agent.find(mark.part) != std::string_view::npos;
  });
  return found == marks.end() ? std::string_view() : found->name;
}

Json make_device(const session::Session& session) {
  const std::string_view program = find_mark(kPrograms, session.user_agent);
  const std::string_view system = find_mark(kSystems, session.user_agent);
  std::string info(program.empty() ? std::string_view(session.client) : program);
  if (!system.empty()) info += info.empty() ? std::string(system) : ", " + std::string(system);
  Json device = Json::object();
  device.set("info", Json::string(info));
  device.set("type", Json::string(system == "Android" || system == "iOS" ? "mobile"
                                  : program.empty()                      ? "unknown"
                                                                         : "desktop"));
  return device;
}

Json make_entry(const session::Session& session) {
  Json entry = Json::object();
  entry.set("sessionId", Json::string(session.id));
  entry.set("ipAddress", Json::string(session.address));
  entry.set("client", Json::string(session.client));
  entry.set("ctxId", Json::integer(session.context.value));
  entry.set("userId", Json::integer(session.user.value));
  entry.set("loginTime", Json::integer(session.created.value));
  entry.set("lastActive", Json::integer(session.last_active.value));
  entry.set("location", Json::string(""));  // no data on where addresses are
  entry.set("device", make_device(session));
  return entry;
}

std::vector<session::Session> own_sessions(Invocation& invocation) {
  return invocation.runtime.sessions.list_of_user(invocation.work.database(), invocation.caller().context,
                                                  invocation.caller().user);
}

Response list_sessions(Invocation& invocation) {
  Json list = Json::array();
  for (const session::Session& session : own_sessions(invocation)) list.append(make_entry(session));
  return Response::with_data(std::move(list));
}

/// Ids of other users are as unknown as ids that never were: nothing happens.
Response delete_sessions(Invocation& invocation) {
  if (!invocation.body.is_array()) throw ApiError(errors::svl::kBodyType, {"a JSON array"});
  std::vector<std::string_view> ids;
  for (std::size_t i = 0; i < invocation.body.size(); ++i) ids.push_back(invocation.body.at(i).as_string());
  for (const session::Session& session : own_sessions(invocation))
    if (std::find(ids.begin(), ids.end(), session.id) != ids.end())
      invocation.runtime.sessions.remove(invocation.work.database(), session);
  return Response::empty_data();
}

Response clear_sessions(Invocation& invocation) {
  invocation.runtime.sessions.remove_all_of_user(invocation.work.database(), invocation.caller().context,
                                                 invocation.caller().user, invocation.session->id);
  return Response::empty_data();
}

constexpr Action kSessionManagementActions[] = {
    {"all", kGet, list_sessions, 0, {}},
    {"delete", kPut, delete_sessions, kBody, {}},
    {"clear", kGet, clear_sessions, 0, {}},
};

}  // namespace

const ApiModule kSessionManagementModule{"sessionmanagement", kSessionManagementActions};

}  // namespace gw::ajax
