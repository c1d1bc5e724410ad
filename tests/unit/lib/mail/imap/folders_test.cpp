// Folders of a real server, with every extension missing once.
#include <algorithm>

#include "unit/lib/mail/imap/support/world.hpp"

namespace gw::mail::imap::test {
namespace {

std::vector<std::string> names_of(const std::vector<Folder>& folders) {
  std::vector<std::string> names;
  for (const Folder& each : folders) names.push_back(each.fullname);
  std::sort(names.begin(), names.end());
  return names;
}

const Folder* find(const std::vector<Folder>& folders, const std::string& name) {
  const auto found =
      std::find_if(folders.begin(), folders.end(), [&](const Folder& each) { return each.fullname == name; });
  return found == folders.end() ? nullptr : &*found;
}

TEST(ImapFolders, DefaultFoldersAreFoundByUseOrNameAndMadeOnce) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    FolderStorage& folders = world.folders();
    EXPECT_EQ(folders.default_folder(DefaultFolder::Drafts), "Drafts");
    EXPECT_EQ(folders.default_folder(DefaultFolder::Sent), "Sent");
    EXPECT_EQ(folders.default_folder(DefaultFolder::Trash), "Trash");
    const std::string spam = folders.default_folder(DefaultFolder::Spam);
    EXPECT_TRUE(spam == "Junk" || spam == "Spam") << spam;
    EXPECT_EQ(folders.default_folder(DefaultFolder::ConfirmedHam), "");
    EXPECT_EQ(folders.default_folder(DefaultFolder::Archive), "Archive");
    EXPECT_EQ(folders.default_kind("inbox"), DefaultFolder::Inbox);
    EXPECT_EQ(folders.default_kind("Trash"), DefaultFolder::Trash);
    EXPECT_EQ(folders.default_prefix(), "");
    EXPECT_TRUE(folders.get("Drafts", false).is_subscribed);
    EXPECT_EQ(code_of([&] { folders.subscribe("Trash", false); }), "MSG-0097");
    EXPECT_EQ(code_of([&] { folders.remove("Trash", true); }), "MSG-0099");
    EXPECT_EQ(code_of([&] { folders.move("Sent", "", "Other"); }), "MSG-0098");
  });
}

TEST(ImapFolders, ADefaultFolderIsFoundAlsoInOtherCase) {
  GW_NEEDS_DOVECOT();
  const World world("none");
  {
    ImapProvider other{ImapSettings{}};
    Account plain = world.account;
    plain.fallback_names.trash = "TRASH";
    EXPECT_EQ(other.connect(plain, "key")->folders().default_folder(DefaultFolder::Trash), "TRASH");
  }
  EXPECT_EQ(world.folders().default_folder(DefaultFolder::Trash), "TRASH");
}

