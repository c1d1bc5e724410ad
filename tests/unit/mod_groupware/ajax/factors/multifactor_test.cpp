#include "ajax/factors/multifactor.hpp"

#include <gtest/gtest.h>

#include "core/base32.hpp"
#include "core/crypto.hpp"
#include "session/multifactor/totp.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::ajax {
namespace {

using test::ApiClient;
using test::code_of;

/// The bytes of a base32 text, as an authenticator app makes them.
std::string bytes_of_base32(std::string_view text) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string bytes;
  unsigned kept = 0;
  int bits = 0;
  for (const char c : text) {
    kept = kept << 5 | static_cast<unsigned>(kDigits.find(c));
    if ((bits += 5) >= 8) bytes += static_cast<char>(kept >> (bits -= 8) & 0xFFU);
  }
  return bytes;
}

class Multifactor : public testing::Test {
 protected:
  std::string totp(std::int64_t offset = 0) {
    namespace multifactor = session::multifactor;
    return multifactor::totp_code(secret, multifactor::totp_step(api.database.clock.now()) + offset);
  }
  std::string body_of(const std::string& typed) { return R"({"secret_code":")" + typed + R"("})"; }
  std::string target(const std::string& action) {
    return "multifactor/device?action=" + action + "&providerName=TOTP&deviceId=" + device;
  }
  Json start(ApiClient& client, const std::string& provider = "TOTP") {
    return client.put("multifactor/device?action=startRegistration",
                      R"({"providerName":")" + provider + R"(","name":"Phone"})");
  }
  void set_up() {
    const Json data = start(owner).get("data");
    device = data.get("deviceId").as_string();
    secret = bytes_of_base32(data.get("challenge").get("sharedSecret").as_string());
    const Json finished = owner.put(target("finishRegistration"), body_of(totp()));
    EXPECT_EQ(finished.get("data").get("id").as_string(), device) << finished.dump();
    api.database.clock.advance(60'000);
  }
  bool works(ApiClient& client) { return client.get("config/identifier").get("error").is_missing(); }

  test::TestApi api;
  ApiClient owner = api.user("user1");
  std::string device, secret;
};

TEST_F(Multifactor, OnlyWhatIsOfferedIsInTheListOfProviders) {
  const Json all = owner.get("multifactor/provider?action=all").get("data");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all.at(0).get("name").as_string(), "TOTP");
  EXPECT_FALSE(all.at(0).get("backupProvider").is_true());
  EXPECT_EQ(all.at(1).get("name").as_string(), "BACKUP_STRING");
  EXPECT_TRUE(all.at(1).get("backupOnlyProvider").is_true());
  EXPECT_EQ(owner.get("multifactor/provider?action=all&providers=SMS,TOTP").get("data").size(), 1U);
  EXPECT_EQ(owner.get("multifactor/device?action=all").get("data").size(), 0U);
}

TEST_F(Multifactor, TheChallengeIsASecretAUrlAndAPicture) {
  const Json challenge = start(owner).get("data").get("challenge");
  const std::string text(challenge.get("sharedSecret").as_string());
  EXPECT_EQ(text.size(), 32U);
  EXPECT_NE(std::string(challenge.get("url").as_string()).find("secret=" + text + "&"), std::string::npos);
  EXPECT_EQ(from_base64(challenge.get("base64Image").as_string())->substr(1, 3), "PNG");
}

TEST_F(Multifactor, TheFirstDeviceEndsOtherSessionsAndKeepsItsOwn) {
  ApiClient other = api.user("user1"), stranger = api.user("user2");
  set_up();
  EXPECT_FALSE(works(other));
  EXPECT_TRUE(works(owner));
  EXPECT_TRUE(works(stranger));
  const Json list = owner.get("multifactor/device?action=all").get("data");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list.at(0).get("name").as_string(), "Phone");
  EXPECT_TRUE(list.at(0).get("enabled").is_true());
  EXPECT_FALSE(list.at(0).get("backup").is_true());
}

TEST_F(Multifactor, ANewSessionWaitsForTheCode) {
  set_up();
  ApiClient client = api.client();
  EXPECT_TRUE(client.login("user1").get("requires_multifactor").is_true());
  EXPECT_EQ(code_of(client.get("config/identifier")), "MFA-0001");
  EXPECT_EQ(code_of(client.put("passwordchange?action=update", "{}")), "MFA-0001");
  EXPECT_EQ(code_of(start(client)), "MFA-0001");
  EXPECT_EQ(code_of(client.put(target("finishRegistration"), body_of(totp()))), "MFA-0001");
  EXPECT_EQ(code_of(client.put(target("delete"), "")), "MFA-0001");
  EXPECT_EQ(client.get("system?action=whoami").get("data").get("requires_multifactor").is_true(), true);
  EXPECT_TRUE(client.get(target("startAuthentication")).get("data").get("challenge").is_object());
  EXPECT_EQ(code_of(client.put(target("finishAuthentication"), body_of("000000x"))), "MFA-0004");
  EXPECT_EQ(code_of(client.get("config/identifier")), "MFA-0001");
  EXPECT_EQ(code_of(client.put(target("finishAuthentication"), body_of(totp()))), "");
  EXPECT_TRUE(works(client));
  EXPECT_TRUE(client.get("system?action=whoami").get("data").get("requires_multifactor").is_missing());
}

