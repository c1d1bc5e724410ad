#include "model/contacts/contact_pictures.hpp"

#include "address_book.hpp"
#include "core/crypto.hpp"
#include "picture_samples.hpp"

namespace gw::test {
namespace {

class ContactPictures : public AddressBook {
 protected:
  static std::string with_picture(const std::string& members, const std::string& bytes) {
    return members + ",'image1':'" + to_base64(bytes) + "','image1_content_type':'image/png'}";
  }
  std::optional<std::string> find(UserId user, const contacts::PictureQuery& query) {
    const auto head = contacts::find_picture(as(user), query);
    if (!head) return std::nullopt;
    return contacts::load_picture(as(user), *head)->bytes;
  }
  const std::string small = sample_png(20, 20);
  const std::string other = sample_png(30, 30);
};

TEST_F(ContactPictures, IsStoredShownByItsUrlAndRemovedByNull) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, with_picture("{'last_name':'x'", small));
  Contact contact = get(kAnna, {home, id});
  EXPECT_EQ(contact.number_of_images, 1);
  EXPECT_EQ(contact.image_last_modified, contact.last_modified);
  EXPECT_EQ(contact.image1_content_type, "image/png");
  EXPECT_NE(text(kAnna, {home, id})
                .find("/ajax/image/contact/picture?folder=" + std::to_string(home.value) +
                      "&id=" + std::to_string(id.value) + "&timestamp="),
            std::string::npos);
  EXPECT_EQ(text(kAnna, {home, id}).find("\"image1\""), std::string::npos);
  EXPECT_EQ(find(kAnna, {.contact = ContactRef{home, id}}), small);
  const Millis stamp = contact.image_last_modified;
  update(kAnna, {home, id}, "{'note':'x','image1_content_type':'text/html'}");
  contact = get(kAnna, {home, id});
  EXPECT_EQ(contact.image_last_modified, stamp);
  EXPECT_EQ(contact.image1_content_type, "image/png");
  update(kAnna, {home, id}, "{'image1':null}");
  EXPECT_EQ(get(kAnna, {home, id}).number_of_images, 0);
  EXPECT_EQ(find(kAnna, {.contact = ContactRef{home, id}}), std::nullopt);
}

TEST_F(ContactPictures, ABrokenUploadStoresNothing) {
  EXPECT_EQ(refusal([&] {
              create(kAnna, home(kAnna), "{'last_name':'x','image1':'!!','image1_content_type':'image/png'}");
            }),
            "CON-0136");
  EXPECT_EQ(
      refusal([&] { create(kAnna, home(kAnna), "{'last_name':'x','image1':'" + to_base64(small) + "'}"); }),
      "CON-0170");
  EXPECT_EQ(names(kAnna, home(kAnna)), Names{});
}

TEST_F(ContactPictures, IsHiddenFromWhoMayNotSeeTheContact) {
  const FolderId home = this->home(kAnna);
  const ObjectId id =
      create(kAnna, home, with_picture("{'last_name':'x','email1':'x@x.test','private_flag':true", small));
  share(home, kBerta, kReadAll);
  for (const UserId user : {kBerta, kCarl}) {
    EXPECT_EQ(find(user, {.contact = ContactRef{home, id}}), std::nullopt);
    EXPECT_EQ(find(user, {.addresses = {"x@x.test"}}), std::nullopt);
  }
  EXPECT_EQ(find(kAnna, {.addresses = {"X@x.test"}}), small);
}

TEST_F(ContactPictures, PrefersUsersThenTheMostRecentlyChanged) {
  const FolderId home = this->home(kAnna);
  create(kAnna, home, with_picture("{'last_name':'a','email2':'berta@example.test'", small));
  EXPECT_EQ(find(kAnna, {.addresses = {"berta@example.test"}}), small);
  create(kAnna, home, with_picture("{'last_name':'b','email1':'berta@example.test'", other));
  EXPECT_EQ(find(kAnna, {.addresses = {"berta@example.test"}}), other);
  const ContactRef berta{FolderId(6), ObjectId(contacts::get_user(as(kBerta), kBerta).id)};
  const std::string users = sample_png(40, 40);
  update(kBerta, berta, with_picture("{'note':'x'", users));
  create(kAnna, home, with_picture("{'last_name':'c','email1':'berta@example.test'", small));
  EXPECT_EQ(find(kAnna, {.addresses = {"berta@example.test"}}), users);
  EXPECT_EQ(find(kAnna, {.user = kBerta}), users);
  EXPECT_EQ(find(kAnna, {.user = kCarl, .addresses = {"berta@example.test"}}), users);
}

TEST_F(ContactPictures, GoesWithACopy) {
  const FolderId home = this->home(kAnna);
  const ObjectId id = create(kAnna, home, with_picture("{'last_name':'x'", small));
  const ObjectId copied = contacts::copy(as(kAnna), {home, id}, home).id;
  EXPECT_EQ(find(kAnna, {.contact = ContactRef{home, copied}}), small);
}

}  // namespace
}  // namespace gw::test
