#include "rest/endpoint.hpp"

#include <set>

#include "core/crypto.hpp"
#include "rest/openapi.hpp"
#include "rest/routes.hpp"
#include "unit/lib/provisioning/provisioning_fixture.hpp"

namespace gw::rest {
namespace {

using provisioning::HttpAnswer;
using provisioning::HttpRequest;

class RestEndpoint : public test::ProvisioningTest {
 protected:
  HttpAnswer send(const std::string& method, const std::string& path, const std::string& body = "",
                  const std::string& login = "oxadminmaster", HttpRequest request = {}) {
    request.method = method;
    const std::size_t question = path.find('?');
    request.path = path.substr(0, question);
    if (question != std::string::npos) request.query = path.substr(question + 1);
    request.body = body;
    if (!body.empty()) request.body = test::parsed(body).dump();
    if (!login.empty()) request.authorization = "Basic " + to_base64(login + ":secret");
    request.address = "192.0.2.1";
    return answer(*service, request);
  }
  static std::string header(const HttpAnswer& made, const std::string& name) {
    for (const auto& [key, value] : made.headers)
      if (key == name) return value;
    return {};
  }
};

TEST_F(RestEndpoint, AUserLivesFromPostToDelete) {
  EXPECT_EQ(send("POST", "contexts",
                 "{'id':1,'name':'acme','maxQuota':5,'admin_user':" + user_data("admin") +
                     ",'access_combination_name':'all'}")
                .status,
            201);
  EXPECT_EQ(send("POST", "contexts/acme/users", user_data("anna"), "admin").status, 201);
  const HttpAnswer read = send("GET", "contexts/1/users/anna", "", "admin");
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(Json::parse(read.body)->get("id").as_integer(), 3);
  EXPECT_EQ(send("PUT", "contexts/1/users/3", "{'company':'Acme'}", "admin").status, 204);
  EXPECT_EQ(send("PUT", "contexts/1/users/3/access", "{'access_combination_name':'pim'}", "admin").status,
            204);
  EXPECT_EQ(Json::parse(send("GET", "contexts/1/users?search=an*", "", "admin").body)->size(), 1U);
  EXPECT_EQ(send("DELETE", "contexts/1/users/anna?reassign=2", "", "admin").status, 204);
  EXPECT_EQ(send("GET", "contexts/1/users/anna", "", "admin").status, 404);
  EXPECT_EQ(Json::parse(send("GET", "contexts?offset=0&limit=5").body)->size(), 1U);
  EXPECT_EQ(send("PUT", "contexts/1/quotas", "{'module':'contact','quotaValue':5}").status, 204);
  EXPECT_EQ(send("DELETE", "contexts/acme").status, 204);
}

TEST_F(RestEndpoint, RefusalsHaveTheirStatus) {
  make_context(1);
  EXPECT_EQ(send("GET", "contexts", "", "").status, 401);
  EXPECT_EQ(header(send("GET", "contexts", "", ""), "WWW-Authenticate").substr(0, 5), "Basic");
  EXPECT_EQ(send("GET", "contexts", "", "nobody").status, 401);
  EXPECT_EQ(send("GET", "contexts/9").status, 404);
  EXPECT_EQ(send("GET", "nonsense").status, 404);
  EXPECT_EQ(send("PATCH", "contexts").status, 405);
  EXPECT_EQ(header(send("PATCH", "contexts"), "Allow"), "GET, HEAD, POST");
  EXPECT_EQ(send("POST", "contexts", "{'id':1,'admin_user':" + user_data("admin") + "}").status, 409);
  EXPECT_EQ(send("POST", "contexts/1/groups", "{}", "admin").status, 400);
  HttpRequest broken;
  broken.method = "POST";
  broken.path = "contexts";
  broken.body = "[1";
  broken.authorization = "Basic " + to_base64("oxadminmaster:secret");
  EXPECT_EQ(answer(*service, broken).status, 400);
}

TEST_F(RestEndpoint, TagsTellWhetherSomethingChanged) {
  make_context(1);
  const std::string tag = header(send("GET", "contexts/1"), "ETag");
  ASSERT_EQ(tag.size(), 34U);
  HttpRequest conditions;
  conditions.if_none_match = tag;
  EXPECT_EQ(send("GET", "contexts/1", "", "oxadminmaster", conditions).status, 304);
  conditions = {};
  conditions.if_match = tag;
  EXPECT_EQ(send("PUT", "contexts/1", "{'maxQuota':7}", "oxadminmaster", conditions).status, 204);
  EXPECT_EQ(send("PUT", "contexts/1", "{'maxQuota':8}", "oxadminmaster", conditions).status, 412);
}

TEST_F(RestEndpoint, ARequestWithAKeyIsDoneOnce) {
  make_context(1);
  HttpRequest with_key;
  with_key.idempotency_key = "abc";
  const HttpAnswer first = send("POST", "contexts/1/users", user_data("anna"), "admin", with_key);
  EXPECT_EQ(first.status, 201);
  const HttpAnswer again = send("POST", "contexts/1/users", user_data("anna"), "admin", with_key);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(header(again, "Idempotent-Replayed"), "true");
  EXPECT_EQ(send("POST", "contexts/1/users", user_data("berta"), "admin", with_key).status, 422);
  // Whoever knows the key but not the password sees nothing.
  with_key.authorization = "";
  HttpRequest stranger = with_key;
  stranger.method = "POST";
  stranger.path = "contexts/1/users";
  stranger.body = test::parsed(user_data("anna")).dump();
  stranger.authorization = "Basic " + to_base64("admin:wrong");
  EXPECT_EQ(answer(*service, stranger).status, 401);
  // A refusal may be mended under the same key.
  with_key.idempotency_key = "def";
  EXPECT_EQ(send("POST", "contexts/1/users", user_data("anna"), "admin", with_key).status, 400);
  EXPECT_EQ(send("POST", "contexts/1/users", user_data("berta"), "admin", with_key).status, 201);
}

TEST_F(RestEndpoint, TheDescriptionNamesEveryRouteAndEveryType) {
  const Json document = write_openapi();
  for (const Route& route : routes()) {
    ASSERT_NE(provisioning::find_operation(route.service, route.operation), nullptr) << route.pattern;
    const std::string path = "/" + std::string(route.pattern);
    std::string method(route.method);
    for (char& c : method) c = static_cast<char>(c + ('a' - 'A'));
    EXPECT_FALSE(document.get("paths").get(path.c_str()).get(method.c_str()).is_missing()) << path << method;
  }
  const std::string text = document.dump();
  const std::string prefix = "#/components/schemas/";
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at + 1)) {
    const std::string name = text.substr(at + prefix.size(), text.find('"', at) - at - prefix.size());
    EXPECT_FALSE(document.get("components").get("schemas").get(name.c_str()).is_missing()) << name;
  }
  EXPECT_EQ(send("GET", "openapi.json", "", "").status, 200);
}

}  // namespace
}  // namespace gw::rest
