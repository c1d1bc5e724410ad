#include "model/infostore/picture_notes.hpp"

#include "file_cabinet.hpp"
#include "model/infostore/infostore_tree.hpp"
#include "unit/lib/model/contacts/picture_samples.hpp"

namespace gw::test {
namespace {

using infostore::PictureNotes;

class PicturesAmongFiles : public FileCabinet {
 protected:
  Item described(const std::string& bytes, std::size_t piece) {
    PictureNotes notes;
    for (std::size_t i = 0; i < bytes.size(); i += piece)
      notes.read(std::string_view(bytes).substr(i, piece));
    Item item;
    notes.describe(item);
    return item;
  }
};

TEST_F(PicturesAmongFiles, AreKnownHoweverTheirBytesCome) {
  const std::string photo = with_exif(sample_jpeg(61, 43), ExifBlock(true));
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, photo.size()}) {
    const Item item = described(photo, piece);
    EXPECT_EQ(item.width, 61);
    EXPECT_EQ(item.height, 43);
    EXPECT_EQ(item.camera_model, "Model T");
    EXPECT_EQ(item.camera_iso_speed, 400);
    EXPECT_EQ(format_utc(item.capture_date), "2026-11-30T10:34:56Z");
  }
}

TEST_F(PicturesAmongFiles, NothingIsKeptOfOtherFilesNorOfAPictureThatIsKnown) {
  PictureNotes text;
  text.read("no picture");
  EXPECT_EQ(text.kept_bytes(), 0U);
  PictureNotes picture;
  picture.read(sample_png(5, 5));
  EXPECT_EQ(picture.kept_bytes(), 0U);
  // It begins like one, and never tells its size.
  PictureNotes endless;
  endless.read("\xFF\xD8\xFF\xE0");
  endless.read(std::string(PictureNotes::kMaxHead / 2, '\xFF'));
  EXPECT_GT(endless.kept_bytes(), 0U);
  endless.read(std::string(PictureNotes::kMaxHead, '\xFF'));
  EXPECT_EQ(endless.kept_bytes(), 0U);
}

TEST_F(PicturesAmongFiles, TellTheirSizeAndWhenTheyWereTaken) {
  const auto file = store(kAnna, home(kAnna), "a.jpg", with_exif(sample_jpeg(61, 43), ExifBlock(false)));
  const Json object =
      Json::parse(model::write_object(get(kAnna, file.ref), infostore::item_fields(), {}).dump()).value();
  EXPECT_EQ(object.get("width").to_integer(), 61);
  EXPECT_EQ(object.get("height").to_integer(), 43);
  EXPECT_EQ(object.get("camera_model").to_text(), "Model T");
  EXPECT_EQ(object.get("capture_date").to_integer(), object.get("media_date").to_integer());
  const auto other = store(kAnna, home(kAnna), "a.txt", "text");
  const std::string text = model::write_object(get(kAnna, other.ref), infostore::item_fields(), {}).dump();
  EXPECT_EQ(text.find("width"), std::string::npos) << text;
  EXPECT_EQ(text.find("media_date"), std::string::npos) << text;
}

TEST_F(PicturesAmongFiles, BelongToTheirVersion) {
  const auto file = store(kAnna, home(kAnna), "a.png", sample_png(3, 4));
  add_version(kAnna, file.ref, sample_gif(5, 6));
  add_version(kAnna, file.ref, "no picture");
  update(kAnna, file.ref, "{'description':'changes no picture'}");
  EXPECT_EQ(get(kAnna, file.ref).width, 0);
  EXPECT_EQ(get(kAnna, file.ref, 1).width, 3);
  EXPECT_EQ(get(kAnna, file.ref, 2).height, 6);
  update(kAnna, file.ref, "{'version':'2'}");
  EXPECT_EQ(get(kAnna, file.ref).width, 5);
}

TEST_F(PicturesAmongFiles, AreDescribedInTheirCopiesToo) {
  const auto file = store(kAnna, home(kAnna), "a.png", sample_png(3, 4));
  const FolderId target = subfolder(kAnna, home(kAnna), "to");
  infostore::Transfer transfer;
  transfer.source = {file.ref.folder, file.ref.id};
  transfer.target = target;
  transfer.name = "b.png";
  infostore::copy_entry(as(kAnna), transfer);
  EXPECT_EQ(infostore::list_folder(as(kAnna), target, {}).items.at(0).width, 3);
  infostore::ItemInput changed = input("{}");
  changed.item.folder_id = target.value;
  changed.sent.set(
      static_cast<std::size_t>(model::find_column(infostore::item_fields(), infostore::kFolderColumn)));
  EXPECT_EQ(get(kAnna, infostore::copy(as(kAnna), file.ref, changed).ref).height, 4);
}

}  // namespace
}  // namespace gw::test
