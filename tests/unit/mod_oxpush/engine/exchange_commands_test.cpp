#include "mod_oxpush/engine/exchange.hpp"

#include <gtest/gtest.h>

#include "exchange_fixture.hpp"
#include "push/packet.hpp"

namespace oxpush {
namespace {

TEST_F(ExchangeTest, CommandsListDropAndCount) {
  packet(kClient, gw::push::ClientRegister{3, 1});
  packet(kClient, gw::push::ClientRegister{4, 1});
  packet(kClient, gw::push::ClientRegister{3, 2});
  EXPECT_EQ(exchange().run_command("list 1 3"), "\n1 3 10.9.9.9:5000 3600 unsigned local\n");
  EXPECT_EQ(exchange().run_command("list 7"), "\n");
  EXPECT_NE(exchange().run_command("status").find("OXPushClients 3\n"), std::string::npos);
  EXPECT_EQ(exchange().run_command("drop 1"), "2\n");
  EXPECT_EQ(counters_.clients, 1u);
  for (const char* wrong : {"", "drop", "drop x", "list 1 2 3", "status 1", "evil"})
    EXPECT_EQ(exchange().run_command(wrong), "") << wrong;
}

}  // namespace
}  // namespace oxpush
