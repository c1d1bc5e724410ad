#include "address_book.hpp"

namespace gw::test {
namespace {

TEST_F(AddressBook, ANewContactHasWhatTheServerDecidesAndWhatWasSent) {
  const FolderId home = this->home(kAnna);
  const ObjectId id =
      create(kAnna, home, "{'first_name':'Tom','last_name':'Kraus','id':'999','created_by':99,'user_id':7}");
  const Contact contact = get(kAnna, {home, id});
  EXPECT_EQ(contact.display_name, "Kraus, Tom");
  EXPECT_EQ(contact.file_as, "Kraus, Tom");
  EXPECT_EQ(contact.uid->size(), 36U);
  EXPECT_EQ(contact.created_by, kAnna.value);
  EXPECT_EQ(contact.modified_by, kAnna.value);
  EXPECT_EQ(contact.user_id, 0);
  EXPECT_EQ(contact.creation_date, contact.last_modified);
  ASSERT_EQ(database.events.events.size(), 1U);
  EXPECT_EQ(database.events.events[0].kind, model::ChangeKind::Created);
  EXPECT_EQ(told(database.events.events[0]), std::vector<UserId>{kAnna});
}

TEST_F(AddressBook, AMissingDisplayNameIsBuiltFromWhatExists) {
  const FolderId home = this->home(kAnna);
  const std::pair<const char*, contacts::Text> cases[] = {
      {"{'first_name':'Tom','last_name':'Kraus'}", "Kraus, Tom"},
      {"{'first_name':'Tom'}", "Tom"},
      {"{'last_name':'Kraus','company':'ACME'}", "Kraus"},
      {"{'company':'ACME','email1':'a@b.test'}", "ACME"},
      {"{'email2':'c@d.test'}", "c@d.test"},
      {"{'note':'x'}", std::nullopt},
      {"{'last_name':'Kraus','display_name':''}", std::nullopt},
  };
  for (const auto& [body, expected] : cases)
    EXPECT_EQ(get(kAnna, {home, create(kAnna, home, body)}).display_name, expected) << body;
}

TEST_F(AddressBook, CreatingIsRefusedWithTheApisCodes) {
  const FolderId home = this->home(kAnna);
  const FolderId open = public_folder(kAuthor);
  const FolderId readable = public_folder(kReadAll);
  share(home, kBerta, kAuthor);
  const auto code = [&](UserId user, FolderId folder, const char* body) {
    return refusal([&] { create(user, folder, body); });
  };
  EXPECT_EQ(
      refusal([&] { contacts::create(as(kAnna), contacts::parse_contact(json("{'last_name':'x'}"), true)); }),
      "SVL-0002");
  EXPECT_EQ(code(kAnna, readable, "{'last_name':'x'}"), "CON-0112");
  EXPECT_EQ(code(kAnna, FolderId(6), "{'last_name':'x'}"), "CON-0112");
  EXPECT_EQ(code(kAdmin, FolderId(6), "{'last_name':'x'}"), "CON-0112");
  EXPECT_EQ(code(kAnna, FolderId(9), "{'last_name':'x'}"), "CON-0103");
  EXPECT_EQ(code(kCarl, home, "{'last_name':'x'}"), "FLD-0003");
  EXPECT_EQ(code(kAnna, FolderId(4711), "{'last_name':'x'}"), "FLD-0008");
  EXPECT_EQ(code(kAnna, home, "{'email1':'nonsense'}"), "CON-0100");
  EXPECT_EQ(code(kAnna, home, "{'email3':'Anna <a@b.test>'}"), "CON-0100");
  EXPECT_EQ(code(kAnna, home, "{'distribution_list':[{'mail':'a@b.test','mail_field':0}]}"), "CON-0166");
  EXPECT_EQ(
      code(kAnna, home, "{'display_name':'L','distribution_list':[{'display_name':'a','mail_field':0}]}"),
      "CON-0177");
  EXPECT_EQ(code(kBerta, home, "{'last_name':'x','private_flag':true}"), "CON-0118");
  EXPECT_EQ(code(kAnna, open, "{'last_name':'x','private_flag':true}"), "CON-0171");
  EXPECT_EQ(code(kAnna, home, "{'last_name':'x','private_flag':true}"), "");
  EXPECT_EQ(code(kAnna, home, "{'last_name':'a\\u0007b'}"), "CON-0168");
  EXPECT_EQ(code(kAnna, home, "{'color_label':11}"), "SVL-0010");
  database.settings.check_mail_addresses = false;
  EXPECT_EQ(code(kAnna, home, "{'email1':'nonsense'}"), "");
}

TEST_F(AddressBook, ValuesThatAreTooLongAreNamedAllAtOnce) {
  const std::string body = "{'first_name':'" + std::string(256, 'x') + "','last_name':'ok','company':'" +
                           std::string(513, 'y') + "'}";
  try {
    create(kAnna, home(kAnna), body);
    FAIL();
  } catch (const ApiError& error) {
    EXPECT_EQ(format_code(error.code()), "CON-0154");
    ASSERT_EQ(error.problematic().size(), 2U);
    EXPECT_EQ(error.problematic()[0].column, 501);
    EXPECT_EQ(error.problematic()[0].length, 256);
    EXPECT_EQ(error.problematic()[0].max_size, 255);
    EXPECT_EQ(error.problematic()[1].column, 569);
  }
}

TEST_F(AddressBook, TheQuotaOfTheContextHolds) {
  const FolderId home = this->home(kAnna);
  create(kAnna, home, "{'last_name':'one'}");
  database.settings.limits.contacts_per_context = 6;  // four users and one contact are there
  EXPECT_EQ(refusal([&] { create(kAnna, home, "{'last_name':'two'}"); }), "");
  EXPECT_EQ(refusal([&] { create(kAnna, home, "{'last_name':'three'}"); }), "QUOTA-0003");
  database.settings.limits.contacts_per_context = -1;
  EXPECT_EQ(refusal([&] { create(kAnna, home, "{'last_name':'three'}"); }), "");
}

TEST_F(AddressBook, ABulkImportStoresWhatItCanAndSaysWhatItCannot) {
  const FolderId home = this->home(kAnna);
  std::vector<contacts::ContactInput> inputs;
  for (int i = 0; i < 1'203; ++i) {
    Json body = json("{'last_name':'n" + std::to_string(i) + "'}");
    body.set("folder_id", Json::integer(i == 700 ? 6 : home.value));
    if (i == 3) body.set("email1", Json::string("broken"));
    inputs.push_back(contacts::parse_contact(body, true));
  }
  const auto outcomes = contacts::create_many(as(kAnna), inputs);
  ASSERT_EQ(outcomes.size(), inputs.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (i == 3 || i == 700) {
      ASSERT_TRUE(outcomes[i].error.has_value()) << i;
      EXPECT_EQ(format_code(outcomes[i].error->code()), i == 3 ? "CON-0100" : "CON-0112");
    } else {
      EXPECT_FALSE(outcomes[i].error.has_value()) << i;
      EXPECT_GT(outcomes[i].id.value, 0);
    }
  }
  EXPECT_EQ(names(kAnna, home).size(), 1'201U);
}

TEST_F(AddressBook, ACopyHasTheDataAndAnIdentityOfItsOwn) {
  const FolderId home = this->home(kAnna);
  const FolderId target = public_folder(kAuthor);
  const ObjectId source =
      create(kAnna, home, "{'display_name':'List','distribution_list':[{'mail':'a@b.test','mail_field':0}]}");
  const ObjectId copied = contacts::copy(as(kAnna), {home, source}, target).id;
  const Contact before = get(kAnna, {home, source});
  const Contact after = get(kAnna, {target, copied});
  EXPECT_NE(before.id, after.id);
  EXPECT_NE(before.uid, after.uid);
  EXPECT_EQ(before.distribution_list, after.distribution_list);
  const ObjectId of_user =
      contacts::copy(as(kAnna), {FolderId(6), ObjectId(contacts::get_user(as(kAnna), kBerta).id)}, home).id;
  EXPECT_EQ(get(kAnna, {home, of_user}).user_id, 0);
  EXPECT_EQ(get(kAnna, {home, of_user}).email1, "berta@example.test");
}

}  // namespace
}  // namespace gw::test
