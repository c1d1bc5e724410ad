#include "mailbox/unified/unified_folders.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/error.hpp"

namespace gw::mailbox::unified {
namespace {

template <class Act>
std::string unified_code_of(const Act& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return {};
}

TEST(UnifiedFolders, AreTheDefaultFoldersAndTheirAccounts) {
  EXPECT_EQ(places().size(), 5U);
  for (const Place& each : places()) EXPECT_EQ(parse_place(each.name).kind, each.kind) << each.name;
  const Place one = parse_place("Trash/default3");
  EXPECT_EQ(one.kind, mail::DefaultFolder::Trash);
  EXPECT_EQ(one.account, 3);
  EXPECT_EQ(format_place(one.name, 3), "Trash/default3");
  for (const std::string& wrong :
       {std::string("inbox"), std::string("INBOX/a"), std::string("INBOX/default3/x"), std::string("INBOX/"),
        "INBOX/" + format_folder_path(kAccount, "")})
    EXPECT_EQ(unified_code_of([&] { parse_place(wrong); }), "MSG-1002") << wrong;
  EXPECT_EQ(unified_code_of([] { parse_place(""); }), "MSG-0052");
}

TEST(UnifiedFolders, TheIdOfAMailTellsWhereItIs) {
  const FolderPath folder{3, "INBOX/a 1"};
  const std::string id = format_mail_id(folder, 17);
  EXPECT_EQ(id, "default3/INBOX/a 1/17");
  const MailPath path = parse_unified_id(id, "f");
  EXPECT_EQ(path.folder, folder);
  EXPECT_EQ(path.uid, 17U);
  EXPECT_EQ(unified_code_of([] { parse_unified_id("undefined", "f"); }), "MSG-0086");
  for (const std::string& wrong : {std::string(), std::string("17"), std::string("INBOX/17"),
                                   std::string("default3/17"), std::string("default3/INBOX/x"),
                                   std::string("default3/INBOX/0"), format_folder_path(kAccount, "INBOX/17")})
    EXPECT_EQ(unified_code_of([&] { parse_unified_id(wrong, "f"); }), "MSG-0032") << wrong;
  EXPECT_TRUE(is_unified(parse_folder_path(format_folder_path(kAccount, "INBOX"))));
}

}  // namespace
}  // namespace gw::mailbox::unified
