// Guests and links from the invitation to their end.
#include "model/groups/membership.hpp"
#include "model/shares/guests.hpp"
#include "model/shares/invitation.hpp"
#include "model/shares/links.hpp"
#include "model/shares/share_access.hpp"
#include "model/users/guest_accounts.hpp"
#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

namespace shares = model::shares;
using model::ObjectModule;

constexpr Millis kAny{INT64_MAX};
const model::Rights kView{1, 2, 0, 0, false};

class Shares : public FileCabinet {
 protected:
  shares::Target target(FolderId folder) { return {ObjectModule::Infostore, folder, {}}; }
  shares::Target target(const infostore::Saved& saved) {
    return {ObjectModule::Infostore, saved.ref.folder, saved.ref.id};
  }
  std::vector<model::PermissionEntry> entries_of(FolderId folder) {
    std::vector<model::PermissionEntry> entries;
    const sql::Lease lease = database.pool->acquire();
    sql::Query row = lease->query(
        "SELECT entity,is_group,bits FROM folder_permissions WHERE cid=? AND folder=? ORDER BY entity",
        kContext, folder);
    while (row.next())
      entries.push_back({row.integer(0), row.integer(1) != 0, *model::rights_from_bits(row.integer(2))});
    return entries;
  }
  model::folders::SavedFolder set_permissions(UserId user, FolderId folder,
                                              std::vector<model::PermissionEntry> entries,
                                              std::vector<model::folders::FolderInvitation> guests = {}) {
    model::folders::FolderChange change;
    entries.push_back({user.value, false, {64, 64, 64, 64, true}});
    change.permissions = std::move(entries);
    change.invitations = std::move(guests);
    return model::folders::change_folder(as(user), std::to_string(folder.value), change);
  }
  static model::folders::FolderInvitation person(const std::string& mail, const model::Rights& rights) {
    shares::Invitation guest;
    guest.mail = mail;
    guest.display_name = "Somebody";
    return {guest, rights};
  }
  UserId invite(UserId user, FolderId folder, const std::string& mail, const model::Rights& rights = kView) {
    std::vector<model::PermissionEntry> entries = entries_of(folder);
    std::erase_if(entries, [&](const auto& entry) { return entry.entity == user.value; });
    return UserId(set_permissions(user, folder, entries, {person(mail, rights)}).added.back().entity);
  }
  bool exists(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::find_user(*lease, kContext, user).has_value();
  }
  std::optional<shares::OpenShare> find(const std::string& token) {
    const sql::Lease lease = database.pool->acquire();
    return shares::find_share(*lease, database.clock.now(), token);
  }
  std::int64_t rows() {
    const sql::Lease lease = database.pool->acquire();
    sql::Query row = lease->query("SELECT COUNT(*) FROM shares WHERE cid=?", kContext);
    return row.next() ? row.integer(0) : -1;
  }
};

TEST_F(Shares, ALinkIsAnAccountThatReadsItsTargetAlone) {
  const FolderId folder = subfolder(kAnna, home(kAnna), "open");
  const auto file = store(kAnna, folder, "a.txt", "bytes");
  const auto beside = store(kAnna, home(kAnna), "b.txt", "bytes");
  const shares::Link link = shares::get_link(as(kAnna), target(folder));
  EXPECT_TRUE(link.is_new);
  const auto share = find(link.token);
  ASSERT_TRUE(share);
  EXPECT_TRUE(share->is_link);
  EXPECT_EQ(share->guest, link.guest);
  EXPECT_EQ(share->target, target(folder));
  EXPECT_EQ(content(link.guest, file.ref), "bytes");
  EXPECT_EQ(refusal([&] { get(link.guest, beside.ref); }), "IFO-0300");
  EXPECT_TRUE(model::users::is_link_account(as(link.guest).caller()));
  EXPECT_EQ(as(link.guest).caller().groups, std::vector<GroupId>{kAllGuestsGroup});
}

TEST_F(Shares, TheDatabaseHoldsNoTokens) {
  const shares::Link link = shares::get_link(as(kAnna), target(home(kAnna)));
  const sql::Lease lease = database.pool->acquire();
  sql::Query row = lease->query("SELECT token_hash,sealed_token FROM shares WHERE cid=?", kContext);
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.string(0).find(link.token), std::string::npos);
  EXPECT_EQ(row.string(1).find(link.token), std::string::npos);
}

