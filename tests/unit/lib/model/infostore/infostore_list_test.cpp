#include "file_cabinet.hpp"

namespace gw::test {
namespace {

class InfostoreList : public FileCabinet {};

TEST_F(InfostoreList, TitlesSortInNaturalOrder) {
  const FolderId home = this->home(kAnna);
  for (const char* name : {"file10.txt", "file9.txt", "File1.txt", "äpfel.txt", "zebra.txt"})
    store(kAnna, home, name, "1");
  const Names sorted{"äpfel.txt", "File1.txt", "file9.txt", "file10.txt", "zebra.txt"};
  EXPECT_EQ(names(kAnna, home, {.sort = {702, false}, .left = 0, .right = {}}), sorted);
  EXPECT_EQ(names(kAnna, home, {.sort = {700, true}, .left = 0, .right = {}}),
            Names(sorted.rbegin(), sorted.rend()));
  EXPECT_EQ(names(kAnna, home, {.sort = {702, false}, .left = 1, .right = 3}),
            (Names{"File1.txt", "file9.txt"}));
  EXPECT_EQ(names(kAnna, home).front(), "file10.txt");  // by id
}

TEST_F(InfostoreList, SizesSortAsNumbers) {
  const FolderId home = this->home(kAnna);
  store(kAnna, home, "a", "1234567890");
  store(kAnna, home, "b", "12");
  EXPECT_EQ(names(kAnna, home, {.sort = {704, false}, .left = 0, .right = {}}), (Names{"b", "a"}));
}

TEST_F(InfostoreList, RefsComeInTheOrderAskedForWithoutWhatIsMissing) {
  const FolderId home = this->home(kAnna);
  const auto a = store(kAnna, home, "a", "1");
  const auto b = store(kAnna, home, "b", "1");
  const auto list =
      infostore::list_refs(as(kAnna), std::array{b.ref, ItemRef{home, ObjectId(999)}, a.ref, b.ref});
  EXPECT_EQ(names_of(list), (Names{"b", "a", "b"}));
}

TEST_F(InfostoreList, UpdatesTellEachChangeOnce) {
  const FolderId home = this->home(kAnna);
  const auto start = infostore::list_folder(as(kAnna), home, {});
  const auto a = store(kAnna, home, "a", "1");
  const auto b = store(kAnna, home, "b", "1");
  auto news = infostore::updates(as(kAnna), home, start.timestamp);
  EXPECT_EQ(names_of(news.changed), (Names{"a", "b"}));
  EXPECT_TRUE(news.removed.empty());
  auto next = infostore::updates(as(kAnna), home, news.timestamp);
  EXPECT_TRUE(next.changed.items.empty());
  EXPECT_EQ(next.timestamp, news.timestamp);
  update(kAnna, a.ref, "{'title':'x'}");
  remove(kAnna, b.ref);
  next = infostore::updates(as(kAnna), home, next.timestamp);
  EXPECT_EQ(names_of(next.changed), Names{"a"});
  ASSERT_EQ(next.removed.size(), 1U);
  EXPECT_EQ(next.removed.front().id, b.ref.id);
  EXPECT_TRUE(infostore::updates(as(kAnna), home, next.timestamp).removed.empty());
}

TEST_F(InfostoreList, UpdatesOfAMovedBackItemSayThatItIsThere) {
  const FolderId home = this->home(kAnna);
  const FolderId docs = subfolder(kAnna, home, "docs");
  const auto a = store(kAnna, home, "a", "1");
  move(kAnna, a.ref, docs);
  move(kAnna, a.ref, home);
  const auto news = infostore::updates(as(kAnna), home, a.timestamp);
  EXPECT_EQ(names_of(news.changed), Names{"a"});
  EXPECT_TRUE(news.removed.empty());
}

TEST_F(InfostoreList, UpdatesFromBeforeTheKeptHistoryAskForAFullLoad) {
  const auto a = store(kAnna, home(kAnna), "a", "1");
  {
    const sql::Lease lease = database.pool->acquire();
    model::prune_tombstones(*lease, kContext, {a.timestamp.value + 1});
  }
  EXPECT_EQ(refusal([&] { infostore::updates(as(kAnna), home(kAnna), a.timestamp); }), "IFO-1302");
  EXPECT_EQ(infostore::updates(as(kAnna), home(kAnna), {}).changed.items.size(), 1U);
}

TEST_F(InfostoreList, SearchLooksAtAllTextsWithoutCaseAndAccents) {
  const FolderId home = this->home(kAnna);
  const FolderId docs = subfolder(kAnna, home, "docs");
  store(kAnna, home, "Übersicht.txt", "1");
  const auto other = store(kAnna, docs, "b.txt", "1");
  update(kAnna, other.ref,
         "{'description':'the OVERSIGHT report','version_comment':'Final','categories':'blue'}");
  const auto find = [&](const std::string& pattern, std::optional<FolderId> folder = {}, bool below = false) {
    return names_of(infostore::search(as(kAnna), {pattern, folder, below}, {}));
  };
  EXPECT_EQ(find("ubersicht"), Names{"Übersicht.txt"});
  EXPECT_EQ(find("oversight"), Names{"b.txt"});
  EXPECT_EQ(find("final"), Names{"b.txt"});
  EXPECT_EQ(find("blue"), Names{"b.txt"});
  EXPECT_EQ(find("*.txt").size(), 2U);
  EXPECT_EQ(find("?.txt"), (Names{"Übersicht.txt", "b.txt"}));
  EXPECT_EQ(find("SICHT.?X"), Names{"Übersicht.txt"});
  EXPECT_EQ(find("", home), Names{"Übersicht.txt"});
  EXPECT_EQ(find("", home, true).size(), 2U);
  EXPECT_EQ(find("nothing like it"), Names{});
  EXPECT_EQ(find("100%"), Names{});
  database.settings.limits.minimum_search_characters = 3;
  EXPECT_EQ(refusal([&] { find("*ab*"); }), "IFO-0602");
}

TEST_F(InfostoreList, SeveralConditionsNarrowASearch) {
  const FolderId home = this->home(kAnna);
  const auto a = store(kAnna, home, "a report.pdf", "1");
  const auto b = store(kAnna, subfolder(kAnna, home, "docs"), "b.jpg", "1");
  update(kAnna, a.ref, "{'file_mimetype':'application/pdf'}");
  update(kAnna, b.ref, "{'file_mimetype':'image/JPEG','description':'a report'}");
  const auto find = [&](const infostore::ItemQuery& query) {
    return names_of(infostore::find(as(kAnna), query, {}));
  };
  EXPECT_EQ(find({.words = {{{702, 700}, "REPORT"}}}), Names{"a report.pdf"});
  EXPECT_EQ(find({.words = {{{706}, "report"}}}), Names{"b.jpg"});
  EXPECT_EQ(find({.words = {{{702, 706}, "report"}, {{702}, "b"}}}), Names{"b.jpg"});
  EXPECT_EQ(find({.media_types = {"image/", "video/"}}), Names{"b.jpg"});
  EXPECT_EQ(find({.media_types = {"image/"}, .no_media_type = true}), Names{"a report.pdf"});
  EXPECT_EQ(find({.words = {{{702, 706}, "report"}}, .folder = home}), Names{"a report.pdf"});
  const Millis changed = infostore::get(as(kAnna), b.ref).last_modified;
  EXPECT_EQ(find({.changed_since = changed}), Names{"b.jpg"});
  EXPECT_EQ(find({.changed_before = changed}), Names{"a report.pdf"});
}

TEST_F(InfostoreList, EveryRowOfTheTableIsAMemberOfTheContract) {
  for (const auto& field : infostore::item_fields()) EXPECT_FALSE(field.json.empty());
  EXPECT_GE(model::find_json(infostore::item_fields(), "object_permissions"), 0);
  EXPECT_EQ(model::find_column(infostore::item_fields(), 702),
            model::find_json(infostore::item_fields(), "filename"));
}

}  // namespace
}  // namespace gw::test
