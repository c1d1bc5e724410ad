#include "mail/store/places.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace gw::mail {
namespace {

using namespace std::chrono_literals;

Server server(const std::string& host, bool is_named_by_user = false) {
  Server made;
  made.protocol = "imap";
  made.host = host;
  made.port = 143;
  made.is_named_by_user = is_named_by_user;
  return made;
}

/// "" when there was a place, which is given back at once.
std::string refusal(Places& places, const Server& wanted) {
  try {
    const auto place = places.take(wanted);
    return "";
  } catch (const ApiError& error) {
    return format_code(error.code()) + " " + error.arguments().at(0);
  }
}

/// So patient that a test which waits in vain does not end.
PlaceLimits patient(std::size_t of_one_server) {
  PlaceLimits limits = limits_for(of_one_server);
  limits.patience = 1h;
  return limits;
}

TEST(Places, WithoutALimitThereIsAlwaysOne) {
  Places places(PlaceLimits{});
  std::vector<Places::Place> taken;
  for (int i = 0; i < 1'000; ++i) taken.push_back(places.take(server("a")));
  EXPECT_EQ(refusal(places, server("a")), "");
}

TEST(Places, AServerFromWhichNobodyComesBackRefusesAtOnceAndOthersDoNot) {
  Places places(patient(2));
  const auto first = places.take(server("a"));
  {
    const auto second = places.take(server("a"));
    EXPECT_EQ(refusal(places, server("a")), "MSG-1016 a");
  }
  EXPECT_EQ(refusal(places, server("b")), "");
}

TEST(Places, ServersThatUsersNamedShareTheirOwnAndLeaveTheRest) {
  Places places(patient(4));
  std::vector<Places::Place> taken;
  taken.push_back(places.take(server("x", true)));
  taken.push_back(places.take(server("y", true)));
  EXPECT_EQ(refusal(places, server("z", true)), "MSG-1016 z");
  for (int i = 0; i < 4; ++i) taken.push_back(places.take(server("a")));
  EXPECT_EQ(refusal(places, server("a")), "MSG-1016 a");
  EXPECT_EQ(refusal(places, server("b")), "MSG-1016 b") << "all together are bounded, too";
}

TEST(Places, WhoeverComesWhileOthersGoWaitsForThem) {
  Places places(patient(1));
  { const auto gone = places.take(server("a")); }
  auto held = std::make_unique<Places::Place>(places.take(server("a")));
  std::string told = "none";
  std::thread waiting([&] { told = refusal(places, server("a")); });
  held.reset();
  waiting.join();
  EXPECT_EQ(told, "");
}

TEST(Places, NobodyWaitsForEver) {
  PlaceLimits limits = limits_for(1);
  limits.patience = 1ms;
  Places places(limits);
  { const auto gone = places.take(server("a")); }
  const auto held = places.take(server("a"));
  EXPECT_EQ(refusal(places, server("a")), "MSG-1016 a");
}

TEST(Places, AMovedPlaceIsGivenBackOnce) {
  Places places(patient(1));
  Places::Place first = places.take(server("a"));
  Places::Place second = std::move(first);
  EXPECT_EQ(refusal(places, server("a")), "MSG-1016 a");
  second = {};
  EXPECT_EQ(refusal(places, server("a")), "");
}

}  // namespace
}  // namespace gw::mail