TEST(ImapFolders, AFolderLivesThroughAllItsChanges) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    FolderStorage& folders = world.folders();
    EXPECT_EQ(folders.create("", "Ärger & Co", std::nullopt), "Ärger & Co");
    EXPECT_EQ(folders.create("Ärger & Co", "日本 %*", std::nullopt), "Ärger & Co/日本 %*");
    EXPECT_EQ(code_of([&] { folders.create("", "Ärger & Co", std::nullopt); }), "MSG-0063");
    EXPECT_EQ(code_of([&] { folders.create("", " ", std::nullopt); }), "MSG-0060");
    EXPECT_EQ(code_of([&] { folders.create("", "a/b", std::nullopt); }), "MSG-0061");
    EXPECT_EQ(code_of([&] { folders.create("", std::string(300, 'x'), std::nullopt); }), "MSG-0083");
    EXPECT_EQ(code_of([&] { folders.create("Nowhere", "x", std::nullopt); }), "MSG-1002");
    EXPECT_EQ(names_of(folders.children("Ärger & Co", {})), std::vector<std::string>{"Ärger & Co/日本 %*"});
    const Folder parent = folders.get("Ärger & Co", true);
    EXPECT_TRUE(parent.has_subfolders);
    EXPECT_TRUE(parent.is_subscribed);
    EXPECT_TRUE(parent.has_subscribed_subfolders);
    EXPECT_EQ(parent.name, "Ärger & Co");
    EXPECT_FALSE(folders.get("Ärger & Co/日本 %*", false).has_subfolders);
    EXPECT_EQ(code_of([&] { folders.move("Ärger & Co", "Ärger & Co/日本 %*", "x"); }), "IMAP-2032");
    EXPECT_EQ(folders.move("Ärger & Co", "", "Neu"), "Neu");
    EXPECT_FALSE(folders.exists("Ärger & Co"));
    EXPECT_TRUE(folders.get("Neu/日本 %*", false).is_subscribed);
    EXPECT_EQ(code_of([&] { folders.move("Neu", "", "Sent"); }), "MSG-0063");
    EXPECT_EQ(folders.remove("Neu", false), "Trash/Neu");
    folders.create("", "Neu", std::nullopt);
    EXPECT_EQ(folders.remove("Neu", false), "Trash/Neu2");
    EXPECT_EQ(folders.remove("Trash/Neu", false), "");
    EXPECT_FALSE(folders.exists("Trash/Neu/日本 %*"));
    EXPECT_EQ(folders.remove("Trash/Neu2", true), "");
    EXPECT_EQ(code_of([&] { folders.get("Neu", false); }), "MSG-1002");
    EXPECT_EQ(code_of([&] { folders.remove("Neu", true); }), "MSG-1002");
  });
}

TEST(ImapFolders, ListsTellSubscriptionsAndCounters) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    FolderStorage& folders = world.folders();
    folders.create("", "Quiet", std::nullopt);
    folders.subscribe("Quiet", false);
    MessageFlags seen;
    seen.flags.set(Flag::Seen);
    world.put("Quiet", message("a", "1"));
    world.put("Quiet", message("b", "2"), seen);
    ListRequest request;
    request.counters = request.own_rights = true;
    const std::vector<Folder> all = folders.list_all(request);
    const Folder* quiet = find(all, "Quiet");
    ASSERT_NE(quiet, nullptr);
    EXPECT_FALSE(quiet->is_subscribed);
    ASSERT_TRUE(quiet->counters);
    EXPECT_EQ(quiet->counters->total, 2);
    EXPECT_EQ(quiet->counters->unread, 1);
    EXPECT_NE(quiet->own_rights.find('r'), std::string::npos);
    ASSERT_NE(find(all, "INBOX"), nullptr);
    EXPECT_EQ(find(all, "INBOX")->default_kind, DefaultFolder::Inbox);
    request.subscribed_only = true;
    EXPECT_EQ(find(folders.children("", request), "Quiet"), nullptr);
    EXPECT_NE(find(folders.children("", request), "INBOX"), nullptr);
    EXPECT_EQ(folders.counters("Quiet").unread, 1);
    EXPECT_EQ(folders.validity("Quiet").uid_next, 3U);
    EXPECT_EQ(code_of([&] { folders.counters("Nowhere"); }), "MSG-1002");
    EXPECT_EQ(code_of([&] { folders.counters(""); }), "MSG-0050");
    EXPECT_TRUE(folders.get("", false).has_subfolders);
    EXPECT_TRUE(folders.exists("default"));
  });
}

TEST(ImapFolders, ClearingMovesMailsToTheTrashAndFromThereForGood) {
  GW_NEEDS_DOVECOT();
  for_each_variant([](const World& world) {
    world.folders().create("", "Full", std::nullopt);
    world.put("Full", message("a", "1"));
    world.put("Full", message("b", "2"));
    world.folders().clear("Full", false);
    EXPECT_EQ(world.folders().counters("Full").total, 0);
    EXPECT_EQ(world.folders().counters("Trash").total, 2);
    world.folders().clear("Trash", false);
    EXPECT_EQ(world.folders().counters("Trash").total, 0);
  });
}

