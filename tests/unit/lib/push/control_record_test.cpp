#include "push/control_record.hpp"

#include <gtest/gtest.h>

#include "push/client_key.hpp"
#include "push/event_record.hpp"

namespace gw::push {
namespace {

const Control kControls[] = {UserQuestion{1, 3},
                             UserAnswer{1, 3, true},
                             UserAnswer{2147483647, 0, false},
                             SessionEnd{1, 3, session_handle("x"), true},
                             MailWatch{.context = 1,
                                       .user = 3,
                                       .listener = "00ff",
                                       .life = 1'100,
                                       .host = "mail.example.org",
                                       .addresses = "192.0.2.1,2001:db8::1",
                                       .port = 143,
                                       .encryption = "starttls",
                                       .verifies_certificate = false,
                                       .ca_file = "/etc/ca.pem",
                                       .mechanism = "PLAIN",
                                       .login = "jo@example.org",
                                       .authorize_as = "",
                                       .secret = "with blanks\nand lines"},
                             MailWatch{.context = 1, .user = 3, .host = "h", .secret = ""},
                             MailRelease{1, 3, "00ff"},
                             Command{"list 1 3"},
                             CommandAnswer{"line\nline\n", false},
                             CommandAnswer{"", true}};

TEST(ControlRecord, EachKindComesBackAndIsNoEvent) {
  for (const Control& control : kControls) {
    const std::string bytes = encode_control(control);
    const auto decoded = decode_control(bytes);
    ASSERT_TRUE(decoded) << bytes;
    EXPECT_EQ(*decoded, control);
    EXPECT_FALSE(decode_event(bytes));
    EXPECT_FALSE(is_gap(bytes));
  }
  EXPECT_FALSE(decode_control(encode_gap()));
  EXPECT_FALSE(decode_control(encode_event(EventRecord{}).front()));
}

TEST(ControlRecord, ASecretWithANulIsNoRecord) {
  using namespace std::string_literals;
  EXPECT_FALSE(decode_control(encode_control(MailWatch{.context = 1, .user = 3, .secret = "a\0b"s})));
  EXPECT_FALSE(decode_control(encode_control(MailWatch{.context = 1, .user = 3, .listener = "Z"})));
}

TEST(ControlRecord, WhatNobodyWritesIsRefused) {
  const std::string magic(kRecordMagic);
  for (const std::string& bytes :
       {std::string(), magic, magic + "Q", magic + "Q1", magic + "Q1 3 4", magic + "Q-1 3", magic + "A1 3 2",
        magic + "A1 3", magic + "X1 3 short 1", magic + "X1 3 " + session_handle("x") + " 9", magic + "Z1 3",
        magic + "M", magic + "M1 3", magic + "R1 3", magic + "R1 3 ", magic + "R1 3 xyz",
        std::string("GWE\x02Q1 3"), magic + "C" + std::string(kLongestControlText + 1, 'x')})
    EXPECT_FALSE(decode_control(bytes)) << bytes.substr(0, 40);
}

}  // namespace
}  // namespace gw::push
