// Snippets: who sees and changes them, limits, files.
#include "model/snippets/snippet_service.hpp"

#include <gtest/gtest.h>

#include "model/users/provisioning.hpp"
#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

namespace snippets = model::snippets;
namespace files = model::files;
using snippets::Snippet;

class Snippets : public FileCabinet {
 protected:
  static Snippet signature(const std::string& name, bool shared = false) {
    Snippet snippet;
    snippet.display_name = name;
    snippet.type = "signature";
    snippet.is_shared = shared;
    return snippet;
  }
  std::int64_t create(UserId user, const std::string& name, bool shared = false,
                      const std::string& bytes = "") {
    std::vector<snippets::NewAttachment> taken;
    if (!bytes.empty()) taken.push_back(file(user, bytes));
    return snippets::create(as(user), signature(name, shared), taken).id;
  }
  snippets::NewAttachment file(UserId user, const std::string& bytes) {
    snippets::NewAttachment taken;
    taken.facts.name = "a.png";
    taken.facts.media_type = "image/png";
    taken.bytes = std::make_unique<files::IncomingFile>(as(user), files::kContextFiles, -1);
    taken.bytes->write(bytes);
    return taken;
  }
  Names names(UserId user, std::string_view type = "") {
    Names names;
    for (const Snippet& each : snippets::list(as(user), type)) names.push_back(each.display_name);
    return names;
  }
  static void rename(Snippet& snippet) { snippet.display_name = "new"; }
};

TEST_F(Snippets, SharedOnesAreReadByAllAndChangedByTheirCreator) {
  const std::int64_t own = create(kAnna, "own");
  const std::int64_t shared = create(kAnna, "shared", true);
  EXPECT_EQ(names(kAnna), (Names{"own", "shared"}));
  EXPECT_EQ(names(kBerta), Names{"shared"});
  EXPECT_TRUE(names(kAnna, "other").empty());
  EXPECT_EQ(snippets::load(as(kBerta), shared).owner, kAnna);
  EXPECT_EQ(refusal([&] { snippets::load(as(kBerta), own); }), "SNIPPET-0004");
  EXPECT_EQ(refusal([&] { snippets::change(as(kBerta), own, rename, {}); }), "SNIPPET-0004");
  EXPECT_EQ(refusal([&] { snippets::change(as(kBerta), shared, rename, {}); }), "SNIPPET-0007");
  EXPECT_EQ(refusal([&] { snippets::remove(as(kBerta), shared); }), "SNIPPET-0007");
  EXPECT_EQ(snippets::change(as(kAnna), shared, rename, {}).display_name, "new");
  snippets::remove(as(kAnna), shared);
  EXPECT_EQ(refusal([&] { snippets::remove(as(kAnna), shared); }), "SNIPPET-0004");
}

TEST_F(Snippets, FilesCountForTheContextAndGoWithTheirSnippet) {
  const std::int64_t id = create(kAnna, "a", false, "333");
  EXPECT_EQ(used(), 3);
  std::vector<snippets::NewAttachment> more;
  more.push_back(file(kAnna, "22"));
  const Snippet both = snippets::change(
      as(kAnna), id, [](Snippet&) {}, more);
  ASSERT_EQ(both.attachments.size(), 2U);
  EXPECT_EQ(used(), 5);
  snippets::change(as(kAnna), id,
                   [](Snippet& snippet) { snippet.attachments.erase(snippet.attachments.begin()); }, {});
  EXPECT_EQ(snippets::load(as(kAnna), id).attachments.front().id, both.attachments.back().id);
  EXPECT_EQ(refusal([&] { snippets::find_attachment(both, "x"); }), "SNIPPET-0005");
  EXPECT_EQ(used(), 2);
  snippets::remove(as(kAnna), id);
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(root.files.count(), 0U);
}

TEST_F(Snippets, HaveLimits) {
  Snippet long_one = signature("x");
  long_one.content = std::string(snippets::kMaxContent + 1, 'x');
  EXPECT_EQ(refusal([&] { snippets::create(as(kAnna), long_one, {}); }), "SNIPPET-0010");
  std::vector<snippets::NewAttachment> many;
  for (std::int64_t i = 0; i <= snippets::kMaxFiles; ++i) many.push_back(file(kAnna, "1"));
  EXPECT_EQ(refusal([&] { snippets::create(as(kAnna), signature("x"), many); }), "SNIPPET-0008");
  many.clear();
  EXPECT_EQ(root.files.count(), 0U);
  sql::Lease lease = database.pool->acquire();
  for (std::int64_t i = 0; i < snippets::kMaxSnippets; ++i)
    lease->execute(
        "INSERT INTO snippets (cid,id,user_id,changed,display_name,type,module,shared,content,misc,props) "
        "VALUES (?,?,?,0,'','','',0,'','','')",
        kContext, 1'000'000 + i, kAnna);
  EXPECT_EQ(refusal([&] { create(kAnna, "one more"); }), "QUOTA-0003");
  create(kBerta, "other");
}

TEST_F(Snippets, TheyGoWithTheirUserAndTheCheckKnowsTheirFiles) {
  create(kAnna, "a", true, "1");
  create(kBerta, "b", true, "22");
  database.clock.advance(2 * files::kGraceMillis);
  const auto found = files::check_files(as(kAdmin));
  EXPECT_TRUE(found.orphans.empty() && found.missing.empty() && found.usage.empty());
  model::users::delete_user(as(kAdmin), kAnna);
  EXPECT_EQ(names(kCarl), Names{"b"});
  EXPECT_EQ(used(), 2);
  EXPECT_EQ(root.files.count(), 1U);
}

}  // namespace
}  // namespace gw::test
