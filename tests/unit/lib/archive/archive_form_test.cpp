// The file itself: rows, lines, checksums, and what is done to it on its way.
#include "archive/broken_archive.hpp"
#include "archive/line_cutter.hpp"
#include "archive/mail_index.hpp"
#include "archive/row_text.hpp"
#include "archive/tar_reader.hpp"
#include "unit/lib/archive/archive_fixture.hpp"

namespace gw::test {
namespace {

using archive::BrokenArchive;

std::string write_tar(archive::Compression compression,
                      const std::function<void(archive::TarWriter&)>& fill) {
  std::string bytes;
  archive::TarWriter tar([&](std::string_view piece) { bytes += piece; }, compression, {1'700'000'000'000});
  archive::Manifest manifest;
  manifest.schema = sql::schema_steps().back().number;
  manifest.context = ContextId(7);
  manifest.context_name = "seven";
  tar.add(archive::kManifestName, archive::to_json(manifest).dump());
  fill(tar);
  tar.finish();
  return bytes;
}

std::string problem_of_archive(const std::string& bytes) {
  const ArchiveFile file(bytes);
  try {
    archive::verify_archive(file.descriptor());
  } catch (const BrokenArchive& broken) {
    return broken.what();
  }
  return "";
}

TEST(ArchiveRow, OfEveryTableReadsBackAsItWas) {
  for (const sql::TableLayout& table : head_tables()) {
    archive::Row row(table.columns.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (table.columns[i].name == "cid") continue;
      if (table.columns[i].type == sql::ColumnType::Integer)
        row[i] = std::int64_t{-9'007'199'254'740'993};
      else if (table.columns[i].type == sql::ColumnType::Blob)
        row[i] = std::string("\0\xff\n", 3);
      else
        row[i] = std::string("\u00e4\n\"\\\0x", 7);
    }
    const std::string line = archive::format_row(row, table);
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    EXPECT_EQ(archive::parse_row(line, table), row) << table.name;
  }
}

TEST(ArchiveRow, IsRefusedWhenItIsNone) {
  const sql::TableLayout* table = sql::find_table(head_tables(), "group_members");
  ASSERT_NE(table, nullptr);
  EXPECT_NO_THROW(archive::parse_row(R"({"group_id":1,"user_id":2})", *table));
  for (const char* line : {"", "[]", "{", R"({"group_id":1})", R"({"group_id":1,"user_id":"2"})",
                           R"({"group_id":1,"user_id":2,"cid":3})", R"({"group_id":1,"user_id":2,"more":3})",
                           R"({"group_id":1,"user_id":null})"})
    EXPECT_THROW(archive::parse_row(line, *table), BrokenArchive) << line;
}

TEST(ArchiveLines, AreTheSameHoweverTheyAreCut) {
  const std::string text = "one\n\nthree is longer\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    std::vector<std::string> lines;
    archive::LineCutter cutter(15, [&](std::string_view line) { lines.emplace_back(line); });
    for (std::size_t at = 0; at < text.size(); at += piece)
      cutter.add(std::string_view(text).substr(at, piece));
    cutter.finish();
    EXPECT_EQ(lines, (std::vector<std::string>{"one", "", "three is longer"}));
  }
  archive::LineCutter cutter(4, [](std::string_view) {});
  EXPECT_THROW(cutter.add("12345"), BrokenArchive);
  archive::LineCutter open(9, [](std::string_view) {});
  open.add("no end");
  EXPECT_THROW(open.finish(), BrokenArchive);
}

TEST(ArchiveMailIndex, KeepsFlagsAndDates) {
  archive::MailLine mail;
  mail.uid = 4'000'000'000U;
  mail.size = 17;
  mail.received = Millis{1'700'000'000'000};
  mail.flags.flags.bits = 33;
  mail.flags.color = 3;
  mail.flags.keywords = {"$label1", "work"};
  mail.message_id = "<a@b>";
  const archive::MailLine back = archive::parse_mail_line(archive::format_line(mail));
  EXPECT_EQ(back.uid, mail.uid);
  EXPECT_EQ(back.received, mail.received);
  EXPECT_EQ(back.flags.flags, mail.flags.flags);
  EXPECT_EQ(back.flags.color, 3);
  EXPECT_EQ(back.flags.keywords, mail.flags.keywords);
  EXPECT_EQ(back.message_id, mail.message_id);
  const auto folder =
      archive::parse_folder_line(archive::format_line(archive::FolderLine{"A.B", '.', false}));
  EXPECT_EQ(folder.name, "A.B");
  EXPECT_EQ(folder.separator, '.');
  EXPECT_FALSE(folder.is_subscribed);
  for (const char* line : {"", "{}", R"({"uid":0})", R"({"uid":99999999999})"})
    EXPECT_THROW(archive::parse_mail_line(line), BrokenArchive) << line;
  EXPECT_THROW(archive::parse_folder_line(R"({"folder":""})"), BrokenArchive);
}

TEST(Archive, IsWholeWhateverCompressedIt) {
  using archive::Compression;
  for (const Compression compression : {Compression::None, Compression::Gzip, Compression::Zstd}) {
    const std::string bytes = write_tar(
        compression, [](archive::TarWriter& tar) { tar.add("files/0/a", std::string(300'000, 'x')); });
    const ArchiveFile file(bytes);
    const archive::Verified verified = archive::verify_archive(file.descriptor());
    EXPECT_EQ(verified.manifest.context, ContextId(7));
    EXPECT_EQ(verified.entries, 2);
    archive::TarReader reader(file.descriptor());
    EXPECT_EQ(reader.next()->path, "manifest.json");
    EXPECT_EQ(reader.next()->size, 300'000);
    EXPECT_EQ(reader.read_all(300'000).size(), 300'000U);
  }
}

TEST(Archive, ThatIsCutOffAnywhereIsRefused) {
  const std::string whole =
      write_tar(archive::Compression::None, [](archive::TarWriter& tar) { tar.add("rows/a.jsonl", "{}\n"); });
  // Behind the checksums a tar file has nothing but zeros, which tell nothing.
  const std::size_t end = whole.find_last_not_of('\0');
  for (std::size_t length = 0; length < end; length += 64)
    EXPECT_NE(problem_of_archive(whole.substr(0, length)), "") << length;
  for (const archive::Compression compression : {archive::Compression::Gzip, archive::Compression::Zstd}) {
    const std::string packed =
        write_tar(compression, [](archive::TarWriter& tar) { tar.add("rows/a.jsonl", "{}\n"); });
    for (std::size_t length = 0; length < packed.size() - 16; length += 8)
      EXPECT_NE(problem_of_archive(packed.substr(0, length)), "") << length;
  }
}

TEST(Archive, WhoseBytesChangedIsRefused) {
  const std::string content = "the bytes that matter";
  const std::string whole =
      write_tar(archive::Compression::None, [&](archive::TarWriter& tar) { tar.add("files/0/a", content); });
  const std::size_t at = whole.find(content);
  ASSERT_NE(at, std::string::npos);
  for (std::size_t i = 0; i < content.size(); ++i) {
    std::string changed = whole;
    changed[at + i] = static_cast<char>(changed[at + i] ^ 1);
    EXPECT_NE(problem_of_archive(changed), "") << i;
  }
  std::string renamed = whole;
  const std::size_t name = renamed.find("files/0/a");
  renamed.replace(name, 9, "files/1/a");
  EXPECT_NE(problem_of_archive(renamed), "");
  EXPECT_EQ(problem_of_archive(whole), "");
}

TEST(Archive, OfSomethingElseIsRefused) {
  EXPECT_NE(problem_of_archive(""), "");
  EXPECT_NE(problem_of_archive("no archive"), "");
  std::string bytes;
  archive::TarWriter tar([&](std::string_view piece) { bytes += piece; }, archive::Compression::None, {1});
  tar.add("other", "x");
  tar.finish();
  EXPECT_NE(problem_of_archive(bytes), "");
}

TEST(Archive, OfANewerProgramTellsWhatToInstall) {
  EXPECT_THROW(archive::parse_manifest(
                   R"({"format":"groupware-backup","version":2,"schema":1,"context":1,"created_ms":1})"),
               BrokenArchive);
  EXPECT_THROW(archive::parse_manifest(R"({"format":"other"})"), BrokenArchive);
  EXPECT_THROW(archive::parse_manifest("x"), BrokenArchive);
}

TEST(Archive, LeavesNothingWhenItWasGivenUp) {
  std::string bytes;
  {
    archive::TarWriter tar([&](std::string_view piece) { bytes += piece; }, archive::Compression::None, {1});
    tar.add("manifest.json", "{}");
    EXPECT_THROW(
        {
          tar.begin("files/0/a", 3);
          tar.write("1234");
        },
        std::logic_error);
  }
  EXPECT_NE(problem_of_archive(bytes), "");
}

}  // namespace
}  // namespace gw::test
