#include "ajax/login/guest_access.hpp"

#include <gtest/gtest.h>

#include <set>

#include "ajax/registry.hpp"
#include "core/error.hpp"
#include "model/users/guest_accounts.hpp"

namespace gw::ajax {
namespace {

model::Caller guest(bool is_link) {
  model::Caller caller;
  caller.is_guest = true;
  caller.modules = model::users::guest_modules(model::ObjectModule::Infostore, is_link);
  return caller;
}

bool may(const model::Caller& caller, std::string_view module, std::string_view action) {
  try {
    check_guest_access(caller, module, action);
    return true;
  } catch (const ApiError& error) {
    EXPECT_EQ(format_code(error.code()), "SVL-0016");
    return false;
  }
}

TEST(GuestAccess, UsersMayAskForEverything) {
  for (const ApiModule* module : registry())
    for (const Action& action : module->actions) EXPECT_TRUE(may({}, module->path, action.name));
}

TEST(GuestAccess, WhatTellsOfOthersIsClosed) {
  const std::set<std::string_view> closed{
      "group",        "resource",     "sessionmanagement",    "share/management",  "token",
      "userfeedback", "halo/contact", "halo/contact/picture", "image/user/picture"};
  std::set<std::string_view> found;
  for (const ApiModule* module : registry()) {
    if (!closed.contains(module->path)) continue;
    found.insert(module->path);
    for (const Action& action : module->actions)
      for (const bool is_link : {false, true})
        EXPECT_FALSE(may(guest(is_link), module->path, action.name)) << module->path << " " << action.name;
  }
  EXPECT_EQ(found, closed);
  for (const char* action : {"all", "list", "search", "update", "getAttribute", "setAttribute"})
    EXPECT_FALSE(may(guest(false), "user", action)) << action;
}

TEST(GuestAccess, WhatNobodyKnowsYetIsClosed) {
  EXPECT_FALSE(may(guest(false), "mail", "all"));
  EXPECT_FALSE(may(guest(false), "", ""));
}

TEST(GuestAccess, NobodyChangesTheAccountOfALink) {
  const std::pair<const char*, const char*> own[] = {
      {"jslob", "set"}, {"jslob", "update"}, {"config", "PUT"}, {"passwordchange", "update"}};
  for (const auto& [module, action] : own) {
    EXPECT_TRUE(may(guest(false), module, action)) << module;
    EXPECT_FALSE(may(guest(true), module, action)) << module;
  }
  EXPECT_TRUE(may(guest(true), "infostore", "all"));
}

}  // namespace
}  // namespace gw::ajax
