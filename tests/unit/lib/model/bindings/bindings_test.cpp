#include "model/bindings/bindings.hpp"

#include <gtest/gtest.h>

#include "sql/error.hpp"
#include "support/database.hpp"

namespace gw::model::bindings {
namespace {

class BindingsTest : public testing::Test {
 protected:
  BindingsTest() {
    database.add_bare_context(ContextId(1));
    work = database.work_for(ContextId(1), UserId(2));
  }

  void store(const Binding& binding, const char* directory = "corp") {
    work->write(
        [&](Transaction& transaction) { store_binding(transaction, ContextId(1), directory, binding); });
  }

  static Binding binding(const std::string& uuid, std::int64_t object, Kind kind = Kind::User) {
    return {kind, uuid, object, State::Present, {5}, "mark", "digest", "cn=x"};
  }

  test::TestDatabase database;
  std::unique_ptr<UnitOfWork> work;
};

TEST_F(BindingsTest, AnObjectIsFoundByItsIdAndBackwards) {
  store(binding("b", 3));
  store(binding("a", 4));
  store(binding("a", 5, Kind::Group));
  const auto all = list_bindings(work->connection(), ContextId(1), "corp", Kind::User);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].uuid, "a");
  EXPECT_EQ(all[1].object, 3);
  const auto found = find_binding(work->connection(), ContextId(1), "corp", Kind::Group, "a");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->object, 5);
  EXPECT_EQ(found->mark, "mark");
  EXPECT_EQ(found->since.value, 5);
  EXPECT_FALSE(find_binding(work->connection(), ContextId(1), "other", Kind::Group, "a"));
  EXPECT_FALSE(find_binding(work->connection(), ContextId(2), "corp", Kind::Group, "a"));
  EXPECT_EQ(find_origin(work->connection(), ContextId(1), Kind::User, 3)->binding.uuid, "b");
  EXPECT_FALSE(find_origin(work->connection(), ContextId(1), Kind::Resource, 3));
}

TEST_F(BindingsTest, StoringAgainChangesAndAnObjectHasOneOrigin) {
  store(binding("a", 3));
  Binding changed = binding("a", 3);
  changed.state = State::Gone;
  changed.dn = "cn=y";
  store(changed);
  const auto all = list_bindings(work->connection(), ContextId(1), "corp", Kind::User);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].state, State::Gone);
  EXPECT_EQ(all[0].dn, "cn=y");
  EXPECT_THROW(store(binding("b", 3)), sql::SqlError);
  EXPECT_THROW(store(binding("a", 3), "other"), sql::SqlError);
  work->write(
      [&](Transaction& transaction) { remove_binding(transaction, ContextId(1), "corp", Kind::User, "a"); });
  EXPECT_TRUE(list_bindings(work->connection(), ContextId(1), "corp", Kind::User).empty());
}

TEST_F(BindingsTest, TheLastRunIsKept) {
  EXPECT_FALSE(find_run(work->connection(), ContextId(1), "corp"));
  work->release();
  for (const char* outcome : {"failed", "done"})
    work->write([&](Transaction& transaction) {
      store_run(transaction, ContextId(1), "corp", {{1}, {2}, outcome, "{}"});
    });
  const auto run = find_run(work->connection(), ContextId(1), "corp");
  ASSERT_TRUE(run);
  EXPECT_EQ(run->outcome, "done");
  EXPECT_EQ(run->ended.value, 2);
}

}  // namespace
}  // namespace gw::model::bindings
