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

TEST_F(RestEndpoint, ListsComeInPages) {
  make_context(1);
  for (const char* name : {"anna", "berta", "carl"}) make_user(1, name);
  const auto count = [&](const std::string& query) {
    const HttpAnswer made = send("GET", "contexts/1/users" + query, "", "admin");
    return made.status == 200 ? static_cast<int>(Json::parse(made.body)->size()) : -made.status;
  };
  EXPECT_EQ(count(""), 4);
  EXPECT_EQ(count("?offset=1"), 3);
  EXPECT_EQ(count("?limit=3"), 3);
  EXPECT_EQ(count("?offset=3&limit=3"), 1);
  EXPECT_EQ(count("?offset=9&limit=3"), 0);
  EXPECT_EQ(count("?offset=-1"), -400);
  EXPECT_EQ(count("?limit=x"), -400);
}

TEST_F(RestEndpoint, JobsAreAskedForByTheirNumber) {
  make_context(1);
  EXPECT_EQ(send("POST", "contexts/1/filestore", "{'id':9}").status, 404);
  EXPECT_EQ(send("POST", "contexts/1/filestore", "{}").status, 400);
  EXPECT_EQ(send("POST", "contexts/1/filestore", "{'id':0}", "admin").status, 401);
  const HttpAnswer made = send("POST", "contexts/1/filestore", "{'id':0}");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.body, "1");
  const HttpAnswer read = send("GET", "jobs/1");
  EXPECT_EQ(Json::parse(read.body)->get("state").as_string(), "waiting") << read.body;
  EXPECT_EQ(Json::parse(send("GET", "contexts/1/jobs").body)->size(), 1U);
  EXPECT_EQ(send("DELETE", "jobs").status, 204);
  EXPECT_EQ(Json::parse(send("GET", "jobs").body)->size(), 1U) << "it has not ended";
  EXPECT_EQ(send("GET", "jobs/2").status, 400);
  EXPECT_EQ(send("GET", "jobs/x").status, 400);
  EXPECT_EQ(send("DELETE", "jobs/1", "", "admin").status, 401);
  EXPECT_EQ(send("DELETE", "jobs/1").status, 204);
  EXPECT_EQ(Json::parse(send("GET", "jobs").body)->size(), 0U);
}

TEST_F(RestEndpoint, UsersComeOutOfCsv) {
  make_context(1, "pim");
  make_user(1, "anna");
  const std::string file =
      "login,password,display_name,mail,company\nanna,,,,Acme\n"
      "berta,secret,Berta,berta@example.test,\nNOT VALID,,,,\nberta,,,,\n";
  const auto import = [&](const std::string& query, const std::string& body) {
    HttpRequest request;
    request.method = "POST";
    request.path = "contexts/1/import";
    request.query = query;
    request.body = body;
    request.authorization = "Basic " + to_base64("admin:secret");
    return answer(*service, request);
  };
  const auto actions = [](const HttpAnswer& made) {
    std::string out;
    const Json lines = Json::parse(made.body)->get("lines");
    for (std::size_t i = 0; i < lines.size(); ++i)
      out += std::to_string(lines.at(i).get("line").as_integer()) +
             std::string(lines.at(i).get("action").as_string()) + " ";
    return out;
  };
  const auto users = [&] { return Json::parse(send("GET", "contexts/1/users", "", "admin").body)->size(); };
  for (const char* query : {"dry_run=1&type=csv", "dry_run=true", ""}) {
    const HttpAnswer made = import(query, file);
    ASSERT_EQ(made.status, 200) << made.body;
    EXPECT_EQ(actions(made), "2change 3create 4error 5error ") << made.body;
    EXPECT_EQ(users(), *query == 0 ? 3U : 2U) << query;
  }
  EXPECT_EQ(actions(import("", file)), "2skip 3change 4error 5error ");
  EXPECT_EQ(Json::parse(send("GET", "contexts/1/users/anna", "", "admin").body)->get("company").as_string(),
            "Acme");
  EXPECT_EQ(
      as_admin("User", "getAccessCombinationName", "{'ctx':{'id':1},'user':{'name':'berta'}}").as_string(),
      "pim");
  EXPECT_EQ(import("", "").status, 400);
  EXPECT_EQ(import("", "name,mail\nx,y\n").status, 400);
  EXPECT_EQ(import("", "login\n\xff\n").status, 400);
  EXPECT_EQ(import("format=vcard", file).status, 400);
  EXPECT_EQ(import("type=ldif", file).status, 400);
  EXPECT_EQ(import("dry_run=perhaps", file).status, 200) << "words are read as the web API does";
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
