#include "ajax/login/rampup.hpp"

#include "ajax/call.hpp"

namespace gw::ajax {
namespace {

constexpr std::string_view kWebClient = "open-xchange-appsuite";
constexpr const char* kDocuments[] = {"io.ox/core",     "io.ox/core/updates", "io.ox/mail",
                                      "io.ox/contacts", "io.ox/calendar",     "io.ox/caldav",
                                      "io.ox/files",    "io.ox/tours",        "io.ox/mail/emoji",
                                      "io.ox/tasks",    "io.ox/office"};
constexpr std::string_view kFolderColumns =
    "1,2,3,4,5,6,20,23,300,301,302,304,305,306,307,308,309,310,311,312,313,314,315,316,317,318,3010,3020,"
    "3030";

/// The payload of one action called for the same caller; missing when it fails.
Json payload(Invocation& invocation, std::string_view module,
             std::initializer_list<std::pair<const char*, std::string>> parameters, Json body = {}) {
  Request request;
  request.path = std::string(module);
  request.method = body.is_missing() ? Method::Get : Method::Put;
  request.user_agent = invocation.request.user_agent;
  request.cookies = invocation.request.cookies;
  for (const auto& [name, value] : parameters) request.query.add(name, value);
  try {
    const Target target = resolve(request);
    return call_to_envelope(target, request, {invocation.runtime, invocation.work, invocation.session},
                            std::move(body))
        .data();
  } catch (const ApiError&) {
    return {};  // a module of a later issue: the part is absent
  }
}

void add(Json& rampup, const char* name, Json part) {
  if (!part.is_missing()) rampup.set(name, std::move(part));
}

Json documents(Invocation& invocation) {
  Json ids = Json::array();
  for (const char* id : kDocuments) ids.append(Json::string(id));
  const Json list = payload(invocation, "jslob", {{"action", "list"}}, ids);
  Json by_id = Json::object();
  for (std::size_t i = 0; i < list.size(); ++i)
    by_id.set(std::string(list.at(i).get("id").as_string()), list.at(i));
  return by_id;
}

}  // namespace

Json build_rampup(Invocation& invocation, std::string_view flavour) {
  if (flavour.empty() && invocation.session != nullptr) flavour = invocation.session->client;
  if (flavour != kWebClient) return {};
  Json rampup = Json::object();
  add(rampup, "serverConfig", payload(invocation, "apps/manifests", {{"action", "config"}}));
  add(rampup, "jslobs", documents(invocation));
  Json folder_list = Json::object();
  add(folder_list, "1",
      payload(invocation, "folders",
              {{"action", "list"},
               {"parent", "1"},
               {"tree", "0"},
               {"altNames", "true"},
               {"timezone", "UTC"},
               {"columns", std::string(kFolderColumns)}}));
  add(rampup, "folderlist", std::move(folder_list));
  add(rampup, "user", payload(invocation, "user", {{"action", "get"}, {"timezone", "utc"}}));
  return rampup;
}

}  // namespace gw::ajax
