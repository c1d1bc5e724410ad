#include "mail/imap/measured.hpp"

#include <gtest/gtest.h>

#include "core/errors/mail.hpp"
#include "mail/net/socket.hpp"

namespace gw::mail::imap {
namespace {

TEST(MeasuredTest, CommandsAreNamedByTheirVerb) {
  EXPECT_EQ(metric_command(Command("UID FETCH 1:* (FLAGS)")), "FETCH");
  EXPECT_EQ(metric_command(Command("NOOP")), "NOOP");
  EXPECT_EQ(metric_command(Command("XSECRET user")), "other");
}

TEST(MeasuredTest, ServersThatUsersNamedShareOneWord) {
  Server server;
  server.host = "imap.example.test";
  EXPECT_EQ(metric_server(server), "imap.example.test");
  server.is_named_by_user = true;
  EXPECT_EQ(metric_server(server), "other");
}

TEST(MeasuredTest, ErrorsAreSorted) {
  EXPECT_EQ(metric_error(ApiError(errors::msg::kLoginFailed)), "login");
  EXPECT_EQ(metric_error(ApiError(errors::msg::kConnectFailed)), "connect");
  EXPECT_EQ(metric_error(net::ConnectionClosed(errors::msg::kConnectionLost)), "lost");
  EXPECT_EQ(metric_error(ApiError(errors::msg::kProtocol)), "other");
}

}  // namespace
}  // namespace gw::mail::imap
