#include <thread>

#include "address_book.hpp"
#include "core/errors/servlet.hpp"

namespace gw::test {
namespace {

TEST_F(AddressBook, OnlySentMembersChangeAndNullOrEmptyClears) {
  const FolderId home = this->home(kAnna);
  const ObjectId id =
      create(kAnna, home, "{'first_name':'Tom','last_name':'Kraus','email1':'t@k.test','note':'n'}");
  update(kAnna, {home, id}, "{'first_name':'Tim','email1':'','note':null}");
  const Contact contact = get(kAnna, {home, id});
  EXPECT_EQ(contact.first_name, "Tim");
  EXPECT_EQ(contact.last_name, "Kraus");
  EXPECT_EQ(contact.display_name, "Kraus, Tom");
  EXPECT_EQ(contact.email1, std::nullopt);
  EXPECT_EQ(contact.note, std::nullopt);
}

TEST_F(AddressBook, ConflictsAreJudgedAgainstTheStoredStamp) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'last_name':'Kraus'}");
  const Millis read = get(kAnna, {home, id}).last_modified;
  const Millis first = update(kAnna, {home, id}, "{'note':'1'}", read);
  EXPECT_GT(first, read);
  EXPECT_EQ(refusal([&] { update(kAnna, {home, id}, "{'note':'2'}", read); }), "CON-0119");
  EXPECT_EQ(get(kAnna, {home, id}).note, "1");
  EXPECT_EQ(refusal([&] { update(kAnna, {home, id}, "{'note':'3'}", first); }), "");
  EXPECT_EQ(refusal([&] { update(kAnna, {home, id}, "{'note':'4'}", contacts::kAnyVersion); }), "");
}

TEST_F(AddressBook, AnEmptyChangeSucceedsAndChangesNothing) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'last_name':'Kraus'}");
  const Millis read = get(kAnna, {home, id}).last_modified;
  database.events.events.clear();
  EXPECT_EQ(update(kAnna, {home, id}, "{'unknown':'x','id':'5','last_modified':1}"), read);
  EXPECT_TRUE(database.events.events.empty());
}

TEST_F(AddressBook, OfTwoWritersWithTheSameStampExactlyOneWins) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kAuthor);
  const ObjectId id = create(kAnna, home, "{'last_name':'Kraus'}");
  for (int round = 0; round < 5; ++round) {
    const Millis read = get(kAnna, {home, id}).last_modified;
    as(kAnna).release();
    as(kBerta).release();
    std::array<std::string, 2> codes;
    const auto write = [&](std::size_t index, UserId user) {
      codes.at(index) = refusal([&] { update(user, {home, id}, "{'note':'x'}", read); });
    };
    std::thread other(write, 1, kBerta);
    write(0, kAnna);
    other.join();
    std::sort(codes.begin(), codes.end());
    EXPECT_EQ(codes, (std::array<std::string, 2>{"", "CON-0119"}));
  }
}

TEST_F(AddressBook, MovingNeedsDeleteHereAndCreateThereAndKeepsTheRest) {
  const FolderId home = this->home(kAnna);
  const FolderId open = public_folder(kAuthor);
  const FolderId closed = public_folder(kReadAll);
  const FolderId no_delete = public_folder({2, 2, 2, 0, false});
  const auto move = [&](UserId user, ContactRef ref, FolderId target) {
    return refusal([&] { update(user, ref, "{'folder_id':'" + std::to_string(target.value) + "'}"); });
  };
  const ObjectId id = create(kAnna, home, "{'last_name':'Kraus'}");
  const auto uid = get(kAnna, {home, id}).uid;
  EXPECT_EQ(move(kAnna, {home, id}, closed), "CON-0112");
  EXPECT_EQ(move(kAnna, {home, id}, FolderId(6)), "CON-0112");
  database.events.events.clear();
  EXPECT_EQ(move(kAnna, {home, id}, open), "");
  EXPECT_EQ(get(kBerta, {open, id}).uid, uid);
  EXPECT_EQ(refusal([&] { get(kAnna, {home, id}); }), "CON-0125");
  EXPECT_EQ(move(kAnna, {home, id}, open), "CON-0174");
  ASSERT_EQ(database.events.events.size(), 1U);
  EXPECT_EQ(database.events.events[0].kind, model::ChangeKind::Moved);
  EXPECT_EQ(database.events.events[0].source_folder, home);
  EXPECT_EQ(told(database.events.events[0], home), std::vector<UserId>{kAnna});
  EXPECT_EQ(told(database.events.events[0], open), std::vector{model::kEverybody});
  const ObjectId stuck = create(kAnna, no_delete, "{'last_name':'Stuck'}");
  EXPECT_EQ(move(kAnna, {no_delete, stuck}, home), "CON-0169");
}

