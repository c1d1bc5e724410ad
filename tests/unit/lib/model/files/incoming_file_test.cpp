// Bytes on their way in, and the space they take.
#include "model/files/incoming_file.hpp"

#include "unit/lib/model/infostore/file_cabinet.hpp"

namespace gw::test {
namespace {

namespace files = model::files;

class IncomingFiles : public FileCabinet {
 protected:
  /// Counts the bytes; `fails` throws instead of committing.
  void keep(std::vector<files::IncomingFile*> incoming, bool fails = false) {
    files::write_with_files(as(kAnna), incoming, [&](model::Transaction& transaction) {
      transaction.stamp();
      for (const files::IncomingFile* file : incoming)
        files::add_used_bytes(transaction.connection(), kContext, file->owner, file->size);
      if (fails) throw ApiError(errors::ifo::kChanged);
    });
  }
};

TEST_F(IncomingFiles, AllAreKeptOrNone) {
  files::IncomingFile one(as(kAnna), files::kContextFiles, -1), two(as(kAnna), files::kContextFiles, -1);
  one.write("1");
  two.write("22");
  EXPECT_EQ(refusal([&] { keep({&one, &two}, true); }), "IFO-1302");
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(root.files.count(), 2U);  // removed with the objects
}

TEST_F(IncomingFiles, WhatWasNotKeptIsRemovedAgain) {
  {
    files::IncomingFile kept(as(kAnna), files::kContextFiles, -1), lost(as(kAnna), 3, -1);
    kept.write("1");
    lost.write("22");
    lost.commit();
    keep({&kept});
    EXPECT_EQ(kept.md5sum, "c4ca4238a0b923820dcc509a6f75849b");
    EXPECT_EQ(root.files.count(), 2U);
  }
  EXPECT_EQ(root.files.count(), 1U);
  EXPECT_EQ(root.files.spaces.at("1_ctx_store").size(), 1U);
  EXPECT_EQ(used(), 1);
}

TEST_F(IncomingFiles, TheQuotaEndsThemEarly) {
  set_context_quota(3);
  EXPECT_EQ(refusal([&] { files::IncomingFile(as(kAnna), files::kContextFiles, 4); }), "FLS-0024");
  files::IncomingFile file(as(kAnna), files::kContextFiles, -1);
  file.write("123");
  EXPECT_EQ(refusal([&] { file.write("4"); }), "FLS-0024");
}

TEST_F(IncomingFiles, AContinuedFileIsANewOne) {
  files::IncomingFile first(as(kAnna), files::kContextFiles, -1);
  first.write("one");
  keep({&first});
  files::IncomingFile more(as(kAnna), first.name(), -1);
  more.write("two");
  EXPECT_EQ(more.size, 6);
  EXPECT_EQ(more.added_bytes(), 3);
  more.commit();
  EXPECT_NE(more.file_id, first.file_id);
  EXPECT_FALSE(more.md5sum.has_value());
  EXPECT_EQ(refusal([&] {
              files::IncomingFile(as(kAnna), {files::kContextFiles, first.file_id, 2}, -1);
            }),
            "FLS-0019");
}

TEST_F(IncomingFiles, SpacesOfADroppedContextAreEmpty) {
  files::IncomingFile file(as(kAnna), files::kContextFiles, -1);
  file.write("1");
  keep({&file});
  as(kAdmin).write([](model::Transaction& transaction) { files::drop_spaces(transaction, kContext); });
  EXPECT_EQ(root.files.count(), 0U);
}

}  // namespace
}  // namespace gw::test
