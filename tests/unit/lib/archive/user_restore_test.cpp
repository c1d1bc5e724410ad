// One user: what his deletion took away comes back, and what others have stays theirs.
#include "archive/user_rows.hpp"
#include "model/contexts/integrity.hpp"
#include "unit/lib/archive/archive_fixture.hpp"

namespace gw::test {
namespace {

constexpr std::int64_t kObject = 500;

class UserRestoreTest : public ArchiveTest {
 protected:
  void SetUp() override {
    make_context();
    user = make_user("user1").id;
    other = make_user("user2").id;
    contacts = number("SELECT contacts_folder FROM users WHERE cid=1 AND id=3");
    tasks = number("SELECT tasks_folder FROM users WHERE cid=1 AND id=3");
    run("UPDATE context_sequence SET next_id=2000 WHERE cid=1");
  }

  /// A row of the user in every table that his backup has.
  void fill_all() {
    const sql::Lease lease = database.pool->acquire();
    for (const archive::Content& content : archive::contents()) {
      if (content.kept != archive::Kept::Always || content.table == "users" || content.table == "folders" ||
          content.table == "shares")
        continue;
      Numbers numbers{{"cid", 1}};
      const archive::Choice& choice = content.choices[0];
      if (choice.in == archive::Ids::User) numbers[std::string(choice.column)] = user.value;
      if (choice.in == archive::Ids::Folders) numbers[std::string(choice.column)] = contacts;
      const sql::TableLayout* table = sql::find_table(head_tables(), content.table);
      if (table->find("user_id") != nullptr) numbers["user_id"] = user.value;
      if (table->find("entity") != nullptr) numbers["entity"] = user.value;
      if (table->find("is_group") != nullptr) numbers["is_group"] = 0;
      if (table->find("file_owner") != nullptr) numbers["file_owner"] = 0;
      if (content.table == "group_members") numbers["group_id"] = 0;
      if (content.table == "contacts") numbers["user_id"] = 0;
      if (content.table == "attachments") numbers["module"] = 7;
      if (content.table == "reminders") numbers["module"] = 4;
      if (content.table == "tasks") numbers["created_by"] = user.value;
      if (content.table == "task_folders") numbers["folder"] = tasks;
      if (content.table == "folder_permissions") numbers["entity"] = other.value;
      if (content.table == "event_attendees") numbers["kind"] = 1;
      if (content.table == "folder_subscriptions" || content.table == "calendar_properties")
        numbers[table->find("folder") != nullptr ? "folder" : "folder_id"] = contacts;
      fill_row(*lease, *table, kObject, numbers);
    }
    for (const char* space : {"1_ctx_store", "1_ctx_compose_store"})
      root.files.spaces[space]["t500"] = {std::string("of ") + space, {}};
    run("DELETE FROM file_usage WHERE cid=1");
  }

  /// Takes away exactly what belongs to the user, as an exact deletion would.
  void remove_rows() {
    const sql::Lease lease = database.pool->acquire();
    archive::UserIds ids(*lease, ContextId(1), user);
    for (const archive::Content& content : archive::contents()) {
      if (content.kept != archive::Kept::Always) continue;
      const sql::TableLayout* table = sql::find_table(head_tables(), content.table);
      std::vector<archive::Row> rows;
      ids.read(*lease, content, *table, [&](const archive::Row& row) { rows.push_back(row); });
      std::string statement = "DELETE FROM " + table->name + " WHERE cid=?";
      for (const std::string& key : table->key)
        if (key != "cid") statement += " AND " + key + "=?";
      for (const archive::Row& row : rows) {
        const std::vector<sql::Value> all = archive::to_values(row, *table);
        std::vector<sql::Value> values{std::int64_t{1}};
        for (const std::string& key : table->key)
          if (key != "cid") values.push_back(all[archive::column_index(*table, key)]);
        lease->execute_values(statement, values);
      }
    }
  }

