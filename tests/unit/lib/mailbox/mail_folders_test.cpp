#include "mailbox/mail_folders.hpp"

#include <gtest/gtest.h>

#include "mailbox/spool.hpp"

namespace gw::mailbox {
namespace {

TEST(MailFolders, LettersBecomeTheRightsOfTheApi) {
  EXPECT_EQ(to_rights("lrswipkxtea"), (model::Rights{4, 2, 2, 2, true}));
  EXPECT_EQ(to_rights("lrswipcda"), (model::Rights{4, 2, 2, 2, true}));
  EXPECT_EQ(to_rights("lr"), (model::Rights{1, 2, 0, 0, false}));
  EXPECT_EQ(to_rights("lrsi"), (model::Rights{2, 2, 0, 0, false}));
  // Marking as deleted without expunging, or without seeing the folder, is no right of ours.
  EXPECT_EQ(to_rights("lrt"), (model::Rights{1, 2, 0, 0, false}));
  EXPECT_EQ(to_rights("ia"), (model::Rights{0, 0, 0, 0, false}));
  EXPECT_EQ(to_rights(""), model::Rights());
}

TEST(MailFolders, DefaultFoldersHaveTheirNumbers) {
  EXPECT_EQ(standard_type(mail::DefaultFolder::Inbox), 7);
  EXPECT_EQ(standard_type(mail::DefaultFolder::Trash), 12);
  EXPECT_EQ(standard_type(mail::DefaultFolder::Archive), 0);
  EXPECT_EQ(standard_type(mail::DefaultFolder::None), 0);
}

TEST(Spool, GivesItsBytesAsOftenAsWanted) {
  Spool spool;
  spool.append("hello ");
  spool.append("world");
  EXPECT_EQ(spool.size(), 11);
  for (int i = 0; i < 2; ++i) {
    const mail::ByteSource source = spool.open();
    EXPECT_EQ(source(6), "hello ");
    EXPECT_EQ(source(100), "world");
    EXPECT_EQ(source(100), "");
  }
  // A source keeps the file.
  const mail::ByteSource kept = Spool(spool).open();
  EXPECT_EQ(kept(5), "hello");
}

}  // namespace
}  // namespace gw::mailbox