TEST_F(Multifactor, ABundleOpensNothingMore) {
  set_up();
  ApiClient client = api.client();
  client.login("user1");
  const Json answers =
      client.put("multiple", R"([{"module":"config/identifier","action":"GET"},
      {"module":"system","action":"whoami"},
      {"module":"multifactor/device","action":"finishAuthentication","providerName":"TOTP","deviceId":")" +
                                 device + R"(","data":{"secret_code":")" + totp() + R"("}}])");
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(code_of(answers.at(0)), "MFA-0001");
  EXPECT_EQ(code_of(answers.at(1)), "");
  EXPECT_EQ(code_of(answers.at(2)), "SVL-0006") << "codes are tried one by one";
}

TEST_F(Multifactor, RampUpHasOnlyWhatABootNeeds) {
  set_up();
  ApiClient client = api.client();
  Request form = client.request(Method::Post, "login?action=login");
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"name", "user1"},
           {"password", "secret"},
           {"client", "open-xchange-appsuite"},
           {"rampup", "true"},
           {"modules", "true"},
           {"multiple", R"([{"module":"user","action":"get"}])"}})
    form.form.add(name, value);
  const Json answer = test::json(client.dispatch(form));
  EXPECT_TRUE(answer.get("requires_multifactor").is_true()) << answer.dump();
  const Json rampup = answer.get("rampup");
  EXPECT_TRUE(rampup.get("serverConfig").is_object());
  EXPECT_TRUE(rampup.get("jslobs").is_object());
  EXPECT_TRUE(rampup.get("user").is_missing());
  EXPECT_TRUE(rampup.get("folderlist").get("1").is_missing());
  EXPECT_TRUE(answer.get("modules").is_missing());
  EXPECT_EQ(code_of(answer.get("multiple").at(0)), "MFA-0001");
}

TEST_F(Multifactor, AutologinAndStoreKeepTheStateOfTheSession) {
  set_up();
  ApiClient client = api.client();
  client.login("user1");
  EXPECT_EQ(client.get("login?action=store").get("data").as_string(), "1");
  EXPECT_TRUE(client.get("login?action=autologin&client=test-client").get("requires_multifactor").is_true());
  EXPECT_EQ(code_of(client.get("config/identifier")), "MFA-0001");
  client.put(target("finishAuthentication"), body_of(totp()));
  const Json again = client.get("login?action=autologin&client=test-client");
  EXPECT_EQ(again.get("session").as_string(), client.session);
  EXPECT_TRUE(again.get("requires_multifactor").is_missing());
  EXPECT_TRUE(works(client));
}

TEST_F(Multifactor, BackupCodesTakeThePlaceOfTheApp) {
  EXPECT_EQ(code_of(start(owner, "BACKUP_STRING")), "MFA-0008");
  set_up();
  const Json data = start(owner, "BACKUP_STRING").get("data");
  const std::string codes(data.get("challenge").get("sharedSecret").as_string());
  const std::string id(data.get("deviceId").as_string());
  ASSERT_EQ(codes.size(), 10U * 16 + 9);
  ApiClient client = api.client();
  client.login("user1");
  const std::string rest = "&providerName=BACKUP_STRING&deviceId=" + id;
  const Json challenge =
      client.get("multifactor/device?action=startAuthentication" + rest).get("data").get("challenge");
  EXPECT_EQ(challenge.get("backupStringLength").as_integer(), 16);
  EXPECT_EQ(code_of(client.put("multifactor/device?action=finishAuthentication" + rest,
                               body_of(codes.substr(17, 16)))),
            "");
  EXPECT_TRUE(works(client));
}

TEST_F(Multifactor, DevicesAreRenamedAndDeleted) {
  set_up();
  const Json renamed = owner.put("multifactor/device?action=rename&providerName=TOTP",
                                 R"({"id":")" + device + R"(","name":"Tablet"})");
  EXPECT_EQ(renamed.get("data").get("name").as_string(), "Tablet") << renamed.dump();
  ApiClient stranger = api.user("user2");
  EXPECT_EQ(code_of(test::json(stranger.send(Method::Delete, target("delete")))), "MFA-0003");
  const Json gone = test::json(owner.send(Method::Delete, target("delete")));
  EXPECT_EQ(gone.get("data").at(0).as_string(), device) << gone.dump();
  ApiClient client = api.client();
  EXPECT_TRUE(client.login("user1").get("requires_multifactor").is_missing());
  EXPECT_TRUE(works(client));
}

TEST_F(Multifactor, WhatIsMissingIsSaid) {
  EXPECT_EQ(owner.send(Method::Get, "multifactor/device?action=startAuthentication&providerName=TOTP").status,
            400);
  EXPECT_EQ(code_of(owner.put("multifactor/device?action=startRegistration", "[]")), "SVL-0028");
  EXPECT_EQ(code_of(owner.put("multifactor/device?action=startRegistration", "{}")), "MFA-0002");
  EXPECT_EQ(code_of(start(owner, "SMS")), "MFA-0002");
  device = "unknown";
  EXPECT_EQ(code_of(owner.get(target("startAuthentication"))), "MFA-0003");
  EXPECT_EQ(code_of(owner.put(target("finishAuthentication"), body_of(totp()))), "MFA-0003");
}

}  // namespace
}  // namespace gw::ajax
