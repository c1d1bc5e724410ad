// Answers that an OpenLDAP or Samba does not give: pages refused, ranges of values, referrals.
#include <gtest/gtest.h>

#include "directory/directory.hpp"
#include "support/scripted_server.hpp"

namespace gw::directory {
namespace {

using namespace std::string_literals;

/// Tags of RFC 4511 section 4.2 to 4.5.
enum Operation : unsigned char {
  Over = 0,
  BindRequest = 0x60,
  BindResponse = 0x61,
  SearchRequest = 0x63,
  SearchEntry = 0x64,
  SearchDone = 0x65,
  SearchReference = 0x73
};

constexpr char kSuccess = 0, kReferral = 10, kUnavailableCriticalExtension = 12;
constexpr const char* kPages = "1.2.840.113556.1.4.319";

std::string element(unsigned char tag, const std::string& content) {
  std::string bytes(1, static_cast<char>(tag));
  if (content.size() > 127)
    bytes += static_cast<char>(0x82), bytes += static_cast<char>(content.size() >> 8U);
  return bytes + static_cast<char>(content.size() & 0xffU) + content;
}

std::string octets(const std::string& text) { return element(0x04, text); }

std::string result(char code) { return element(0x0a, std::string(1, code)) + octets("") + octets(""); }

std::string attribute(const std::string& name, const std::vector<std::string>& values) {
  std::string set;
  for (const std::string& value : values) set += octets(value);
  return element(0x30, octets(name) + element(0x31, set));
}

std::string entry(const std::string& dn, const std::string& attributes) {
  return octets(dn) + element(0x30, attributes);
}

/// Tags of operations, and what they carry.
using Answers = std::vector<std::pair<Operation, std::string>>;

struct Request {
  Operation operation = Over;
  std::string id;    ///< as an element
  std::string text;  ///< all of it

  [[nodiscard]] bool has(const std::string& part) const { return text.find(part) != text.npos; }
};

Request read_request(test::ScriptedPeer& peer) {
  const std::string head = peer.bytes(2);
  if (head.size() < 2) return {};
  std::size_t length = static_cast<unsigned char>(head[1]);
  if (length > 127) {
    const std::string more = peer.bytes(length & 0x7fU);
    length = 0;
    for (const char c : more) length = length << 8U | static_cast<unsigned char>(c);
  }
  Request request;
  request.text = peer.bytes(length);
  if (request.text.size() < length || length < 3) return {};
  const std::size_t end = 2 + static_cast<unsigned char>(request.text[1]);
  request.id = request.text.substr(0, end);
  request.operation = static_cast<Operation>(static_cast<unsigned char>(request.text.at(end)));
  return request;
}

/// Lets everybody in; searches are answered by `search`.
test::Script ldap_server(std::function<Answers(const Request&)> search) {
  return [search = std::move(search)](test::ScriptedPeer& peer) {
    for (Request request = read_request(peer); request.operation != Over; request = read_request(peer)) {
      Answers answers;
      if (request.operation == BindRequest) answers = {{BindResponse, result(kSuccess)}};
      if (request.operation == SearchRequest) answers = search(request);
      for (const auto& [operation, content] : answers)
        peer.send(element(0x30, request.id + element(operation, content)));
    }
  };
}

DirectorySettings settings_for(const test::ScriptedServer& server) {
  DirectorySettings settings;
  settings.name = "corp";
  settings.base = "dc=x";
  settings.is_plain = true;
  settings.servers.push_back({"127.0.0.1", server.port(), false});
  settings.mapping = "[user]\nfilter = (objectClass=person)\nid = entryUUID\nlogin = uid\n";
  settings.login.enabled = true;
  return settings;
}

std::vector<Entry> list_users(const test::ScriptedServer& server) {
  const DirectorySettings settings = settings_for(server);
  Directory directory(settings);
  std::vector<Entry> found;
  directory.list(*directory.mapping().user, {"uid", "member"}, [&](std::vector<Entry>&& page) {
    std::move(page.begin(), page.end(), std::back_inserter(found));
    return true;
  });
  return found;
}

std::vector<std::string> values_of(const Entry& entry, const std::string& name) {
  const auto values = entry.values(name);
  return {values.begin(), values.end()};
}

TEST(SearchAnswers, AServerWithoutPagesIsAskedWithout) {
  test::ScriptedServer server(test::ScriptedServer::Repeat::Always,
                              ldap_server([](const Request& request) -> Answers {
                                if (request.has(kPages))
                                  return {{SearchDone, result(kUnavailableCriticalExtension)}};
                                return {{SearchEntry, entry("uid=anna,dc=x", attribute("uid", {"anna"}))},
                                        {SearchEntry, entry("uid=bert,dc=x", attribute("uid", {"bert"}))},
                                        {SearchDone, result(kSuccess)}};
                              }));
  const auto found = list_users(server);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].dn, "uid=anna,dc=x");
  EXPECT_EQ(values_of(found[1], "uid"), std::vector{"bert"s});
}

TEST(SearchAnswers, RangesOfValuesAreAskedForToTheEnd) {
  const std::string team = "cn=team,dc=x";
  test::ScriptedServer server(
      test::ScriptedServer::Repeat::Always, ldap_server([&](const Request& request) -> Answers {
        // Active Directory gives the plain name as well, with nothing in it.
        std::string members = attribute("member", {}) + attribute("member;range=0-1", {"m0", "m1"});
        if (request.has("member;range=2-*")) members = attribute("member;range=2-3", {"m2", "m3"});
        if (request.has("member;range=4-*")) members = attribute("member;range=4-*", {"m4"});
        return {{SearchEntry, entry(team, members)}, {SearchDone, result(kSuccess)}};
      }));
  const auto found = list_users(server);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(values_of(found[0], "member"), (std::vector{"m0"s, "m1"s, "m2"s, "m3"s, "m4"s}));
}

TEST(SearchAnswers, ReferralsAreNotFollowed) {
  test::ScriptedServer stranger(test::ScriptedServer::Repeat::Always,
                                ldap_server([](const Request&) { return Answers(); }));
  const std::string url = "ldap://127.0.0.1:" + std::to_string(stranger.port()) + "/dc=y";
  test::ScriptedServer referring(test::ScriptedServer::Repeat::Always,
                                 ldap_server([&](const Request&) -> Answers {
                                   return {{SearchReference, octets(url)},
                                           {SearchEntry, entry("uid=anna,dc=x", attribute("uid", {"anna"}))},
                                           {SearchReference, octets(url)},
                                           {SearchDone, result(kSuccess)}};
                                 }));
  EXPECT_EQ(list_users(referring).size(), 1U);
  // An answer that is nothing but a referral is a failure, not an empty directory whose users are all gone.
  test::ScriptedServer elsewhere(test::ScriptedServer::Repeat::Always,
                                 ldap_server([&](const Request&) -> Answers {
                                   return {{SearchDone, result(kReferral) + element(0xa3, octets(url))}};
                                 }));
  EXPECT_THROW(list_users(elsewhere), DirectoryError);
  EXPECT_EQ(stranger.connections(), 0);
}

}  // namespace
}  // namespace gw::directory
