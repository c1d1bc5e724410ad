#include "ajax/delivery/media_types.hpp"

#include <algorithm>
#include <iterator>

#include "core/text.hpp"

namespace gw::ajax {
namespace {

struct Extension {
  std::string_view name;
  std::string_view type;
};

/// Sorted by name; a test checks it.
constexpr Extension kExtensions[] = {
    {"7z", "application/x-7z-compressed"},
    {"aac", "audio/aac"},
    {"avi", "video/x-msvideo"},
    {"avif", "image/avif"},
    {"bmp", "image/bmp"},
    {"bz2", "application/x-bzip2"},
    {"css", "text/css"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"epub", "application/epub+zip"},
    {"flac", "audio/flac"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"heic", "image/heic"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"ico", "image/vnd.microsoft.icon"},
    {"ics", "text/calendar"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript"},
    {"json", "application/json"},
    {"m4a", "audio/mp4"},
    {"md", "text/markdown"},
    {"mjs", "text/javascript"},
    {"mov", "video/quicktime"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"ogg", "audio/ogg"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"rtf", "application/rtf"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"txt", "text/plain"},
    {"vcf", "text/vcard"},
    {"wav", "audio/wav"},
    {"webm", "video/webm"},
    {"webp", "image/webp"},
    {"xhtml", "application/xhtml+xml"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"xz", "application/x-xz"},
    {"zip", "application/zip"},
};
static_assert(std::is_sorted(std::begin(kExtensions), std::end(kExtensions),
                             [](const Extension& a, const Extension& b) { return a.name < b.name; }));

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  std::string_view type;
};

using namespace std::string_view_literals;
constexpr Signature kSignatures[] = {
    {0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
    {0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    {0, "GIF87a"sv, "image/gif"},
    {0, "GIF89a"sv, "image/gif"},
    {8, "WEBP"sv, "image/webp"},
    {0, "BM"sv, "image/bmp"},
    {0, "II*\0"sv, "image/tiff"},
    {0, "MM\0*"sv, "image/tiff"},
    {0, "%PDF-"sv, "application/pdf"},
    {0, "PK\x03\x04"sv, "application/zip"},
    {0, "\x1F\x8B\x08"sv, "application/gzip"},
    {4, "ftyp"sv, "video/mp4"},
    {0, "\x1A\x45\xDF\xA3"sv, "video/webm"},
    {0, "OggS"sv, "audio/ogg"},
    {0, "fLaC"sv, "audio/flac"},
    {0, "ID3"sv, "audio/mpeg"},
    {8, "WAVE"sv, "audio/wav"},
};

/// What makes a browser take text for HTML, in lower case; `<` begins each.
constexpr std::string_view kMarkup[] = {
    "!doctype html", "html",     "head",   "body",  "script", "iframe", "h1",  "div",
    "font",          "table",    "a",      "style", "title",  "b",      "br",  "p",
    "!--",           "svg",      "object", "embed", "meta",   "link",   "img", "form",
    "base",          "frameset", "applet", "video", "audio",  "math",   "?xml"};

constexpr std::string_view kShownTypes[] = {
    "application/pdf", "audio/aac",  "audio/flac", "audio/mp4",       "audio/mpeg",
    "audio/ogg",       "audio/wav",  "image/avif", "image/bmp",       "image/gif",
    "image/heic",      "image/jpeg", "image/png",  "image/tiff",      "image/vnd.microsoft.icon",
    "image/webp",      "text/plain", "video/mp4",  "video/quicktime", "video/webm"};

/// Anywhere among the bytes looked at, as some browsers did: a false alarm only costs the inline view.
bool looks_like_html(std::string_view bytes) {
  const std::string text = to_lower_ascii(bytes);
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    const std::string_view tag = std::string_view(text).substr(at + 1);
    for (const std::string_view name : kMarkup) {
      if (!tag.starts_with(name)) continue;
      const std::string_view after = tag.substr(name.size());
      if (name == "!--" || name == "?xml" || after.empty()) return true;
      if (after.find_first_of(" \t\r\n\f/>") == 0) return true;
    }
  }
  return false;
}

bool is_binary(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) || (byte >= 0x1C && byte <= 0x1F);
  });
}

}  // namespace

std::string_view media_type_of_name(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == file_name.npos) return kUnknownType;
  const std::string name = to_lower_ascii(file_name.substr(dot + 1));
  const auto* found =
      std::lower_bound(std::begin(kExtensions), std::end(kExtensions), name,
                       [](const Extension& row, const std::string& wanted) { return row.name < wanted; });
  return found != std::end(kExtensions) && found->name == name ? found->type : kUnknownType;
}

std::string_view sniff_media_type(std::string_view first_bytes) {
  const std::string_view bytes = first_bytes.substr(0, kSniffedBytes);
  for (const Signature& signature : kSignatures)
    if (bytes.size() >= signature.offset && bytes.substr(signature.offset).starts_with(signature.bytes))
      return signature.type;
  if (looks_like_html(bytes)) return "text/html";
  return is_binary(bytes) ? kUnknownType : std::string_view("text/plain");
}

std::string bare_media_type(std::string_view content_type) {
  const std::string type = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  const std::size_t slash = type.find('/');
  const bool is_type = slash != type.npos && slash > 0 && slash + 1 < type.size() &&
                       type.find('/', slash + 1) == type.npos &&
                       type.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-/") == type.npos;
  return is_type ? type : std::string();
}

std::string_view primary_type(std::string_view media_type) {
  return media_type.substr(0, media_type.find('/'));
}

bool may_be_shown_inline(std::string_view media_type) {
  return std::find(std::begin(kShownTypes), std::end(kShownTypes), media_type) != std::end(kShownTypes);
}

}  // namespace gw::ajax