TEST_F(AddressBook, WriteOwnAndWriteAllDiffer) {
  const FolderId folder = public_folder({2, 2, 1, 1, false});
  const ObjectId own = create(kAnna, folder, "{'last_name':'own'}");
  const ObjectId other = create(kBerta, folder, "{'last_name':'other'}");
  EXPECT_EQ(refusal([&] { update(kAnna, {folder, own}, "{'note':'x'}"); }), "");
  EXPECT_EQ(refusal([&] { update(kAnna, {folder, other}, "{'note':'x'}"); }), "CON-0176");
  EXPECT_EQ(remove(kAnna, {folder, other}), "CON-0169");
  EXPECT_EQ(remove(kAnna, {folder, own}), "");
}

TEST_F(AddressBook, APrivateContactStaysWithItsOwner) {
  const FolderId home = this->home(kAnna);
  const FolderId other = this->home(kBerta);
  const FolderId open = public_folder(kAuthor);
  share(home, kBerta, kAuthor);
  share(other, kAnna, kAuthor);
  const auto move = [&](UserId user, ContactRef ref, FolderId target, const std::string& more = "") {
    return refusal(
        [&] { update(user, ref, "{'folder_id':'" + std::to_string(target.value) + "'" + more + "}"); });
  };
  const ObjectId id = create(kAnna, home, "{'last_name':'secret','private_flag':true}");
  EXPECT_EQ(move(kAnna, {home, id}, open), "CON-0165");
  EXPECT_EQ(move(kAnna, {home, id}, other), "CON-0165");
  EXPECT_EQ(move(kBerta, {home, id}, other), "CON-0125");
  EXPECT_EQ(refusal([&] { update(kBerta, {home, id}, "{'note':'x'}"); }), "CON-0125");
  EXPECT_EQ(remove(kBerta, {home, id}), "CON-0125");
  const ObjectId shown = create(kAnna, home, "{'last_name':'shown'}");
  EXPECT_EQ(refusal([&] { update(kBerta, {home, shown}, "{'private_flag':true}"); }), "CON-0118");
  EXPECT_EQ(refusal([&] {
              update(kAnna, {open, create(kAnna, open, "{'last_name':'p'}")}, "{'private_flag':true}");
            }),
            "CON-0171");
  EXPECT_EQ(move(kAnna, {home, id}, open, ",'private_flag':false"), "");
}

TEST_F(AddressBook, TheGlobalAddressBookHasItsOwnRules) {
  const FolderId gab(6);
  const ContactRef anna{gab, ObjectId(contacts::get_user(as(kAnna), kAnna).id)};
  const ContactRef berta{gab, ObjectId(contacts::get_user(as(kAnna), kBerta).id)};
  const auto code = [&](UserId user, ContactRef ref, const char* body) {
    return refusal([&] { update(user, ref, body); });
  };
  EXPECT_EQ(code(kAnna, anna, "{'note':'me'}"), "");
  EXPECT_EQ(code(kAnna, berta, "{'note':'x'}"), "CON-0176");
  EXPECT_EQ(code(kAdmin, berta, "{'note':'x'}"), "");
  EXPECT_EQ(code(kAnna, anna, "{'email1':'new@example.test'}"), "CON-0173");
  EXPECT_EQ(code(kAnna, anna, "{'email1':null}"), "CON-0173");
  EXPECT_EQ(code(kAnna, anna, "{'email1':'anna@example.test','email2':'more@example.test'}"), "");
  EXPECT_EQ(code(kAnna, anna, "{'first_name':''}"), "CON-0164");
  EXPECT_EQ(code(kAnna, anna, "{'last_name':null}"), "CON-0175");
  EXPECT_EQ(code(kAnna, anna, "{'display_name':''}"), "CON-0166");
  EXPECT_EQ(code(kAnna, anna, "{'display_name':'Beta, Berta'}"), "CON-0167");
  EXPECT_EQ(code(kAnna, anna, "{'private_flag':true}"), "CON-0171");
  EXPECT_EQ(code(kAnna, anna, ("{'folder_id':'" + std::to_string(home(kAnna).value) + "'}").c_str()),
            "CON-0260");
  EXPECT_EQ(remove(kAdmin, anna), "CON-0260");
  database.settings.unique_display_names = false;
  EXPECT_EQ(code(kAnna, anna, "{'display_name':'Beta, Berta'}"), "");
  database.settings.edit_own_contact = false;
  EXPECT_EQ(code(kAnna, anna, "{'note':'again'}"), "CON-0176");
  EXPECT_EQ(code(kAdmin, anna, "{'note':'again'}"), "");
}

}  // namespace
}  // namespace gw::test