  UserId user, other;
  std::int64_t contacts = 0, tasks = 0;
};

TEST_F(UserRestoreTest, GivesEveryRowOfEveryTableBack) {
  fill_all();
  const auto before = state(1);
  const std::string bytes = backup(1, user);
  EXPECT_EQ(report.files, 2);
  EXPECT_TRUE(std::ranges::all_of(report.missing, [](const std::string& text) {
    return text.starts_with("portable/");  // such times and classes no event has
  }));
  remove_rows();
  root.files.spaces.clear();
  EXPECT_LT(state(1).size(), before.size());
  EXPECT_EQ(number("SELECT COUNT(*) FROM users WHERE cid=1 AND id=3"), 0);
  const auto restored = restore(bytes);
  EXPECT_EQ(restored.passed_over, 0);
  auto after = state(1);
  std::erase_if(after, [](const std::string& row) { return row.starts_with("file_usage "); });
  // Groups whose members changed have a new stamp.
  const auto is_group = [](const std::string& row) { return row.starts_with("user_groups "); };
  auto expected = before;
  std::erase_if(expected, is_group);
  std::erase_if(after, is_group);
  EXPECT_EQ(after, expected);
  EXPECT_EQ(files_stored(), 2U);
  // Three rows of 500 bytes in the context's store, one of a mail in writing.
  EXPECT_EQ(number("SELECT bytes FROM file_usage WHERE cid=1 AND owner=0"), 1'500);
  EXPECT_EQ(number("SELECT bytes FROM file_usage WHERE cid=1 AND owner=-1"), 500);
}

TEST_F(UserRestoreTest, UndoesADeletion) {
  {
    model::contacts::ContactInput input;
    input.contact.folder_id = contacts;
    input.contact.display_name = "Ada";
    input.sent = model::contacts::fields_of(std::array{20, 500});
    model::contacts::create(*acting(user), input);
  }
  const auto before = state(1);
  const std::string bytes = backup(1, user);
  model::users::delete_user(*administration(), user);
  EXPECT_NE(state(1), before);
  database.clock.advance(1'000);
  restore(bytes);
  auto after = state(1), expected = before;
  // Groups and system folders where he was have a new stamp.
  for (auto* rows : {&after, &expected})
    std::erase_if(*rows, [](const std::string& row) {
      return row.starts_with("user_groups ") || row.starts_with("folders cid=1 id=6 ") ||
             row.starts_with("folders cid=1 id=10 ") || row.starts_with("folders cid=1 id=15 ");
    });
  EXPECT_EQ(after, expected);
  EXPECT_TRUE(model::contexts::check_context(*administration()).empty());
  EXPECT_EQ(number("SELECT COUNT(*) FROM tombstones WHERE cid=1"), 0);
  EXPECT_GE(number("SELECT tombstone_horizon FROM context_sequence WHERE cid=1"), database.clock.now().value);
  EXPECT_EQ(acting(user)->caller().groups, (std::vector<GroupId>{GroupId(0), GroupId(1)}));
}

TEST_F(UserRestoreTest, IsRefusedBesideWhoTookHisPlace) {
  const std::string bytes = backup(1, user);
  EXPECT_EQ(problem_of([&] { restore(bytes); }), "exists");
  model::users::delete_user(*administration(), user);
  make_user("user1");
  EXPECT_EQ(problem_of([&] { restore(bytes); }), "exists") << "the login";
  run("UPDATE users SET login='user9' WHERE cid=1 AND login='user1'");
  EXPECT_EQ(problem_of([&] { restore(bytes); }), "exists") << "the address";
  run("DELETE FROM user_aliases WHERE cid=1 AND alias='user1@example.test'");
  EXPECT_EQ(problem_of([&] { restore(bytes); }), "");
  archive::RestoreRequest elsewhere;
  elsewhere.as_context = ContextId(2);
  EXPECT_EQ(problem_of([&] { restore(bytes, elsewhere); }), "invalid");
}

TEST_F(UserRestoreTest, IsRefusedWhenANumberIsInUseAndLeavesNoFile) {
  fill_all();
  const std::string bytes = backup(1, user);
  remove_rows();
  root.files.spaces.clear();
  run("INSERT INTO snippets (cid,id,user_id,changed,display_name,type,module,shared,content,misc,props) "
      "VALUES "
      "(1,500,4,0,'','','',0,'','','')");
  const auto before = state(1);
  EXPECT_EQ(problem_of([&] { restore(bytes); }), "exists");
  EXPECT_EQ(state(1), before);
  EXPECT_EQ(files_stored(), 0U);
}

TEST_F(UserRestoreTest, GivesHimBackHisPartOfWhatOthersKept) {
  const sql::Lease lease = database.pool->acquire();
  const auto* events = sql::find_table(head_tables(), "events");
  const auto* attendees = sql::find_table(head_tables(), "event_attendees");
  for (const std::int64_t event : {600, 602}) {
    fill_row(*lease, *events, event,
             {{"cid", 1},
              {"folder_id", 0},
              {"organizer_entity", event == 600 ? 3 : 4},
              {"calendar_user", 4},
              {"created_by", 3},
              {"series_id", event}});
    fill_row(*lease, *attendees, event, {{"cid", 1}, {"position", 0}, {"kind", 1}, {"entity", 4}});
    fill_row(*lease, *attendees, event, {{"cid", 1}, {"position", 1}, {"kind", 1}, {"entity", 3}});
  }
  const std::string bytes = backup(1, user);
  model::users::delete_user(*administration(), user);
  run("UPDATE events SET summary='changed since' WHERE cid=1 AND id=600");
  // Somebody else's event that he deleted since stays deleted.
  run("DELETE FROM events WHERE cid=1 AND id=602");
  run("DELETE FROM event_attendees WHERE cid=1 AND event=602");
  restore(bytes);
  EXPECT_EQ(number("SELECT COUNT(*) FROM events WHERE cid=1 AND id=600 AND summary='changed since' AND "
                   "organizer_entity=3 AND created_by=3"),
            1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM event_attendees WHERE cid=1 AND event=600"), 2);
  EXPECT_EQ(number("SELECT COUNT(*) FROM event_attendees WHERE cid=1 AND event=600 AND kind=1 AND entity=3"),
            1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM events WHERE cid=1 AND id=602"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM event_attendees WHERE cid=1 AND event=602"), 0);
}

TEST_F(UserRestoreTest, LeavesOutWhatNamesNobodyAnyMore) {
  const auto folder = number("SELECT calendar_folder FROM users WHERE cid=1 AND id=3");
  run("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (1," + std::to_string(folder) +
      ",0,4,257)");
  run("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (1," + std::to_string(folder) +
      ",1,1,257)");
  const std::string bytes = backup(1, user);
  model::users::delete_user(*administration(), user);
  model::users::delete_user(*administration(), other);
  restore(bytes);
  EXPECT_EQ(number("SELECT COUNT(*) FROM folder_permissions WHERE cid=1 AND entity=4 AND is_group=0"), 0);
  EXPECT_EQ(
      number("SELECT COUNT(*) FROM folder_permissions WHERE cid=1 AND entity=1 AND is_group=1 AND folder=" +
             std::to_string(folder)),
      1);
  EXPECT_TRUE(model::contexts::check_context(*administration()).empty());
}

TEST_F(UserRestoreTest, HasNothingOfOthers) {
  const sql::Lease lease = database.pool->acquire();
  archive::UserIds ids(*lease, ContextId(1), user);
  for (const archive::Content& content : archive::contents()) {
    if (content.kept != archive::Kept::Always) continue;
    const sql::TableLayout* table = sql::find_table(head_tables(), content.table);
    if (table->find("user_id") == nullptr || content.table == "contacts") continue;
    ids.read(*lease, content, *table, [&](const archive::Row& row) {
      EXPECT_EQ(archive::integer_of(row, archive::column_index(*table, "user_id")), user.value)
          << content.table;
    });
  }
  const auto& folders = ids.of(archive::Ids::Folders);
  for (const std::int64_t folder : folders)
    EXPECT_EQ(number("SELECT owner FROM folders WHERE cid=1 AND id=" + std::to_string(folder)), user.value);
  EXPECT_GE(folders.size(), 4U);
}

}  // namespace
}  // namespace gw::test
