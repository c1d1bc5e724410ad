#include "model/settings/mail_categories.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/error.hpp"

namespace gw::model::settings {
namespace {

constexpr Millis kNow{1'700'000'000'000};

Settings with_categories() {
  Settings settings;
  settings.mail.store.host = "mail.test";
  settings.categories.enabled = true;
  settings.categories.general_names = {{"de", "Allgemein"}};
  settings.categories.list = {
      {"social", "$social", false, true, false, {}, {{"", "Social"}, {"de", "Soziales"}}},
      {"forced", "$forced", false, true, true, {}, {}},
      {"mine", "$mine", true, false, false, {}, {{"", "Mine"}}}};
  return settings;
}

Caller mail_user() {
  Caller caller;
  caller.modules.set(Module::Webmail, true);
  caller.locale = "de_DE";
  return caller;
}

TEST(MailCategories, AreOfferedWithMailToUsersOnly) {
  Settings settings = with_categories();
  EXPECT_TRUE(make_mail_categories(mail_user(), settings, {}, kNow).is_offered);
  Caller guest = mail_user();
  guest.is_guest = true;
  EXPECT_FALSE(make_mail_categories(guest, settings, {}, kNow).is_offered);
  EXPECT_FALSE(make_mail_categories({}, settings, {}, kNow).is_offered);
  settings.categories.enabled = false;
  EXPECT_FALSE(make_mail_categories(mail_user(), settings, {}, kNow).is_offered);
  EXPECT_TRUE(to_json(make_mail_categories(mail_user(), settings, {}, kNow)).is_missing());
}

TEST(MailCategories, NamesAreInTheLanguageOfTheUser) {
  const MailCategories all = make_mail_categories(mail_user(), with_categories(), {}, kNow);
  EXPECT_EQ(all.general_name, "Allgemein");
  EXPECT_EQ(all.find("social")->name, "Soziales");
  EXPECT_EQ(all.find("mine")->name, "Mine");
  EXPECT_EQ(all.find("forced")->name, "forced");
  EXPECT_EQ(all.find("other"), nullptr);
}

TEST(MailCategories, UsersSwitchAndRenameWhatTheyMay) {
  const Settings settings = with_categories();
  const Json sent = *Json::parse(R"({"enabled":false,"list":[{"id":"social","active":false,"name":"x"},
    {"id":"forced","active":false},{"id":"mine","active":true,"name":" My own "},{"id":"other","active":true},5]})");
  const Json choices = merge_category_choices(settings.categories, {}, sent);
  const MailCategories all = make_mail_categories(mail_user(), settings, choices, kNow);
  EXPECT_FALSE(all.is_on);
  EXPECT_FALSE(all.find("social")->is_active);
  EXPECT_EQ(all.find("social")->name, "Soziales");
  EXPECT_TRUE(all.find("forced")->is_active);
  EXPECT_TRUE(all.find("mine")->is_active);
  EXPECT_EQ(all.find("mine")->name, "My own");
  // A part of the object keeps the rest.
  const Json more = merge_category_choices(settings.categories, choices, *Json::parse(R"({"enabled":true})"));
  EXPECT_EQ(make_mail_categories(mail_user(), settings, more, kNow).find("mine")->name, "My own");
  for (const std::string& name : {std::string(), std::string(256, 'x')}) {
    Json list = Json::array();
    list.append(Json::object().set("id", Json::string("mine")).set("name", Json::string(name)));
    EXPECT_THROW(merge_category_choices(settings.categories, {}, Json::object().set("list", list)), ApiError);
  }
}

TEST(MailCategories, WhatIsForcedStays) {
  Settings settings = with_categories();
  const Json off = merge_category_choices(settings.categories, {}, *Json::parse(R"({"enabled":false})"));
  settings.categories.is_forced = true;
  EXPECT_TRUE(make_mail_categories(mail_user(), settings, off, kNow).is_on);
  const Json json = to_json(make_mail_categories(mail_user(), settings, {}, kNow));
  EXPECT_EQ(json.get("forced").dump(), "true");
  EXPECT_EQ(json.get("list").at(0).get("id").as_string(), "general");
  EXPECT_EQ(json.get("list").at(1).get("permissions").dump(), R"(["teach","disable"])");
  EXPECT_EQ(json.get("list").at(2).get("permissions").dump(), R"(["teach"])");
}

TEST(MailCategories, RulesOfTheAdministratorAreMadeOnce) {
  Settings settings = with_categories();
  const auto rules_for = [&](const char* choices, Millis now = kNow) {
    return make_mail_categories(mail_user(), settings, *Json::parse(choices), now).rules;
  };
  EXPECT_EQ(rules_for("{}"), CategoryRules::Made);
  settings.categories.list.front().senders = {"shop@x.test"};
  EXPECT_EQ(rules_for("{}"), CategoryRules::Wanted);
  EXPECT_EQ(rules_for(R"({"rules":true})"), CategoryRules::Made);
  const Json tried = Json::object().set("rules", Json::integer(kNow.value));
  EXPECT_EQ(rules_for(tried.dump().c_str(), Millis{kNow.value + kRulesPause - 1}), CategoryRules::Waiting);
  EXPECT_EQ(rules_for(tried.dump().c_str(), Millis{kNow.value + kRulesPause}), CategoryRules::Wanted);
  // What clients send does not touch it.
  const Json sent = *Json::parse(R"({"enabled":false,"rules":true})");
  EXPECT_TRUE(
      merge_category_choices(settings.categories, tried, sent).get("rules").equals(tried.get("rules")));
}

}  // namespace
}  // namespace gw::model::settings
