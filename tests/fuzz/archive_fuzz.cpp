// A backup, as somebody may hand it in: the row of a table, the index of a mail folder, lines, a manifest.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

#include "archive/broken_archive.hpp"
#include "archive/line_cutter.hpp"
#include "archive/mail_index.hpp"
#include "archive/manifest.hpp"
#include "archive/row_text.hpp"
#include "archive/verify.hpp"
#include "fuzz/require.hpp"
#include "sql/schema/schema.hpp"

namespace {

using namespace gw::archive;
using gw::fuzz::require;

/// Null: refused, as it may.
template <class Parse>
auto taken(Parse parse) -> std::optional<decltype(parse())> {
  try {
    return parse();
  } catch (const BrokenArchive&) {
    return std::nullopt;
  }
}

const std::vector<gw::sql::TableLayout>& tables() {
  static const auto all = gw::sql::layout_at(gw::sql::schema_steps().back().number);
  return all;
}

void check_row(std::string_view line) {
  for (const auto& table : tables()) {
    const auto row = taken([&] { return parse_row(line, table); });
    if (!row) continue;
    const auto again = taken([&] { return parse_row(format_row(*row, table), table); });
    require(again && *again == *row);
  }
}

void check_lines(std::string_view text) {
  std::string joined;
  try {
    LineCutter cutter(64, [&](std::string_view line) {
      require(line.size() <= 64);
      joined += std::string(line) + '\n';
    });
    for (std::size_t at = 0; at < text.size(); at += 3) cutter.add(text.substr(at, 3));
    cutter.finish();
  } catch (const BrokenArchive&) {
    return;
  }
  require(joined == text);
}

void check_file(std::string_view bytes) {
  const int file = memfd_create("archive", MFD_CLOEXEC);
  require(file >= 0 && ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  taken([&] { return verify_archive(file).entries; });
  ::close(file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_row(text);
  check_lines(text);
  check_file(text);
  if (const auto manifest = taken([&] { return parse_manifest(text); }))
    require(taken([&] { return parse_manifest(to_json(*manifest).dump()); }).has_value());
  if (const auto mail = taken([&] { return parse_mail_line(text); }))
    require(parse_mail_line(format_line(*mail)).uid == mail->uid);
  if (const auto folder = taken([&] { return parse_folder_line(text); }))
    require(parse_folder_line(format_line(*folder)).name == folder->name);
  return 0;
}
