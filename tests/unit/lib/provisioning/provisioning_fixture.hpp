// An installation with one administrator of its own, where operations are called by name as every face does.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "model/administration/administrators.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/tasks/task_service.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/provisioning.hpp"
#include "support/database.hpp"

namespace gw::test {

/// Of "secret"; cheap, so that hundreds of calls are.
inline constexpr const char* kSecretHash = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";

/// Single quotes stand for double ones.
inline Json parsed(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  auto value = Json::parse(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Json());
}

class ProvisioningTest : public testing::Test {
 protected:
  ProvisioningTest() {
    database.contents = {&model::contacts::contact_folder_content(),
                         &model::calendar::calendar_folder_content(),
                         &model::infostore::infostore_folder_content(), &model::tasks::task_folder_content()};
    database.settings.session.password_cost = kPasswordCost;
    restart();
    sql::Scope scope(*database.pool);
    model::administration::store_administrator(scope, "oxadminmaster", kSecretHash, {1});
  }

  /// As after a change of the configuration.
  void restart() { service = std::make_unique<provisioning::Provisioning>(*database.environment); }

  Json call_as(const provisioning::Login& login, const std::string& name, const std::string& operation,
               const std::string& arguments) {
    const auto* found = provisioning::find_operation("OX" + name + "Service", operation);
    EXPECT_NE(found, nullptr) << name << "." << operation;
    return found == nullptr ? Json() : service->perform(*found, login, parsed(arguments));
  }
  Json as_master(const std::string& name, const std::string& operation, const std::string& arguments) {
    return call_as({"oxadminmaster", "secret", "192.0.2.1", "test"}, name, operation, arguments);
  }
  /// The administrator of every context here has the same login and password.
  Json as_admin(const std::string& name, const std::string& operation, const std::string& arguments) {
    return call_as({"admin", "secret", "192.0.2.1", "test"}, name, operation, arguments);
  }

  static std::string user_data(const std::string& login) {
    return "{'name':'" + login + "','password':'secret','display_name':'" + login + " Test','given_name':'" +
           login + "','sur_name':'Test','primaryEmail':'" + login + "@example.test'}";
  }
  void make_context(int id, const std::string& access = "all") {
    as_master("Context", "createModuleAccessByName",
              "{'ctx':{'id':" + std::to_string(id) + ",'name':'c" + std::to_string(id) +
                  "','maxQuota':100},'admin_user':" + user_data("admin") + ",'access_combination_name':'" +
                  access + "'}");
  }
  Json make_user(int context, const std::string& login) {
    return as_admin("User", "create",
                    "{'ctx':{'id':" + std::to_string(context) + "},'usrdata':" + user_data(login) + "}");
  }

  template <class Act>
  static std::string fault_of(Act&& act) {
    try {
      act();
    } catch (const provisioning::Fault& fault) {
      return std::string(provisioning::fault_row(fault.kind()).word);
    }
    return "none";
  }

  TestDatabase database;
  std::unique_ptr<provisioning::Provisioning> service;
};

}  // namespace gw::test
