#include "ajax/factors/second_factor.hpp"

#include <gtest/gtest.h>

#include <set>

#include "ajax/registry.hpp"
#include "core/error.hpp"

namespace gw::ajax {
namespace {

using session::Factor;

/// "module/action" of everything that this session may ask for; of those that need a session.
std::set<std::string> open_to(Factor factor) {
  session::Session session;
  session.factor = factor;
  std::set<std::string> open;
  for (const ApiModule* module : registry())
    for (const Action& action : module->actions) {
      if ((action.needs & kNoSession) != 0) continue;
      try {
        check_second_factor(&session, module->path, action.name);
        open.insert(std::string(module->path) + " " + std::string(action.name));
      } catch (const ApiError& error) {
        EXPECT_EQ(format_code(error.code()), factor == Factor::Pending ? "MFA-0001" : "SVL-0016");
      }
    }
  return open;
}

TEST(SecondFactor, ASessionThatMustProveItGetsWhatThatTakesAndNoMore) {
  EXPECT_EQ(open_to(Factor::Pending),
            (std::set<std::string>{"jslob list", "multifactor/device all",
                                   "multifactor/device finishAuthentication",
                                   "multifactor/device startAuthentication", "multifactor/provider all",
                                   "multiple PUT", "system whoami"}));
}

TEST(SecondFactor, WhoHasProvedItOrHasNoneGetsEverything) {
  const std::set<std::string> all = open_to(Factor::None);
  EXPECT_GT(all.size(), 200U);
  EXPECT_EQ(open_to(Factor::Proved), all);
}

TEST(SecondFactor, AnAppPasswordChangesNothingOfHowItsUserSignsIn) {
  std::set<std::string> closed = open_to(Factor::None);
  for (const std::string& name : open_to(Factor::AppPassword)) closed.erase(name);
  std::set<std::string> modules;
  for (const std::string& name : closed) modules.insert(name.substr(0, name.find(' ')));
  EXPECT_EQ(modules, (std::set<std::string>{"appPasswords", "multifactor/device", "multifactor/provider",
                                            "passwordchange", "sessionmanagement", "token"}));
}

TEST(SecondFactor, ActionsWithoutSessionAreNotItsBusiness) {
  EXPECT_NO_THROW(check_second_factor(nullptr, "contacts", "all"));
}

}  // namespace
}  // namespace gw::ajax