TEST(ImapFolders, QuotaIsToldInBytesOrUnlimited) {
  GW_NEEDS_DOVECOT();
  const World world("all");
  world.put("INBOX", message("a", "1") + std::string(10'000, 'x'));
  const Quota quota = world.folders().quota("INBOX");
  EXPECT_EQ(quota.storage_limit, 2 * 1'048'576);
  EXPECT_GE(quota.storage_use, 9'216);
  EXPECT_EQ(quota.message_limit, -1);
  EXPECT_EQ(World("no-QUOTA").folders().quota("").storage_limit, -1);
}

TEST(ImapFolders, AFullMailboxHasItsOwnCode) {
  GW_NEEDS_DOVECOT();
  const World world("all");
  EXPECT_EQ(code_of([&] { world.put("INBOX", message("a", "1") + std::string(3'000'000, 'x')); }),
            "MSG-1024");
  EXPECT_EQ(world.folders().counters("INBOX").total, 0);
}

TEST(ImapFolders, SharedFoldersShowTheirOwnerAndTheirRights) {
  GW_NEEDS_DOVECOT();
  const World anna("all"), bert("all");
  anna.folders().create("", "Shared", std::nullopt);
  const Uid uid = anna.put("Shared", message("a", "1"));
  FolderPermission owner{anna.account.store.login, 8, 4, 4, 4, true},
      reader{bert.account.store.login, 2, 4, 0, 0, false};
  anna.folders().set_permissions("Shared", {owner, reader});
  const Folder shared = anna.folders().get("Shared", false);
  ASSERT_TRUE(shared.permissions);
  EXPECT_EQ(shared.permissions->size(), 2U);
  // Logins have no case: an entry in another spelling is the same one, and stays.
  FolderPermission loud = reader;
  std::transform(loud.identifier.begin(), loud.identifier.end(), loud.identifier.begin(), ::toupper);
  anna.folders().set_permissions("Shared", {owner, loud});
  ListRequest request;
  request.own_rights = request.permissions = true;
  const std::vector<Folder> own = anna.folders().list_all(request);
  const Folder* listed = find(own, "Shared");
  ASSERT_TRUE(listed != nullptr && listed->permissions);
  EXPECT_EQ(listed->permissions->size(), 2U);
  FolderPermission heir = owner;
  heir.identifier = bert.account.store.login;
  EXPECT_EQ(code_of([&] { anna.folders().set_permissions("INBOX", {heir}); }), "MSG-0097");

  const std::string name = "shared/" + anna.account.store.login + "/Shared";
  const std::vector<Folder> all = bert.folders().list_all({});
  const Folder* seen = find(all, name);
  ASSERT_NE(seen, nullptr);
  EXPECT_TRUE(seen->is_shared);
  EXPECT_EQ(seen->owner, anna.account.store.login);
  const Folder own_view = bert.folders().get(name, false);
  EXPECT_FALSE(own_view.permissions);
  EXPECT_EQ(own_view.own_rights.find('w'), std::string::npos);
  EXPECT_EQ(bert.messages().search(name, {}, {}).total, 1U);

  const Uid uids[] = {uid};
  FlagSet flagged;
  flagged.set(Flag::Flagged);
  EXPECT_NE(code_of([&] { bert.messages().change_flags(name, uids, flagged, {}, true); }), "");
  EXPECT_EQ(code_of([&] { bert.put(name, message("b", "2")); }), "IMAP-2007");
  EXPECT_EQ(code_of([&] { bert.folders().set_permissions(name, {owner}); }), "IMAP-2009");
  EXPECT_EQ(code_of([&] { bert.folders().remove(name, true); }), "MSG-0070");
  EXPECT_EQ(code_of([&] { anna.folders().set_permissions("Shared", {reader}); }), "IMAP-2017");
  anna.folders().set_permissions("Shared", {owner});
  // A mailbox that is open stays open; the next connection cannot open it any more.
  const World again("all", bert.account.store.login);
  EXPECT_EQ(code_of([&] { again.messages().search(name, {}, {}); }), "MSG-1002");
}

}  // namespace
}  // namespace gw::mail::imap::test
