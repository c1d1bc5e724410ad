#include "model/infostore/infostore_properties.hpp"

#include "file_cabinet.hpp"

namespace gw::test {
namespace {

using infostore::Property;
using infostore::PropertyChange;
using infostore::TreeEntry;

class InfostoreProperties : public FileCabinet {
 protected:
  InfostoreProperties() {
    folder = subfolder(kAnna, home(kAnna), "folder");
    share(folder, kBerta, kReadAll);
    const ItemRef ref = store(kAnna, folder, "a.txt", "1").ref;
    file = {ref.folder, ref.id};
  }
  static PropertyChange set(std::string name, std::string value = "<v/>") {
    return {{"urn:x", std::move(name), std::move(value)}, false};
  }
  FolderId folder;
  TreeEntry file;
};

TEST_F(InfostoreProperties, AreStoredReplacedAndRemoved) {
  infostore::change_properties(as(kAnna), file, {set("a"), set("b"), set("a", "<new/>")});
  auto found = infostore::list_properties(as(kBerta), file);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].value, "<new/>");
  infostore::change_properties(as(kAnna), file, {{{"urn:x", "a", {}}, true}, {{"urn:x", "never", {}}, true}});
  EXPECT_EQ(infostore::list_properties(as(kAnna), file).size(), 1U);
}

TEST_F(InfostoreProperties, OfAWholeFolderComeTogether) {
  const FolderId below = subfolder(kAnna, folder, "below");
  infostore::change_properties(as(kAnna), file, {set("a")});
  infostore::change_properties(as(kAnna), {below, {}}, {set("b")});
  infostore::change_properties(as(kAnna), {folder, {}}, {set("c")});
  const auto found = infostore::list_member_properties(as(kAnna), folder, std::array{below});
  EXPECT_EQ(found.of_items.at(file.item).front().name, "a");
  EXPECT_EQ(found.of_folders.at(below).front().name, "b");
  EXPECT_EQ(found.of_folders.size(), 1U);
}

TEST_F(InfostoreProperties, NeedTheRightToWrite) {
  EXPECT_EQ(refusal([&] { infostore::change_properties(as(kBerta), file, {set("a")}); }), "IFO-0403");
  EXPECT_EQ(refusal([&] { infostore::change_properties(as(kBerta), {folder, {}}, {set("a")}); }), "IFO-0403");
  EXPECT_EQ(refusal([&] { infostore::check_may_change_properties(as(kBerta), file); }), "IFO-0403");
}

TEST_F(InfostoreProperties, AreLimited) {
  EXPECT_EQ(refusal([&] { infostore::change_properties(as(kAnna), file, {set(std::string(256, 'n'))}); }),
            "IFO-0100");
  const std::string large(infostore::kMaxPropertyValue + 1, 'v');
  EXPECT_EQ(refusal([&] {
              infostore::change_properties(as(kAnna), file, {set("a"), set("b", large)});
            }),
            "IFO-0100");
  std::vector<PropertyChange> many;
  for (std::size_t i = 0; i <= infostore::kMaxProperties; ++i) many.push_back(set(std::to_string(i)));
  EXPECT_EQ(refusal([&] { infostore::change_properties(as(kAnna), file, many); }), "FLS-0024");
  EXPECT_TRUE(infostore::list_properties(as(kAnna), file).empty());
}

TEST_F(InfostoreProperties, GoWithTheirFile) {
  infostore::change_properties(as(kAnna), file, {set("a")});
  remove(kAnna, {file.folder, file.item}, true);
  EXPECT_TRUE(infostore::list_properties(as(kAnna), file).empty());
}

}  // namespace
}  // namespace gw::test
