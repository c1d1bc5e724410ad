#include "mailbox/folder_path.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace gw::mailbox {
namespace {

std::string path_code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

TEST(FolderPath, TheAccountStandsBeforeTheFirstSlash) {
  EXPECT_EQ(parse_folder_path("default0/INBOX/a"), (FolderPath{0, "INBOX/a"}));
  EXPECT_EQ(parse_folder_path("default12/INBOX.a"), (FolderPath{12, "INBOX.a"}));
  EXPECT_EQ(parse_folder_path("default0"), (FolderPath{0, ""}));
  EXPECT_EQ(parse_folder_path("default0/"), (FolderPath{0, ""}));
}

TEST(FolderPath, WithoutPrefixItIsAFolderOfTheFirstAccount) {
  EXPECT_EQ(parse_folder_path("INBOX"), (FolderPath{0, "INBOX"}));
  EXPECT_EQ(parse_folder_path("defaults"), (FolderPath{0, "defaults"}));
  EXPECT_EQ(parse_folder_path("default0x/y"), (FolderPath{0, "default0x/y"}));
  EXPECT_EQ(parse_folder_path("default9999999999/x").account, 0);
  EXPECT_EQ(path_code_of([] { parse_folder_path(" "); }), "MSG-1002");
}

TEST(FolderPath, WritingAndReadingAreInverse) {
  for (const char* id : {"default0", "default0/INBOX", "default3/Ärger & Co/x ", "default0/default1/x"})
    EXPECT_EQ(format_folder_path(parse_folder_path(id)), id);
  EXPECT_TRUE(is_mail_folder("default0"));
  EXPECT_TRUE(is_mail_folder("default0/x"));
  for (const char* id : {"1", "default", "default/x", "defaultx", "INBOX", ""})
    EXPECT_FALSE(is_mail_folder(id)) << id;
}

TEST(FolderPath, AMailIsBehindTheLastSlash) {
  const MailPath path = parse_mail_path("default0/INBOX/a/17");
  EXPECT_EQ(path.folder, (FolderPath{0, "INBOX/a"}));
  EXPECT_EQ(path.uid, 17U);
  EXPECT_EQ(format_mail_path(path.folder, path.uid), "default0/INBOX/a/17");
  for (const char* broken : {"", "17", "/17", "default0/INBOX/", "default0/INBOX/x", "default0/INBOX/0",
                             "default0/INBOX/-1", "default0/INBOX/4294967296"})
    EXPECT_EQ(path_code_of([&] { parse_mail_path(broken); }), "MSG-0009") << broken;
}

TEST(FolderPath, WhatCanBeNoMailIdIsAMailThatIsNotThere) {
  EXPECT_EQ(parse_mail_id(" 4294967295 ", "f"), 4'294'967'295U);
  EXPECT_EQ(path_code_of([] { parse_mail_id("undefined", "f"); }), "MSG-0086");
  for (const char* broken : {"", "x", "1.2", "0", "99999999999", "\xff"})
    EXPECT_EQ(path_code_of([&] { parse_mail_id(broken, "f"); }), "MSG-0032") << broken;
}

}  // namespace
}  // namespace gw::mailbox
