#include <fstream>
#include <sstream>

#include "address_book.hpp"
#include "model/field_sql.hpp"
#include "support/source_folder.hpp"

namespace gw::test {
namespace {

using contacts::contact_fields;

Json contract() {
  std::ifstream file(source_folder() / "tests/data/http-api.json");
  std::stringstream text;
  text << file.rdbuf();
  auto parsed = Json::parse(text.str());
  EXPECT_TRUE(parsed.has_value());
  return parsed.value_or(Json());
}

TEST(ContactFields, HoldEveryMemberOfTheContract) {
  int members = 0;
  contract()
      .get("objects")
      .get("ContactData")
      .get("fields")
      .for_each_member([&](std::string_view name, const Json&) {
        ++members;
        EXPECT_GE(model::find_json(contact_fields(), name), 0) << name;
      });
  EXPECT_GT(members, 100);
}

TEST(ContactFields, AreColumnsOfTheTable) {
  TestDatabase database;
  const sql::Lease lease = database.pool->acquire();
  const auto all = model::stored_fields(contact_fields());
  EXPECT_FALSE(
      lease->query("SELECT " + model::select_list(contact_fields(), all) + " FROM contacts WHERE cid=?", 1)
          .next());
}

/// A value of the right kind for one row.
Json sample(const model::Field<Contact>& field, int seed) {
  if (field.json == "distribution_list")
    return json("[{'mail':'m@x.test','display_name':'M','mail_field':0}]");
  if (field.json.starts_with("email")) return Json::string("a" + std::to_string(seed) + "@example.test");
  if (field.json == "color_label") return Json::integer(7);
  if (field.json == "default_address") return Json::integer(2);
  return std::visit(
      [&](auto member) {
        using V = std::decay_t<decltype(std::declval<Contact>().*member)>;
        if constexpr (std::is_same_v<V, contacts::Text>)
          return Json::string("Wert \xC3\xBC " + std::to_string(seed));
        if constexpr (std::is_same_v<V, std::optional<Date>>)
          return Json::integer(86'400'000LL * (seed - 5'000));
        if constexpr (std::is_same_v<V, bool>) return Json::boolean(true);
        return Json::integer(seed);
      },
      field.member);
}

class RoundTrip : public AddressBook {};

TEST_F(RoundTrip, EveryWritableFieldComesBackAsItWasSentThroughCreateAndUpdate) {
  const FolderId home = this->home(kAnna);
  int seed = 0;
  for (const auto& field : contact_fields()) {
    ++seed;
    if ((field.flags & model::kReadOnly) || field.json == "folder_id" || field.column == 570 ||
        field.column == 601 || field.column == 602)
      continue;
    SCOPED_TRACE(std::string(field.json));
    const std::string name(field.json);
    Json body = Json::object();
    body.set("display_name", Json::string("Name"));
    body.set("folder_id", Json::integer(home.value));
    body.set(name, sample(field, seed));
    const ObjectId id = contacts::create(as(kAnna), contacts::parse_contact(body, true)).id;
    const auto written = [&] {
      return model::write_object(get(kAnna, {home, id}), contact_fields(), {}).get(name.c_str());
    };
    if (name == "distribution_list") {
      EXPECT_EQ(written().dump(),
                R"([{"display_name":"M","sort_name":"M","mail":"m@x.test","mail_field":0}])");
    } else {
      EXPECT_TRUE(written().equals(body.get(name.c_str()))) << written().dump();
    }
    if (field.flags & model::kCreateOnly) continue;
    Json change = Json::object();
    change.set(name, Json::null());
    contacts::update(as(kAnna), {home, id}, contacts::parse_contact(change, false), contacts::kAnyVersion);
    const Json cleared = written();
    const bool is_empty = cleared.is_missing() || (cleared.is_boolean() && !cleared.is_true()) ||
                          (cleared.is_integer() && cleared.as_integer() == 0);
    EXPECT_TRUE(is_empty) << cleared.dump();
    change.set(name, sample(field, seed + 1));
    contacts::update(as(kAnna), {home, id}, contacts::parse_contact(change, false), contacts::kAnyVersion);
    EXPECT_FALSE(written().is_missing());
  }
}

TEST_F(RoundTrip, ReadOnlyMembersAreIgnoredAndIdsAreStrings) {
  const FolderId home = this->home(kAnna);
  const ObjectId id =
      create(kAnna, home, "{'last_name':'x','useCount':50,'number_of_images':1,'modified_by':9}");
  const Json object = model::write_object(get(kAnna, {home, id}), contact_fields(), {});
  EXPECT_TRUE(object.get("id").is_string());
  EXPECT_TRUE(object.get("folder_id").is_string());
  EXPECT_TRUE(object.get("created_by").is_integer());
  EXPECT_EQ(object.get("useCount").as_integer(), 0);
  EXPECT_EQ(object.get("number_of_images").as_integer(), 0);
  EXPECT_EQ(object.get("modified_by").as_integer(), kAnna.value);
  EXPECT_TRUE(object.get("image1_url").is_missing());
  EXPECT_TRUE(object.get("user_id").is_missing());
}

}  // namespace
}  // namespace gw::test