TEST_F(Shares, AChangedSaltGivesANewAddressAndEndsTheOld) {
  const shares::Link link = shares::get_link(as(kAnna), target(home(kAnna)));
  database.settings.session.cookie_salt = "another";
  EXPECT_TRUE(find(link.token));
  const shares::Link shown = shares::get_link(as(kAnna), target(home(kAnna)));
  EXPECT_NE(shown.token, link.token);
  EXPECT_EQ(shown.guest, link.guest);
  EXPECT_FALSE(find(link.token));
  EXPECT_TRUE(find(shown.token));
}

TEST_F(Shares, OnlyWhoMayShareMakesChangesAndEndsLinks) {
  const FolderId folder = subfolder(kAnna, home(kAnna), "open");
  share(folder, kBerta, kAuthor);
  const auto attempt = [&](UserId user, const shares::Target& what) {
    return refusal([&] { shares::get_link(as(user), what); });
  };
  EXPECT_EQ(attempt(kBerta, target(folder)), "FLD-0010");
  EXPECT_EQ(attempt(kCarl, target(folder)), "FLD-0003");
  EXPECT_EQ(attempt(kAnna, target(FolderId(9'999))), "FLD-0008");
  EXPECT_EQ(attempt(kAnna, target(kShared)), "SHR-0002");
  EXPECT_EQ(attempt(kAnna, target(trash(kAnna))), "SHR-0002");
  EXPECT_EQ(attempt(kAnna, {ObjectModule::Contact, folder, {}}), "SHR-0002");
  EXPECT_EQ(attempt(kAnna, {ObjectModule::Contact, folder, ObjectId(1)}), "SHR-0002");
  shares::get_link(as(kAnna), target(folder));
  EXPECT_EQ(refusal([&] { shares::change_link(as(kBerta), target(folder), {}, kAny); }), "FLD-0010");
  EXPECT_EQ(refusal([&] { shares::remove_link(as(kBerta), target(folder), kAny); }), "FLD-0010");
  const auto file = store(kAnna, folder, "a.txt", "bytes");
  EXPECT_EQ(attempt(kCarl, target(file)), "IFO-0300");
  EXPECT_EQ(attempt(kBerta, target(file)), "");
}

TEST_F(Shares, TimeEndsALinkAndTheNextOneIsNew) {
  const shares::Link link = shares::get_link(as(kAnna), target(home(kAnna)));
  const Millis ends{database.clock.now().value + 1'000};
  shares::change_link(as(kAnna), target(home(kAnna)), {.expires = ends}, kAny);
  EXPECT_TRUE(find(link.token));
  EXPECT_EQ(shares::end_expired(*database.environment), 0);
  database.clock.advance(1'000);
  EXPECT_FALSE(find(link.token));
  EXPECT_TRUE(exists(link.guest));
  EXPECT_EQ(shares::end_expired(*database.environment), 1);
  EXPECT_FALSE(exists(link.guest));
  EXPECT_EQ(rows(), 0);
  EXPECT_TRUE(shares::get_link(as(kAnna), target(home(kAnna))).is_new);
  EXPECT_EQ(refusal([&] { shares::change_link(as(kAnna), target(home(kAnna)), {.expires = ends}, kAny); }),
            "SHR-0004");
}

TEST_F(Shares, EveryWayOfLosingTheTargetEndsTheLink) {
  const auto folder_with_link = [&](const std::string& title) {
    const FolderId folder = subfolder(kAnna, home(kAnna), title);
    return std::pair(folder, shares::get_link(as(kAnna), target(folder)).guest);
  };
  const auto [cut, first] = folder_with_link("cut");
  set_permissions(kAnna, cut, {});
  EXPECT_FALSE(exists(first));
  const auto [trashed, second] = folder_with_link("trashed");
  model::folders::delete_folder(as(kAnna), std::to_string(trashed.value));
  EXPECT_FALSE(exists(second));
  const auto [erased, third] = folder_with_link("erased");
  const auto inside = store(kAnna, erased, "inside.txt", "bytes");
  const UserId fourth = shares::get_link(as(kAnna), target(inside)).guest;
  model::folders::delete_folder(as(kAnna), std::to_string(erased.value), {}, true);
  EXPECT_FALSE(exists(third));
  EXPECT_FALSE(exists(fourth));
  for (const bool for_good : {false, true}) {
    const auto file = store(kAnna, home(kAnna), "x.txt", "bytes");
    const UserId guest = shares::get_link(as(kAnna), target(file)).guest;
    EXPECT_EQ(remove(kAnna, file.ref, for_good), "");
    EXPECT_FALSE(exists(guest)) << for_good;
  }
  EXPECT_EQ(rows(), 0);
}

TEST_F(Shares, AGuestStaysWhileAnythingIsSharedWithHim) {
  const FolderId one = subfolder(kAnna, home(kAnna), "one");
  const FolderId two = subfolder(kBerta, home(kBerta), "two");
  const UserId guest = invite(kAnna, one, "Guest@Else.test");
  EXPECT_EQ(invite(kBerta, two, "guest@else.test"), guest);
  const auto file = store(kAnna, home(kAnna), "x.txt", "bytes");
  update(kAnna, file.ref,
         "{'object_permissions':[{'type':'guest','email_address':'guest@else.test','bits':2}]}");
  EXPECT_EQ(content(guest, {kShared, file.ref.id}), "bytes");
  set_permissions(kAnna, one, {});
  set_permissions(kBerta, two, {});
  EXPECT_TRUE(exists(guest));
  update(kAnna, file.ref, "{'object_permissions':[]}");
  EXPECT_FALSE(exists(guest));
  EXPECT_EQ(rows(), 0);
}

TEST_F(Shares, WhatAGuestMadeGoesToWhoInvitedHim) {
  const FolderId folder = subfolder(kAnna, home(kAnna), "open");
  const UserId guest = invite(kAnna, folder, "guest@else.test", kAuthor);
  const auto file = store(guest, folder, "made.txt", "by the guest");
  set_permissions(kAnna, folder, {});
  EXPECT_EQ(get(kAnna, file.ref).created_by, kAnna.value);
  EXPECT_EQ(content(kAnna, file.ref), "by the guest");
}

TEST_F(Shares, SubfoldersInheritGuestsAndOnlyThoseLinksThatSaySo) {
  const FolderId folder = subfolder(kAnna, home(kAnna), "open");
  const UserId guest = invite(kAnna, folder, "guest@else.test");
  const UserId link = shares::get_link(as(kAnna), target(folder)).guest;
  const auto holds = [&](FolderId id, UserId user) {
    const auto entries = entries_of(id);
    return std::any_of(entries.begin(), entries.end(),
                       [&](const auto& entry) { return entry.entity == user.value; });
  };
  const FolderId first = subfolder(kAnna, folder, "first");
  EXPECT_TRUE(holds(first, guest));
  EXPECT_FALSE(holds(first, link));
  shares::change_link(as(kAnna), target(folder), {.with_subfolders = true}, kAny);
  EXPECT_TRUE(holds(first, link));
  const FolderId second = subfolder(kAnna, first, "second");
  EXPECT_TRUE(holds(second, link));
  shares::change_link(as(kAnna), target(folder), {.with_subfolders = false}, kAny);
  EXPECT_FALSE(holds(first, link));
  EXPECT_FALSE(holds(second, link));
  EXPECT_TRUE(holds(folder, link));
}

TEST_F(Shares, LinksOnlyReadAndStayWhereTheyBelong) {
  const FolderId folder = subfolder(kAnna, home(kAnna), "open");
  const FolderId other = subfolder(kAnna, home(kAnna), "other");
  const UserId link = shares::get_link(as(kAnna), target(folder)).guest;
  const auto give = [&](FolderId where, const model::Rights& rights) {
    return refusal([&] { set_permissions(kAnna, where, {{link.value, false, rights}}); });
  };
  EXPECT_EQ(give(folder, {2, 2, 0, 0, false}), "FLD-0073");
  EXPECT_EQ(give(folder, {1, 2, 1, 0, false}), "FLD-0073");
  EXPECT_EQ(give(folder, {1, 2, 0, 1, false}), "FLD-0073");
  EXPECT_EQ(give(other, kView), "FLD-0044");
  EXPECT_EQ(give(folder, kView), "");
  const auto file = store(kAnna, other, "x.txt", "bytes");
  EXPECT_EQ(refusal([&] {
              update(kAnna, file.ref,
                     "{'object_permissions':[{'entity':" + std::to_string(link.value) + ",'bits':1}]}");
            }),
            "IFO-2100");
}

TEST_F(Shares, GuestsAdministerNothing) {
  const FolderId folder = subfolder(kAnna, home(kAnna), "open");
  EXPECT_EQ(refusal([&] { invite(kAnna, folder, "guest@else.test", {4, 2, 2, 2, true}); }), "FLD-0073");
  EXPECT_EQ(rows(), 0);
  const UserId guest = invite(kAnna, folder, "guest@else.test", kAuthor);
  EXPECT_EQ(refusal([&] { subfolder(guest, folder, "mine"); }), "FLD-0006");
  EXPECT_EQ(refusal([&] { shares::get_link(as(guest), target(folder)); }), "FLD-0010");
  const auto file = store(guest, folder, "made.txt", "bytes");
  EXPECT_EQ(refusal([&] { shares::get_link(as(guest), target(file)); }), "IFO-0403");
}

TEST_F(Shares, EveryUserHasSoManyLinksAndNoMore) {
  for (std::int64_t i = 0; i < shares::kMaxLinks; ++i) {
    const auto file = create(kAnna, home(kAnna), "{'title':'x'}");
    shares::get_link(as(kAnna), target(file));
  }
  EXPECT_EQ(shares::count_shares(as(kAnna)).links, shares::kMaxLinks);
  const auto file = create(kAnna, home(kAnna), "{'title':'x'}");
  EXPECT_EQ(refusal([&] { shares::get_link(as(kAnna), target(file)); }), "QUOTA-0003");
  const auto other = create(kBerta, home(kBerta), "{'title':'x'}");
  EXPECT_EQ(refusal([&] { shares::get_link(as(kBerta), target(other)); }), "");
}

TEST_F(Shares, AGuestIsNoMemberOfAnything) {
  const FolderId folder = subfolder(kAnna, home(kAnna), "open");
  const UserId guest = invite(kAnna, folder, "guest@else.test");
  const sql::Lease lease = database.pool->acquire();
  const auto users = model::users::list_internal_ids(*lease, kContext);
  EXPECT_EQ(std::count(users.begin(), users.end(), guest), 0);
  EXPECT_TRUE(model::groups::list_groups_of(*lease, kContext, guest).empty());
  sql::Query row = lease->query("SELECT COUNT(*) FROM folders WHERE cid=? AND owner=?", kContext, guest);
  ASSERT_TRUE(row.next());
  EXPECT_EQ(row.integer(0), 0);
}

TEST(Invitation, IsReadFromTheEntriesThatNameNobody) {
  const auto guest = shares::parse_invitation(
      json("{'type':'guest','email_address':'a@b.test','display_name':'A','bits':1,'password':'ignored'}"));
  ASSERT_TRUE(guest);
  EXPECT_FALSE(guest->is_link);
  EXPECT_EQ(guest->mail, "a@b.test");
  EXPECT_FALSE(guest->password);
  const auto link = shares::parse_invitation(json("{'type':'anonymous','password':'pin','expiry_date':17}"));
  ASSERT_TRUE(link);
  EXPECT_TRUE(link->is_link);
  EXPECT_EQ(link->password, "pin");
  EXPECT_EQ(link->expires.value, 17);
  EXPECT_FALSE(shares::parse_invitation(json("{'type':'anonymous','password':'********'}"))->password);
  EXPECT_FALSE(shares::parse_invitation(json("{'type':'anonymous','entity':9,'bits':1}")));
  EXPECT_FALSE(shares::parse_invitation(json("{'entity':9,'bits':1}")));
  for (const char* wrong :
       {"{'type':'anonymous','expiry_date':'soon'}", "{'type':'anonymous','expiry_date':-1}",
        "{'type':'anonymous','password':7}", "{'type':'guest','email_address':[]}"})
    EXPECT_EQ(refusal([&] { shares::parse_invitation(json(wrong)); }), "SVL-0010") << wrong;
}

}  // namespace
}  // namespace gw::test
