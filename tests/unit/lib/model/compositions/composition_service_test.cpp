// Composition spaces: whose they are, limits, files, sending once, expiry.
#include "model/compositions/composition_service.hpp"

#include <gtest/gtest.h>

#include "model/compositions/composition_account.hpp"
#include "model/users/provisioning.hpp"
#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

namespace compositions = model::compositions;
namespace files = model::files;
using compositions::Space;

constexpr const char* kStore = "1_ctx_compose_store";

class Compositions : public FileCabinet {
 protected:
  static Space new_space(const std::string& subject = "x") {
    Space space;
    space.id = compositions::make_space_id();
    space.message = Json::object().set("subject", Json::string(subject));
    space.meta = Json::object().set("type", Json::string("NEW"));
    return space;
  }
  compositions::NewAttachment file(UserId user, const std::string& name, const std::string& bytes) {
    compositions::NewAttachment taken;
    taken.facts.name = name;
    taken.facts.media_type = "text/plain";
    taken.bytes = compositions::begin_file(as(user));
    taken.bytes->write(bytes);
    return taken;
  }
  std::string open(UserId user) { return compositions::open(as(user), new_space(), {}).id; }
  std::vector<compositions::Attachment> attach(UserId user, const std::string& space, const std::string& name,
                                               const std::string& bytes, const std::string& replaces = {}) {
    std::vector<compositions::NewAttachment> taken;
    taken.push_back(file(user, name, bytes));
    return compositions::attach(as(user), space, taken, replaces);
  }
  std::size_t stored() { return root.files.spaces[kStore].size(); }
  Names names(UserId user, const std::string& space) {
    Names names;
    for (const auto& each : compositions::load(as(user), space).attachments) names.push_back(each.name);
    return names;
  }
};

TEST_F(Compositions, OnlyTheOwnerSeesAndChangesASpace) {
  const std::string id = open(kAnna);
  EXPECT_EQ(compositions::load(as(kAnna), id).message.get("subject").as_string(), "x");
  EXPECT_EQ(refusal([&] { compositions::load(as(kBerta), id); }), "MSGCS-0007");
  EXPECT_EQ(refusal([&] { compositions::change(as(kBerta), id, [](Space&) {}); }), "MSGCS-0007");
  EXPECT_EQ(refusal([&] { attach(kBerta, id, "a", "1"); }), "MSGCS-0007");
  EXPECT_FALSE(compositions::remove(as(kBerta), id));
  EXPECT_TRUE(compositions::list(as(kBerta)).empty());
  EXPECT_EQ(stored(), 0U);
  EXPECT_TRUE(compositions::remove(as(kAnna), id));
  EXPECT_FALSE(compositions::remove(as(kAnna), id));
}

TEST_F(Compositions, IdsMayHaveDashes) {
  const std::string id = open(kAnna);
  std::string dashed = id;
  dashed.insert(8, "-");
  EXPECT_EQ(compositions::load(as(kAnna), dashed).id, id);
  for (const char* bad : {"", "x", "0123456789abcdef0123456789abcdeg"})
    EXPECT_EQ(refusal([&] { compositions::parse_space_id(bad); }), "MSGCS-0007") << bad;
}

TEST_F(Compositions, AUserHasAFewOnly) {
  database.settings.mail.compositions = 2;
  const std::string first = open(kAnna);
  database.clock.advance(1);
  const std::string second = open(kAnna);
  EXPECT_EQ(refusal([&] { open(kAnna); }), "MSGCS-0011");
  EXPECT_EQ(refusal([&] { compositions::require_room(as(kAnna)); }), "MSGCS-0011");
  open(kBerta);
  const auto listed = compositions::list(as(kAnna));
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed.front().id, second);
  compositions::remove(as(kAnna), first);
  open(kAnna);
}

TEST_F(Compositions, AttachmentsKeepTheirOrderAndTheirFilesCountForNobody) {
  const std::string id = open(kAnna);
  attach(kAnna, id, "b", "22");
  const std::string middle = attach(kAnna, id, "a", "333").front().id;
  attach(kAnna, id, "c", "1");
  EXPECT_EQ(used(), 0);
  attach(kAnna, id, "new", "4444", middle);
  EXPECT_EQ(names(kAnna, id), (Names{"b", "new", "c"}));
  EXPECT_EQ(stored(), 3U);
  EXPECT_EQ(refusal([&] { attach(kAnna, id, "x", "1", middle); }), "MSGCS-0009");
  EXPECT_EQ(refusal([&] { compositions::detach(as(kAnna), id, middle); }), "MSGCS-0009");
  const Space space = compositions::load(as(kAnna), id);
  compositions::detach(as(kAnna), id, space.attachments.front().id);
  EXPECT_EQ(names(kAnna, id), (Names{"new", "c"}));
  EXPECT_EQ(stored(), 2U);
  compositions::remove(as(kAnna), id);
  EXPECT_EQ(stored(), 0U);
  EXPECT_EQ(used(), 0);
}

