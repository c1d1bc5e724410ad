#include "apache/category_words.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "apache/words.hpp"

namespace gw::apache {
namespace {

using CategoryWordList = std::vector<std::string_view>;
using Names = std::vector<std::pair<std::string, std::string>>;

MailCategoriesSettings added(const std::vector<CategoryWordList>& lines) {
  MailCategoriesSettings categories;
  for (const CategoryWordList& line : lines) add_mail_category(categories, "GroupwareMailCategory", line);
  return categories;
}

TEST(CategoryWords, AreSwitchedAndNamed) {
  MailCategoriesSettings categories = added({{"social"}});
  set_mail_categories(categories, "GroupwareMailCategories",
                      CategoryWordList{"on", "start=off", "forced=on", "name=Main", "name.de=Allgemein"});
  EXPECT_TRUE(categories.enabled && categories.is_forced && !categories.starts_on);
  EXPECT_EQ(categories.general_names, (Names{{"", "Main"}, {"de", "Allgemein"}}));
  EXPECT_EQ(categories.list.size(), 1U);
  set_mail_categories(categories, "GroupwareMailCategories", CategoryWordList{"off"});
  EXPECT_FALSE(categories.enabled);
  for (const CategoryWordList& wrong :
       {CategoryWordList{}, CategoryWordList{"yes"}, CategoryWordList{"on", "x=1"},
        CategoryWordList{"on", "start=1"}, CategoryWordList{"on", "name="}})
    EXPECT_THROW(set_mail_categories(categories, "GroupwareMailCategories", wrong), DirectiveError);
}

TEST(CategoryWords, ACategoryHasAKeyword) {
  const auto list =
      added({{"promotion", "name=Offers"}, {"mine", "kind=user", "keyword=$uc1", "active=off", "forced=on"}})
          .list;
  EXPECT_EQ(list[0].keyword, "$promotion");
  EXPECT_TRUE(list[0].starts_active && !list[0].is_user && !list[0].is_forced);
  EXPECT_EQ(list[1].keyword, "$uc1");
  EXPECT_TRUE(!list[1].starts_active && list[1].is_user && list[1].is_forced);
}

TEST(CategoryWords, SendersAreAddresses) {
  const auto list = added({{"offers", "from=Shop@x.test, news@x.test", "from=c@x.test"}}).list;
  EXPECT_EQ(list[0].senders, (std::vector<std::string>{"shop@x.test", "news@x.test", "c@x.test"}));
  for (const char* wrong : {"from=", "from=shop", "from=@x.test", "from=a@", "from=a@b@c", "from=<a@x.test>"})
    EXPECT_THROW(added({{"offers", wrong}}), DirectiveError) << wrong;
}

TEST(CategoryWords, WrongOnesAreRefused) {
  for (const CategoryWordList& wrong :
       {CategoryWordList{}, CategoryWordList{"general"}, CategoryWordList{"none"}, CategoryWordList{"a b"},
        CategoryWordList{"x", "keyword=a b"}, CategoryWordList{"x", "keyword=\\seen"},
        CategoryWordList{"x", "kind=z"}, CategoryWordList{"x", "y=z"}})
    EXPECT_THROW(added({wrong}), DirectiveError);
  EXPECT_THROW(added({{"a"}, {"a"}}), DirectiveError);
  EXPECT_THROW(added({{"a"}, {"b", "keyword=$A"}}), DirectiveError);
}

}  // namespace
}  // namespace gw::apache
