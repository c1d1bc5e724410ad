#include <fmt/format.h>

#include <random>
#include <set>

#include "address_book.hpp"

namespace gw::test {
namespace {

contacts::ListRequest sorted(int column, bool descending = false) {
  return {.sort = {column, descending, ""}};
}

TEST_F(AddressBook, GetTellsMissingFromForbidden) {
  const FolderId home = this->home(kAnna);
  const FolderId no_read = public_folder({2, 0, 0, 0, false});
  const ObjectId id = create(kAnna, home, "{'last_name':'x'}");
  const auto code = [&](UserId user, ContactRef ref) { return refusal([&] { get(user, ref); }); };
  EXPECT_EQ(code(kAnna, {home, id}), "");
  EXPECT_EQ(code(kAnna, {home, ObjectId(99'999)}), "CON-0125");
  EXPECT_EQ(code(kAnna, {FolderId(6), id}), "CON-0125");
  EXPECT_EQ(code(kBerta, {home, id}), "FLD-0003");
  EXPECT_EQ(code(kAnna, {no_read, id}), "CON-0104");
  EXPECT_EQ(code(kAnna, {FolderId(12'345), id}), "FLD-0008");
  EXPECT_EQ(code(kAnna, {FolderId(1), id}), "CON-0103");
}

TEST_F(AddressBook, AFolderIsListedInTheOrderAskedForWithNullsLast) {
  const FolderId home = this->home(kAnna);
  for (const char* body : {"{'display_name':'b','company':'Zebra'}", "{'display_name':'A','company':'ärger'}",
                           "{'display_name':'c'}", "{'display_name':'d','company':'apfel'}"})
    create(kAnna, home, body);
  EXPECT_EQ(names(kAnna, home), (Names{"b", "A", "c", "d"}));
  EXPECT_EQ(names(kAnna, home, sorted(500)), (Names{"A", "b", "c", "d"}));
  EXPECT_EQ(names(kAnna, home, sorted(500, true)), (Names{"d", "c", "b", "A"}));
  EXPECT_EQ(names(kAnna, home, sorted(569)), (Names{"d", "A", "b", "c"}));
  EXPECT_EQ(names(kAnna, home, sorted(569, true)), (Names{"c", "b", "A", "d"}));
  contacts::ListRequest part = sorted(500);
  part.left = 1;
  part.right = 3;
  EXPECT_EQ(names(kAnna, home, part), (Names{"b", "c"}));
  part.left = 10;
  part.right = std::nullopt;
  EXPECT_EQ(names(kAnna, home, part), Names{});
}

TEST_F(AddressBook, AnEmptyListCarriesTheStampThatUpdatesStartFrom) {
  const FolderId home = this->home(kAnna);
  const auto list = [&] {
    return contacts::list_folder(as(kAnna), home, {}, [](std::size_t, const Contact&) {});
  };
  const Millis empty = list().timestamp;
  const ObjectId id = create(kAnna, home, "{'last_name':'x'}");
  EXPECT_GT(get(kAnna, {home, id}).last_modified, empty);
  EXPECT_EQ(list().timestamp, get(kAnna, {home, id}).last_modified);
}

TEST_F(AddressBook, AListOfIdsKeepsItsOrderAndSkipsWhatMayNotBeRead) {
  const FolderId home = this->home(kAnna);
  const FolderId open = public_folder(kAuthor);
  const ObjectId a = create(kAnna, home, "{'display_name':'a'}");
  const ObjectId b = create(kAnna, open, "{'display_name':'b'}");
  const ObjectId hidden = create(kBerta, this->home(kBerta), "{'display_name':'hidden'}");
  const std::vector<ContactRef> refs{{open, b},           {home, a}, {home, b}, {this->home(kBerta), hidden},
                                     {home, ObjectId(1)}, {open, b}};
  EXPECT_EQ(
      names_of({}, [&](const auto& request,
                       const auto& visit) { return contacts::list_refs(as(kAnna), refs, request, visit); }),
      (Names{"b", "a", "b", "b"}));
}

TEST_F(AddressBook, UsersAreListedByTheirIds) {
  const std::vector<UserId> users{kCarl, UserId(77), kAnna, UserId(0)};
  const auto list = [&](UserId reader) {
    return names_of({}, [&](const auto& request, const auto& visit) {
      return contacts::list_users(as(reader), users, request, visit);
    });
  };
  EXPECT_EQ(list(kAnna), (Names{"Gamma, Carl", "Alpha, Anna"}));
  EXPECT_EQ(
      names_of(sorted(500),
               [&](const auto& r, const auto& v) { return contacts::list_users(as(kAnna), users, r, v); }),
      (Names{"Alpha, Anna", "Gamma, Carl"}));
  model::Caller blind = as(kAnna).caller();
  blind.modules.set(model::Module::GlobalAddressBook, false);
  blind.marks = {};
  as(kAnna).replace_caller(blind);
  EXPECT_EQ(list(kAnna), Names{"Alpha, Anna"});
  EXPECT_EQ(refusal([&] { contacts::get_user(as(kAnna), kCarl); }), "CON-0125");
  EXPECT_EQ(refusal([&] { contacts::get_user(as(kAnna), kAnna); }), "");
}

TEST_F(AddressBook, TheAdministratorCanBeLeftOut) {
  contacts::ListRequest request;
  EXPECT_EQ(names(kAnna, FolderId(6), request).size(), 4U);
  request.without_admin = true;
  EXPECT_EQ(names(kAnna, FolderId(6), request), (Names{"Alpha, Anna", "Beta, Berta", "Gamma, Carl"}));
}

/// Who sees a contact of anna's folder: everybody by rights, private ones the owner only. One row per
/// combination.
TEST_F(AddressBook, ThePrivateFlagHidesFromEveryPathButTheOwners) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kReadAll);
  share(home, kCarl, kOwnOnly);
  const ObjectId open = create(kAnna, home, "{'display_name':'open','email1':'open@x.test','birthday':0}");
  const ObjectId secret = create(
      kAnna, home, "{'display_name':'secret','private_flag':true,'email1':'secret@x.test','birthday':0}");
  const ObjectId carls = create(kCarl, home, "{'display_name':'carls','email1':'carls@x.test','birthday':0}");
  const std::map<UserId, Names> expected{
      {kAnna, {"open", "secret", "carls"}}, {kBerta, {"open", "carls"}}, {kCarl, {"carls"}}};
  for (const auto& one : expected) {
    const UserId user = one.first;  // clang 14 cannot capture structured bindings
    const Names& seen = one.second;
    SCOPED_TRACE(user.value);
    const std::set<std::string> all(seen.begin(), seen.end());
    const auto as_set = [](const Names& names) { return std::set<std::string>(names.begin(), names.end()); };
    EXPECT_EQ(names(user, home), seen);
    for (const auto& [id, name] : {std::pair{open, "open"}, {secret, "secret"}, {carls, "carls"}})
      EXPECT_EQ(refusal([&, object = id] { get(user, {home, object}); }).empty(), all.contains(name)) << name;
    const std::vector<ContactRef> refs{{home, open}, {home, secret}, {home, carls}};
    EXPECT_EQ(
        names_of({}, [&](const auto& r, const auto& v) { return contacts::list_refs(as(user), refs, r, v); }),
        seen);
    const std::vector<FolderId> folders{home};
    contacts::SearchQuery query;
    query.folders = folders;
    EXPECT_EQ(as_set(names_of(
                  {}, [&](const auto& r, const auto& v) { return contacts::search(as(user), query, r, v); })),
              all);
    EXPECT_EQ(as_set(names_of({},
                              [&](const auto& r, const auto& v) {
                                return contacts::advanced_search(as(user), contacts::SearchTerm(), folders, r,
                                                                 v);
                              })),
              all);
    Names completed;
    for (const char* prefix : {"open", "secret", "carls"})
      for (const auto& name : names_of({}, [&](const auto&r, const auto&v) {
             return contacts::autocomplete(as(user), {prefix, true, folders}, r, v);
           }))
        completed.push_back(name);
    EXPECT_EQ(as_set(completed), all);
    EXPECT_EQ(as_set(names_of({},
                              [&](const auto& r, const auto& v) {
                                return contacts::find_anniversaries(as(user), contacts::Anniversary::Birthday,
                                                                    Date{0}, Date{10}, home, r, v);
                              })),
              all);
    const std::vector<std::string> addresses{"open@x.test", "secret@x.test", "carls@x.test"};
    EXPECT_EQ(as_set(names_of({},
                              [&](const auto& r, const auto& v) {
                                return contacts::find_by_addresses(as(user), addresses, r, v);
                              })),
              all);
    EXPECT_EQ(as_set(names_of({},
                              [&](const auto& r, const auto& v) {
                                return contacts::updates(as(user), home, {0}, true, r, v).changed;
                              })),
              all);
  }
}

TEST_F(AddressBook, AContactThatBecomesPrivateIsDeletedForTheOthers) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kReadAll);
  const ObjectId id = create(kAnna, home, "{'last_name':'x'}");
  const Millis seen = get(kBerta, {home, id}).last_modified;
  update(kAnna, {home, id}, "{'private_flag':true}");
  const auto updates =
      contacts::updates(as(kBerta), home, seen, true, {}, [](std::size_t, const Contact&) {});
  EXPECT_TRUE(updates.changed.order.empty());
  EXPECT_EQ(updates.removed, std::vector<ObjectId>{id});
  EXPECT_GT(updates.timestamp, seen);
  create(kAnna, home, "{'last_name':'never seen','private_flag':true}");
  EXPECT_TRUE(
      contacts::updates(as(kBerta), home, updates.timestamp, true, {}, [](std::size_t, const Contact&) {
      }).removed.empty());
}

TEST_F(AddressBook, ATokenOlderThanTheTombstonesIsRefusedNotAnsweredWithAGap) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, "{'last_name':'x'}");
  const Millis seen = get(kAnna, {home, id}).last_modified;
  remove(kAnna, {home, id});
  const auto ask = [&](bool with_removed, Millis since) {
    return refusal([&] {
      contacts::updates(as(kAnna), home, since, with_removed, {}, [](std::size_t, const Contact&) {});
    });
  };
  EXPECT_EQ(ask(true, seen), "");
  as(kAnna).write([&](model::Transaction& transaction) {
    model::prune_tombstones(transaction.connection(), kContext, {seen.value + 1'000'000});
  });
  EXPECT_EQ(ask(true, seen), "CON-1001");
  EXPECT_EQ(ask(false, seen), "");
  EXPECT_EQ(ask(true, {0}), "");
}

/// A client that only ever applies `updates` must hold what a fresh list gives, whatever happened in between.
TEST_F(AddressBook, UpdatesNeverMissAChangeHoweverWritesAndPollsInterleave) {
  const FolderId home = this->home(kAnna);
  const FolderId open = public_folder(kAuthor);
  share(home, kBerta, kReadAll);
  struct Client {
    UserId user;
    FolderId folder;
    Millis since{};
    std::map<std::int64_t, std::string> held{};
  };
  std::vector<Client> clients{{kAnna, home}, {kAnna, open}, {kBerta, home}, {kBerta, open}};
  const auto poll = [&](Client& client) {
    contacts::ContactCollector collector;
    const auto found =
        contacts::updates(as(client.user), client.folder, client.since, true,
                          {.fields = contacts::fields_of(std::array{500})}, collector.visitor());
    for (const ObjectId gone : found.removed) client.held.erase(gone.value);
    for (const Contact& contact : collector.take(found.changed))
      client.held[contact.id] = *contact.display_name;
    client.since = found.timestamp;
  };
  std::mt19937 random(42);
  const auto pick = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  std::vector<ContactRef> alive;
  for (int step = 0; step < 150; ++step) {
    database.clock.advance(static_cast<std::int64_t>(pick(3)));
    const std::size_t action = pick(6);
    if (alive.empty() || action == 0) {
      const FolderId folder = pick(2) == 0 ? home : open;
      alive.push_back({folder, create(kAnna, folder, fmt::format("{{'display_name':'n{}'}}", step))});
    } else {
      const std::size_t index = pick(alive.size());
      ContactRef& ref = alive[index];
      if (action == 1) {
        update(kAnna, ref, fmt::format("{{'display_name':'u{}'}}", step));
      } else if (action == 2 && !get(kAnna, ref).private_flag) {
        const FolderId target = ref.folder == home ? open : home;
        update(kAnna, ref, fmt::format("{{'folder_id':{}}}", target.value));
        ref.folder = target;
      } else if (action == 3) {
        EXPECT_EQ(remove(kAnna, ref), "");
        alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(index));
      } else if (action == 4 && ref.folder == home) {
        update(kAnna, ref, fmt::format("{{'private_flag':{}}}", pick(2) == 0));
      }
    }
    poll(clients[pick(clients.size())]);
  }
  for (Client& client : clients) {
    poll(client);
    std::map<std::int64_t, std::string> fresh;
    contacts::list_folder(
        as(client.user), client.folder, {.fields = contacts::fields_of(std::array{500})},
        [&](std::size_t, const Contact& contact) { fresh[contact.id] = *contact.display_name; });
    EXPECT_EQ(client.held, fresh) << client.user.value << " in " << client.folder.value;
  }
}

}  // namespace
}  // namespace gw::test