TEST_F(Compositions, AllFilesTogetherHaveALimitAndNothingIsLeftBehind) {
  database.settings.limits.upload = 5;
  const std::string id = open(kAnna);
  attach(kAnna, id, "a", "333");
  EXPECT_EQ(refusal([&] { attach(kAnna, id, "b", "333"); }), "MSG-0029");
  EXPECT_EQ(names(kAnna, id), Names{"a"});
  EXPECT_EQ(stored(), 1U);
}

TEST_F(Compositions, WhoSendsASpaceKeepsOthersOff) {
  const std::string id = open(kAnna);
  {
    compositions::SendClaim claim(as(kAnna), id);
    EXPECT_EQ(refusal([&] { compositions::change(as(kAnna), id, [](Space&) {}); }), "MSGCS-0010");
    EXPECT_EQ(refusal([&] { compositions::remove(as(kAnna), id); }), "MSGCS-0010");
    compositions::change(
        as(kAnna), id, [](Space& space) { space.message_id = "<a@b>"; }, &claim);
    claim.extend(1'000);
  }
  EXPECT_EQ(compositions::load(as(kAnna), id).message_id, "<a@b>");
  compositions::SendClaim claim(as(kAnna), id);
  EXPECT_TRUE(compositions::remove(as(kAnna), id, &claim));
  EXPECT_EQ(refusal([&] { compositions::SendClaim late(as(kAnna), id); }), "MSGCS-0007");
}

TEST_F(Compositions, AClaimWhoseHolderDiedEnds) {
  const std::string id = open(kAnna);
  compositions::SendClaim dead(as(kAnna), id);
  database.clock.advance(6 * 60'000);
  compositions::SendClaim next(as(kAnna), id);
  EXPECT_EQ(refusal([&] { dead.extend(1); }), "MSGCS-0010");
  EXPECT_EQ(refusal([&] {
              compositions::change(
                  as(kAnna), id, [](Space&) {}, &dead);
            }),
            "MSGCS-0010");
}

TEST_F(Compositions, IdleOnesGoWithTheirFiles) {
  database.settings.mail.composition_idle = Milliseconds(1'000);
  const std::string old = open(kAnna);
  attach(kAnna, old, "a", "1");
  database.clock.advance(600);
  const std::string young = open(kBerta);
  database.clock.advance(500);
  EXPECT_EQ(refusal([&] { compositions::load(as(kAnna), old); }), "MSGCS-0007");
  EXPECT_EQ(compositions::purge_idle(*database.environment), 1);
  EXPECT_EQ(compositions::purge_idle(*database.environment), 0);
  EXPECT_EQ(stored(), 0U);
  EXPECT_EQ(compositions::load(as(kBerta), young).id, young);
  database.settings.mail.composition_idle = Milliseconds(0);
  database.clock.advance(1'000'000);
  EXPECT_EQ(compositions::purge_idle(*database.environment), 0);
  EXPECT_EQ(compositions::load(as(kBerta), young).id, young);
}

TEST_F(Compositions, TheCheckOfTheStoreKnowsTheirFiles) {
  const std::string id = open(kAnna);
  const auto kept = attach(kAnna, id, "a", "1").front();
  database.clock.advance(2 * files::kGraceMillis);
  auto found = files::check_files(as(kAdmin));
  EXPECT_TRUE(found.orphans.empty() && found.missing.empty() && found.usage.empty());
  root.files.spaces.at(kStore).erase(kept.file.id);
  found = files::check_files(as(kAdmin));
  EXPECT_EQ(found.missing.size(), 1U);
  files::mend_files(as(kAdmin), found);
  EXPECT_TRUE(compositions::load(as(kAnna), id).attachments.empty());
}

TEST_F(Compositions, TheyGoWithTheirUser) {
  attach(kAnna, open(kAnna), "a", "1");
  attach(kBerta, open(kBerta), "b", "1");
  model::users::delete_user(as(kAdmin), kAnna);
  EXPECT_EQ(stored(), 1U);
  sql::Lease lease = database.pool->acquire();
  for (const char* table : {"composition_spaces", "composition_attachments"}) {
    sql::Query row = lease->query("SELECT COUNT(*) FROM " + std::string(table) + " WHERE cid=?", kContext);
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.integer(0), 1) << table;
  }
}

}  // namespace
}  // namespace gw::test
