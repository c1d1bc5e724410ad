#include "archive/verify.hpp"

#include <vector>

#include "archive/broken_archive.hpp"
#include "archive/tar_reader.hpp"
#include "core/digest.hpp"

namespace gw::archive {
namespace {

constexpr std::size_t kVerifiedAtOnce = 65'536;
constexpr std::size_t kLargestManifest = 1'048'576;

/// Digest of what is left of the entry; counts its bytes.
std::string digest_entry(TarReader& reader, std::int64_t& bytes) {
  Sha256 digest;
  std::vector<char> buffer(kVerifiedAtOnce);
  while (const std::size_t count = reader.read(buffer)) {
    digest.update({buffer.data(), count});
    bytes += static_cast<std::int64_t>(count);
  }
  return digest.finish();
}

std::string digest_text(std::string_view text) {
  Sha256 digest;
  digest.update(text);
  return digest.finish();
}

}  // namespace

Verified verify_archive(int descriptor) {
  TarReader reader(descriptor);
  Verified verified;
  auto entry = reader.next();
  if (!entry || entry->path != kManifestName)
    throw BrokenArchive("this is no backup of the groupware: it does not begin with a manifest");
  const std::string manifest = reader.read_all(kLargestManifest);
  verified.manifest = parse_manifest(manifest);
  // The last entry is compared as a whole: no list of the others needs to be kept.
  Sha256 lines;
  std::string digest = digest_text(manifest);
  for (;;) {
    lines.update(digest + "  " + entry->path + "\n");
    ++verified.entries;
    entry = reader.next();
    if (!entry) throw BrokenArchive("the archive is cut off: its checksums are missing");
    digest = digest_entry(reader, verified.bytes);
    if (entry->path == kChecksumsName) break;
  }
  if (digest != lines.finish())
    throw BrokenArchive("the archive is damaged: its contents do not fit their checksums");
  if (reader.next()) throw BrokenArchive("the archive is damaged: something follows its checksums");
  return verified;
}

}  // namespace gw::archive
