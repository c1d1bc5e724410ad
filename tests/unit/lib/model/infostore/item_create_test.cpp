#include "file_cabinet.hpp"

namespace gw::test {
namespace {

class ItemCreate : public FileCabinet {};

TEST_F(ItemCreate, AFileComesBackWithItsBytesAndWhatTheServerKnowsOfThem) {
  const FolderId home = this->home(kAnna);
  const auto saved = store(kAnna, home, "notes.txt", "message digest");
  const Item item = get(kAnna, saved.ref);
  EXPECT_EQ(item.filename, "notes.txt");
  EXPECT_EQ(item.title, "notes.txt");
  EXPECT_EQ(item.file_size, 14);
  EXPECT_EQ(item.file_md5sum, "f96b697d7cb7938d525a2f31aaf161d0");
  EXPECT_EQ(item.version, 1);
  EXPECT_EQ(item.current_version, 1);
  EXPECT_EQ(item.number_of_versions, 1);
  EXPECT_EQ(item.created_by, kAnna.value);
  EXPECT_EQ(item.last_modified, saved.timestamp);
  EXPECT_EQ(infostore::format_item_id(item),
            std::to_string(home.value) + "/" + std::to_string(saved.ref.id.value));
  EXPECT_EQ(content(kAnna, saved.ref), "message digest");
  EXPECT_EQ(names(kAnna, home), Names{"notes.txt"});
}

TEST_F(ItemCreate, AnItemWithoutFileHasOnlyItsHiddenVersion) {
  const auto saved = create(kAnna, home(kAnna), "{'title':'Link','url':'https://example.test/'}");
  const Item item = get(kAnna, saved.ref);
  EXPECT_EQ(item.version, 0);
  EXPECT_EQ(item.number_of_versions, 0);
  EXPECT_EQ(item.url, "https://example.test/");
  EXPECT_TRUE(versions(kAnna, saved.ref).empty());
  EXPECT_EQ(refusal([&] { content(kAnna, saved.ref); }), "IFO-0500");
  EXPECT_EQ(names(kAnna, home(kAnna)).size(), 1U);
}

TEST_F(ItemCreate, ATakenNameGetsACounterBeforeItsLastDot) {
  const FolderId home = this->home(kAnna);
  EXPECT_EQ(store(kAnna, home, "a.tar.gz", "1").filename, "a.tar.gz");
  EXPECT_EQ(store(kAnna, home, "a.tar.gz", "2").filename, "a.tar (1).gz");
  EXPECT_EQ(store(kAnna, home, "a.tar.gz", "3").filename, "a.tar (2).gz");
  EXPECT_EQ(store(kAnna, home, "a.tar (1).gz", "4").filename, "a.tar (3).gz");
  EXPECT_EQ(store(kAnna, home, "A.tar.gz", "5").filename, "A.tar.gz");  // bytes are compared
  const auto bare = store(kAnna, home, ".profile", "6");
  EXPECT_EQ(store(kAnna, home, ".profile", "7").filename, ".profile (1)");
  EXPECT_EQ(get(kAnna, bare.ref).title, ".profile");
}

TEST_F(ItemCreate, TheTitleFollowsTheNameThatWasAdjusted) {
  const FolderId home = this->home(kAnna);
  store(kAnna, home, "a.txt", "1");
  EXPECT_EQ(get(kAnna, store(kAnna, home, "a.txt", "2").ref).title, "a (1).txt");
}

TEST_F(ItemCreate, AFolderOfThatNameCountsToo) {
  const FolderId home = this->home(kAnna);
  subfolder(kAnna, home, "docs");
  EXPECT_EQ(store(kAnna, home, "docs", "1").filename, "docs (1)");
}

TEST_F(ItemCreate, ATakenNameCanBeRefusedOrBecomeANewVersion) {
  const FolderId home = this->home(kAnna);
  const auto first = store(kAnna, home, "a.txt", "1");
  EXPECT_EQ(refusal([&] { store(kAnna, home, "a.txt", "2", OnCollision::Refuse); }), "IFO-0441");
  EXPECT_EQ(root.files.count(), 1U);
  const auto second = store(kAnna, home, "a.txt", "22", OnCollision::AddVersion);
  EXPECT_EQ(second.ref.id, first.ref.id);
  EXPECT_EQ(versions(kAnna, first.ref), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(content(kAnna, first.ref), "22");
}

TEST_F(ItemCreate, NamesThatNoFileMayHaveAreRefused) {
  const auto code = [](const std::string& name) { return refusal([&] { infostore::check_name(name); }); };
  EXPECT_EQ(code(""), "IFO-2100");
  EXPECT_EQ(code("."), "IFO-2100");
  EXPECT_EQ(code(".."), "IFO-2100");
  EXPECT_EQ(code("\xff"), "IFO-2100");
  EXPECT_EQ(code("a/b"), "IFO-2101");
  EXPECT_EQ(code(std::string("a\0b", 3)), "IFO-2101");
  EXPECT_EQ(code("a\nb"), "IFO-2101");
  EXPECT_EQ(code(std::string(256, 'x')), "IFO-0100");
  EXPECT_EQ(code(std::string(255, 'x')), "");
  EXPECT_EQ(code("100% #1 + ...äöü日本 "), "");
}

TEST_F(ItemCreate, ALongNameStaysWithinTheLimitWithItsCounter) {
  const FolderId home = this->home(kAnna);
  const std::string name = std::string(251, 'x') + ".txt";
  store(kAnna, home, name, "1");
  const std::string second = store(kAnna, home, name, "2").filename;
  const std::string third = store(kAnna, home, name, "3").filename;
  EXPECT_EQ(second.size(), 255U);
  EXPECT_TRUE(second.ends_with("x (1).txt"));
  EXPECT_TRUE(third.ends_with("x (2).txt"));
}

TEST_F(ItemCreate, RightsOfTheFolderDecideWhoMayPutFilesThere) {
  const FolderId home = this->home(kAnna);
  EXPECT_EQ(refusal([&] { store(kBerta, home, "a", "1"); }), "FLD-0003");
  share(home, kBerta, kReadAll);
  EXPECT_EQ(refusal([&] { store(kBerta, home, "a", "1"); }), "IFO-0402");
  EXPECT_EQ(refusal([&] { create(kBerta, home, "{'title':'a'}"); }), "IFO-0402");
  for (const std::int64_t folder : {9, 10, 15})
    EXPECT_EQ(refusal([&] { store(kAnna, FolderId(folder), "a", "1"); }), "IFO-1700") << folder;
  EXPECT_EQ(refusal([&] { create(kAnna, FolderId(6), "{'title':'a'}"); }), "IFO-0302");
  EXPECT_EQ(root.files.count(), 0U);
}

TEST_F(ItemCreate, WhatClientsSendIsChecked) {
  const auto code = [&](const std::string& members) { return refusal([&] { input(members, true); }); };
  EXPECT_EQ(code("{'url':'javascript:alert(1)'}"), "IFO-2100");
  EXPECT_EQ(code("{'url':'HTTPS://example.test'}"), "");
  EXPECT_EQ(code("{'filename':'a/b'}"), "IFO-2101");
  EXPECT_EQ(code("{'title':'" + std::string(256, 'x') + "'}"), "IFO-0100");
  EXPECT_EQ(code("{'color_label':99}"), "SVL-0010");
  EXPECT_EQ(code("{'meta':[1]}"), "IFO-2100");
  EXPECT_EQ(code("{'object_permissions':[{'entity':4,'group':false,'bits':3}]}"), "IFO-2100");
  EXPECT_EQ(code("{'object_permissions':[{'type':'anonymous','bits':8}]}"), "IFO-2100");
  EXPECT_EQ(input("{'file':{'title':'wrapped'}}").item.title, "wrapped");
  EXPECT_EQ(input("{'title':'plain'}").item.title, "plain");
}

TEST_F(ItemCreate, ACopyTakesTheCurrentVersionOnly) {
  const FolderId home = this->home(kAnna);
  const FolderId docs = subfolder(kAnna, home, "docs");
  const auto first = store(kAnna, home, "a.txt", "one");
  add_version(kAnna, first.ref, "two", "{'description':'text'}");
  auto wanted = input("{'folder_id':" + std::to_string(docs.value) + "}");
  const auto copied = infostore::copy(as(kAnna), first.ref, wanted);
  EXPECT_NE(copied.ref.id, first.ref.id);
  EXPECT_EQ(copied.ref.folder, docs);
  EXPECT_EQ(content(kAnna, copied.ref), "two");
  EXPECT_EQ(get(kAnna, copied.ref).description, "text");
  EXPECT_EQ(versions(kAnna, copied.ref), std::vector<std::int64_t>{1});
  EXPECT_EQ(infostore::copy(as(kAnna), copied.ref, wanted).filename, "a (1).txt");
  wanted = input("{'folder_id':" + std::to_string(docs.value) + ",'filename':'b.txt'}");
  EXPECT_EQ(get(kAnna, infostore::copy(as(kAnna), first.ref, wanted).ref).title, "b.txt");
}

TEST_F(ItemCreate, EverybodyWhoMaySeeItHearsOfIt) {
  const FolderId home = this->home(kAnna);
  share(home, kBerta, kReadAll);
  database.events.events.clear();
  const auto saved = store(kAnna, home, "a.txt", "1");
  ASSERT_EQ(database.events.events.size(), 1U);
  const model::Event& event = database.events.events.front();
  EXPECT_EQ(event.module, model::ObjectModule::Infostore);
  EXPECT_EQ(event.kind, model::ChangeKind::Created);
  EXPECT_EQ(event.object, saved.ref.id);
  EXPECT_EQ(told(event, home), (std::vector<UserId>{kAnna, kBerta}));
}

}  // namespace
}  // namespace gw::test
