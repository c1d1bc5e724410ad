#include "file_cabinet.hpp"

namespace gw::test {
namespace {

using Numbers = std::vector<std::int64_t>;

class ItemUpdate : public FileCabinet {};

TEST_F(ItemUpdate, AFileMakesANewCurrentVersionThatCarriesItsTextsOver) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  update(kAnna, file.ref, "{'description':'text','version_comment':'first'}");
  const auto saved = add_version(kAnna, file.ref, "two");
  const Item item = get(kAnna, file.ref);
  EXPECT_EQ(item.version, 2);
  EXPECT_EQ(item.current_version, 2);
  EXPECT_EQ(item.number_of_versions, 2);
  EXPECT_EQ(item.description, "text");
  EXPECT_EQ(item.filename, "a.txt");
  EXPECT_FALSE(item.version_comment);
  EXPECT_EQ(item.last_modified, saved.timestamp);
  EXPECT_EQ(content(kAnna, file.ref), "two");
  EXPECT_EQ(content(kAnna, file.ref, 1), "one");
  EXPECT_EQ(get(kAnna, file.ref, 1).version_comment, "first");
}

TEST_F(ItemUpdate, AnItemWithoutFileGetsItsFirstVersion) {
  const auto saved = create(kAnna, home(kAnna), "{'title':'draft'}");
  add_version(kAnna, saved.ref, "one", "{'filename':'draft.txt'}");
  const Item item = get(kAnna, saved.ref);
  EXPECT_EQ(item.version, 1);
  EXPECT_EQ(item.filename, "draft.txt");
  EXPECT_EQ(item.title, "draft");
}

TEST_F(ItemUpdate, VersionNumbersAreNeverUsedAgain) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  add_version(kAnna, file.ref, "two");
  add_version(kAnna, file.ref, "three");
  Millis stamp;
  EXPECT_EQ(infostore::detach(as(kAnna), file.ref, Numbers{3, 7, 0}, kAnyVersion, stamp), (Numbers{7, 0}));
  EXPECT_EQ(versions(kAnna, file.ref), (Numbers{1, 2}));
  EXPECT_EQ(content(kAnna, file.ref), "two");
  EXPECT_EQ(root.files.count(), 2U);
  EXPECT_EQ(used(), 6);
  add_version(kAnna, file.ref, "four");
  EXPECT_EQ(versions(kAnna, file.ref), (Numbers{1, 2, 4}));
}

TEST_F(ItemUpdate, DetachKeepsEverythingWhenSomebodyElseHoldsALock) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kAuthor);
  const auto file = store(kAnna, home, "a.txt", "one");
  infostore::lock(as(kBerta), file.ref, std::nullopt);
  Millis stamp;
  EXPECT_EQ(infostore::detach(as(kAnna), file.ref, Numbers{1}, kAnyVersion, stamp), Numbers{1});
  EXPECT_EQ(versions(kAnna, file.ref), Numbers{1});
}

TEST_F(ItemUpdate, RevertLeavesAnItemWithoutFile) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  add_version(kAnna, file.ref, "two");
  infostore::revert(as(kAnna), file.ref, kAnyVersion);
  const Item item = get(kAnna, file.ref);
  EXPECT_EQ(item.version, 0);
  EXPECT_EQ(item.number_of_versions, 0);
  EXPECT_EQ(item.title, "a.txt");
  EXPECT_EQ(root.files.count(), 0U);
  EXPECT_EQ(used(), 0);
  add_version(kAnna, file.ref, "three");
  EXPECT_EQ(versions(kAnna, file.ref), Numbers{3});
}

TEST_F(ItemUpdate, AVersionNumberAloneMakesItTheCurrentOne) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  add_version(kAnna, file.ref, "two", "{'filename':'b.txt'}");
  update(kAnna, file.ref, "{'version':'1'}");
  EXPECT_EQ(content(kAnna, file.ref), "one");
  EXPECT_EQ(get(kAnna, file.ref).filename, "a.txt");
  EXPECT_EQ(names(kAnna, home(kAnna)), Names{"a.txt"});
  EXPECT_EQ(refusal([&] { update(kAnna, file.ref, "{'version':9}"); }), "IFO-0300");
  EXPECT_EQ(versions(kAnna, file.ref), (Numbers{1, 2}));
}

TEST_F(ItemUpdate, AVersionNumberWithMoreEditsThatVersion) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  add_version(kAnna, file.ref, "two");
  update(kAnna, file.ref, "{'version':'1','version_comment':'the old one'}");
  EXPECT_EQ(get(kAnna, file.ref, 1).version_comment, "the old one");
  EXPECT_FALSE(get(kAnna, file.ref).version_comment);
  EXPECT_EQ(get(kAnna, file.ref).version, 2);
}

TEST_F(ItemUpdate, OnlyNamesOfCurrentVersionsBlockOthers) {
  const FolderId home = this->home(kAnna);
  const auto file = store(kAnna, home, "a.txt", "one");
  add_version(kAnna, file.ref, "two", "{'filename':'b.txt'}");
  EXPECT_EQ(store(kAnna, home, "a.txt", "other").filename, "a.txt");
  EXPECT_EQ(update(kAnna, file.ref, "{'version':1}").filename, "a (1).txt");
}

