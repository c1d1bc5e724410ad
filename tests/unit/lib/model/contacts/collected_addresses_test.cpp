#include "model/contacts/collected_addresses.hpp"

#include <algorithm>

#include "address_book.hpp"
#include "model/folders/folder_service.hpp"
#include "model/users/user_directory.hpp"

namespace gw::test {
namespace {

class CollectedAddresses : public AddressBook {
 protected:
  void collect(const std::vector<contacts::CollectedAddress>& found, bool counts_use = true) {
    contacts::collect_addresses(as(kAnna), home(kAnna), found, counts_use);
  }
  /// Name and use count of each contact, by name.
  std::vector<std::pair<std::string, std::int64_t>> counted() {
    contacts::ContactCollector collector;
    contacts::ListRequest request;
    request.fields = contacts::fields_of(std::array{500, 555, 608});
    std::vector<std::pair<std::string, std::int64_t>> list;
    for (const auto& each :
         collector.take(contacts::list_folder(as(kAnna), home(kAnna), request, collector.visitor())))
      list.emplace_back(each.display_name.value_or("") + "/" + each.email1.value_or(""), each.use_count);
    std::sort(list.begin(), list.end());
    return list;
  }
};

using Counted = std::vector<std::pair<std::string, std::int64_t>>;

TEST_F(CollectedAddresses, NewOnesBecomeContactsAndKnownOnesAreCounted) {
  create(kAnna, home(kAnna), "{'display_name':'Bert','email2':'Bert@x.test'}");
  collect({{"bert@X.test", "Bertram"}, {"carl@x.test", "Carl"}, {"CARL@x.test", "again"}});
  EXPECT_EQ(counted(), (Counted{{"Bert/", 1}, {"Carl/carl@x.test", 1}}));
  collect({{"carl@x.test", "Carl C"}});
  EXPECT_EQ(counted(), (Counted{{"Bert/", 1}, {"Carl/carl@x.test", 2}}));
}

TEST_F(CollectedAddresses, ReadingCountsNothing) {
  collect({{"carl@x.test", ""}}, false);
  collect({{"carl@x.test", ""}}, false);
  EXPECT_EQ(counted(), (Counted{{"carl@x.test/carl@x.test", 0}}));
}

TEST_F(CollectedAddresses, WhatIsNoAddressIsLeftOutAndSoAreNamesThatNobodyCanRead) {
  collect({{"undisclosed recipients", "x"}, {"", "y"}, {"d@x.test", "two\nlines"}});
  EXPECT_EQ(counted(), (Counted{{"d@x.test/d@x.test", 1}}));
}

TEST_F(CollectedAddresses, OneMailBringsNoMoreThanAHundred) {
  std::vector<contacts::CollectedAddress> many;
  for (int i = 0; i < 130; ++i) many.push_back({"a" + std::to_string(i) + "@x.test", ""});
  collect(many);
  EXPECT_EQ(counted().size(), contacts::kMostCollected);
  collect(many);
  EXPECT_EQ(counted().size(), contacts::kMostCollected);
}

TEST_F(CollectedAddresses, WithoutMailNobodyCollectsAndNoFolderIsMade) {
  EXPECT_FALSE(contacts::may_collect(as(kAnna)));
  contacts::prepare_collected_folder(as(kAnna));
  const auto user = model::users::load_user(as(kAnna).connection(), as(kAnna).context(), kAnna);
  EXPECT_FALSE(user.collected_folder);
}

TEST_F(CollectedAddresses, TheFolderIsMadeOnceAndAgainWhenItIsGone) {
  database.settings.mail.store.host = "mail.test";
  const auto folder_of_anna = [&] {
    contacts::prepare_collected_folder(as(kAnna));
    return model::users::load_user(as(kAnna).connection(), kContext, kAnna).collected_folder;
  };
  const FolderId first = folder_of_anna();
  ASSERT_TRUE(first);
  EXPECT_EQ(folder_of_anna(), first);
  model::folders::delete_folder(as(kAnna), std::to_string(first.value), {}, true);
  const FolderId second = folder_of_anna();
  EXPECT_TRUE(second);
  EXPECT_NE(second, first);
}

}  // namespace
}  // namespace gw::test