TEST_F(ItemUpdate, TheTitleFollowsARenameWhileItEqualsTheName) {
  const FolderId home = this->home(kAnna);
  const auto file = store(kAnna, home, "a.txt", "one");
  store(kAnna, home, "taken.txt", "two");
  EXPECT_EQ(update(kAnna, file.ref, "{'filename':'b.txt'}").filename, "b.txt");
  EXPECT_EQ(get(kAnna, file.ref).title, "b.txt");
  EXPECT_EQ(update(kAnna, file.ref, "{'filename':'taken.txt'}").filename, "taken (1).txt");
  EXPECT_EQ(get(kAnna, file.ref).title, "taken (1).txt");
  update(kAnna, file.ref, "{'title':'My file'}");
  update(kAnna, file.ref, "{'filename':'c.txt'}");
  EXPECT_EQ(get(kAnna, file.ref).title, "My file");
  EXPECT_EQ(
      refusal([&] { update(kAnna, file.ref, "{'filename':'taken.txt'}", kAnyVersion, OnCollision::Refuse); }),
      "IFO-0441");
}

TEST_F(ItemUpdate, WhatWasChangedMeanwhileIsNotOverwritten) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  const auto newer = update(kAnna, file.ref, "{'title':'b'}");
  EXPECT_EQ(refusal([&] { update(kAnna, file.ref, "{'title':'c'}", file.timestamp); }), "IFO-1302");
  EXPECT_EQ(remove(kAnna, file.ref, false, file.timestamp), "IFO-1302");
  update(kAnna, file.ref, "{'title':'c'}", newer.timestamp);
  EXPECT_EQ(get(kAnna, file.ref).title, "c");
}

TEST_F(ItemUpdate, MembersThatAreSentEmptyAreCleared) {
  const auto file =
      create(kAnna, home(kAnna), "{'title':'a','description':'d','categories':'c','meta':{'k':[1]}}");
  EXPECT_EQ(get(kAnna, file.ref).meta, R"({"k":[1]})");
  update(kAnna, file.ref, "{'description':'','meta':null}");
  const Item item = get(kAnna, file.ref);
  EXPECT_FALSE(item.description);
  EXPECT_FALSE(item.meta);
  EXPECT_EQ(item.categories, "c");
}

TEST_F(ItemUpdate, AnotherFolderMovesTheItemAndKeepsTheSecondPartOfItsId) {
  const FolderId home = this->home(kAnna);
  const FolderId docs = subfolder(kAnna, home, "docs");
  const auto file = store(kAnna, home, "a.txt", "one");
  store(kAnna, docs, "a.txt", "other");
  const auto saved = update(kAnna, file.ref, "{'folder_id':'" + std::to_string(docs.value) + "'}");
  EXPECT_EQ(saved.ref.folder, docs);
  EXPECT_EQ(saved.ref.id, file.ref.id);
  EXPECT_EQ(saved.filename, "a (1).txt");
  EXPECT_EQ(get(kAnna, file.ref).folder_id, docs.value);  // the old id is still good
  const auto changes = infostore::updates(as(kAnna), home, file.timestamp);
  ASSERT_EQ(changes.removed.size(), 1U);
  EXPECT_EQ(changes.removed.front().id, file.ref.id);
  EXPECT_EQ(names_of(infostore::updates(as(kAnna), docs, file.timestamp).changed),
            (Names{"a (1).txt", "a.txt"}));
}

TEST_F(ItemUpdate, MovingNeedsTheRightToDeleteHereAndToCreateThere) {
  const FolderId home = this->home(kAnna);
  const FolderId other = this->home(kBerta);
  const auto file = store(kAnna, home, "a.txt", "one");
  share(home, kBerta, kReadAll);
  EXPECT_EQ(move(kBerta, file.ref, other), "IFO-0421");
  share(other, kAnna, kReadAll);
  EXPECT_EQ(move(kAnna, file.ref, other), "IFO-0404");
  EXPECT_EQ(refusal([&] { move(kAnna, file.ref, FolderId(15)); }), "IFO-1700");
  EXPECT_EQ(move(kAnna, {home, ObjectId(999)}, subfolder(kAnna, home, "x")), "IFO-0300");
  EXPECT_EQ(refusal([&] { update(kBerta, file.ref, "{'title':'x'}"); }), "IFO-0403");
}

TEST_F(ItemUpdate, UploadInPiecesContinuesTheSameVersion) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "one");
  EXPECT_EQ(refusal([&] { infostore::Deposit::append(as(kAnna), file.ref.id, 2); }), "FLS-0019");
  std::optional<infostore::Deposit> more(infostore::Deposit::append(as(kAnna), file.ref.id, 3));
  more->write("two");
  EXPECT_EQ(more->size(), 6);
  infostore::update(as(kAnna), file.ref, {}, kAnyVersion, std::move(more));
  EXPECT_EQ(content(kAnna, file.ref), "onetwo");
  EXPECT_EQ(versions(kAnna, file.ref), Numbers{1});
  EXPECT_EQ(root.files.count(), 1U);
  EXPECT_EQ(used(), 6);
  EXPECT_EQ(get(kAnna, file.ref).file_size, 6);
}

TEST_F(ItemUpdate, AYoungEmptyFileIsReplacedWhenTheClientAsksForIt) {
  const auto file = store(kAnna, home(kAnna), "a.txt", "");
  std::optional<infostore::Deposit> real;
  real.emplace(as(kAnna), file.ref.folder, file.ref.id);
  real->write("one");
  infostore::update(as(kAnna), file.ref, {}, kAnyVersion, std::move(real), OnCollision::Rename, true);
  EXPECT_EQ(versions(kAnna, file.ref), Numbers{1});
  EXPECT_EQ(content(kAnna, file.ref), "one");
  EXPECT_EQ(root.files.count(), 1U);
}

}  // namespace
}  // namespace gw::test
