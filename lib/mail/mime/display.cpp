// Walks the tree once and sorts its leaves into shown text, listed files and nested mails; the texts are read
// and rendered afterwards.
#include "mail/mime/display.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.hpp"
#include "mail/html/cleaner.hpp"
#include "mail/html/plain_text.hpp"
#include "mail/mime/charset.hpp"
#include "mail/mime/tnef.hpp"
#include "mail/mime/uuencode.hpp"

namespace gw::mail::mime {
namespace {

constexpr std::array<std::pair<std::string_view, View>, 6> kViews{
    {{"raw", View::Raw},
     {"text", View::Text},
     {"textNoHtmlAttach", View::TextNoHtmlAttach},
     {"html", View::Html},
     {"noimg", View::NoImages},
     {"document", View::Document}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kExtensions{{
    {"application/ics", "ics"},
    {"application/msword", "doc"},
    {"application/pdf", "pdf"},
    {"application/pgp-signature", "asc"},
    {"application/pkcs7-signature", "p7s"},
    {"application/zip", "zip"},
    {"image/gif", "gif"},
    {"image/jpeg", "jpg"},
    {"image/png", "png"},
    {"image/svg+xml", "svg"},
    {"message/rfc822", "eml"},
    {"text/calendar", "ics"},
    {"text/csv", "csv"},
    {"text/html", "html"},
    {"text/plain", "txt"},
    {"text/vcard", "vcf"},
}};

bool is_text_view(View view) { return view == View::Text || view == View::TextNoHtmlAttach; }
bool is_nested(const Part& part) {
  return part.type == "message" && (part.subtype == "rfc822" || part.subtype == "global");
}
bool is_enriched(const Part& part) {
  return part.type == "text" && (part.subtype == "enriched" || part.subtype == "richtext");
}
bool is_body_text(const Part& part) {
  return part.is("text", "plain") || part.is("text", "html") || is_enriched(part);
}
bool is_signature(const Part& part) {
  return part.is("application", "pgp-signature") || part.is("application", "pkcs7-signature") ||
         part.is("application", "x-pkcs7-signature");
}
bool is_tnef_part(const Part& part) {
  return part.is("application", "ms-tnef") || part.is("application", "vnd.ms-tnef");
}
/// Source: the product's rule: a word says so, or nothing says anything.
bool is_inline(const Part& part) {
  return part.disposition == "inline" || (part.disposition != "attachment" && !part.filename);
}

/// The first leaf below `part` that fits; null: none. No recursion: trees may be deep.
template <class Fits>
const Part* find_leaf(const Part& part, const Fits& fits) {
  std::vector<const Part*> open{&part};
  while (!open.empty()) {
    const Part* next = open.back();
    open.pop_back();
    if (next->children.empty() && fits(*next)) return next;
    if (is_nested(*next)) continue;
    for (auto child = next->children.rbegin(); child != next->children.rend(); ++child)
      open.push_back(&*child);
  }
  return nullptr;
}

bool holds_html(const Part& part) {
  return find_leaf(part, [](const Part& leaf) { return leaf.is("text", "html") && is_inline(leaf); }) !=
         nullptr;
}
bool holds_text(const Part& part) {
  return find_leaf(part, [](const Part& leaf) { return is_body_text(leaf) && is_inline(leaf); }) != nullptr;
}

/// Sorts leaves. What an alternative does not show is left out or listed as virtual.
class Sorter {
 public:
  Sorter(const DisplayOptions& options, const TextReader& read) : options_(options), read_(read) {}
  std::vector<const Part*> texts, files, virtuals, images_after_text, nested;

  void run(const Part& root) {
    std::vector<Step> open{{&root, false}};
    while (!open.empty()) {
      const Step step = open.back();
      open.pop_back();
      const Part& part = *step.part;
      if (!part.is_multipart()) {
        add_leaf(part, step.is_in_related);
      } else if (part.subtype == "alternative") {
        add_alternative(part, step.is_in_related, open);
      } else {
        const bool is_related = part.subtype == "related";
        for (auto child = part.children.rbegin(); child != part.children.rend(); ++child)
          open.push_back({&*child, is_related});
      }
    }
  }

 private:
  struct Step {
    const Part* part;
    bool is_in_related;
  };

  void add_leaf(const Part& part, bool is_in_related) {
    if (is_nested(part)) {
      (options_.unpacks_nested ? nested : files).push_back(&part);
    } else if (is_body_text(part) && is_inline(part)) {
      texts.push_back(&part);
    } else {
      files.push_back(&part);
      if (part.type == "image" && part.disposition == "inline" && !is_in_related && !texts.empty())
        images_after_text.push_back(&part);
    }
  }

  void add_alternative(const Part& part, bool is_in_related, std::vector<Step>& open) {
    const Part* shown = choose(part);
    for (auto child = part.children.rbegin(); child != part.children.rend(); ++child) {
      if (&*child == shown) {
        open.push_back({shown, is_in_related});
      } else if (holds_html(*child)) {
        if (options_.view == View::Text)
          virtuals.push_back(find_leaf(*child, [](const Part& leaf) { return leaf.is("text", "html"); }));
        list_files(*child);
      } else if (!holds_text(*child) && !child->is("text", "xml")) {
        open.push_back({&*child, is_in_related});
      }
    }
  }

  /// Files inside an alternative that is not shown are files of the mail all the same.
  void list_files(const Part& part) {
    if (options_.view == View::TextNoHtmlAttach || !part.is_multipart()) return;
    std::vector<const Part*> stack{&part};
    while (!stack.empty()) {
      const Part* next = stack.back();
      stack.pop_back();
      if (next->children.empty() && !is_body_text(*next)) files.push_back(next);
      if (is_nested(*next)) continue;
      for (auto child = next->children.rbegin(); child != next->children.rend(); ++child)
        stack.push_back(&*child);
    }
  }

  /// The child of an alternative that is shown; null: none has text.
  const Part* choose(const Part& part) const {
    const Part *html = nullptr, *plain = nullptr, *other = nullptr;
    for (const Part& child : part.children) {
      if (holds_html(child)) {
        html = &child;
      } else if (child.is("text", "plain") && plain == nullptr) {
        plain = &child;
      } else if (holds_text(child)) {
        other = &child;
      }
    }
    if (plain == nullptr) plain = other;
    if (is_text_view(options_.view)) return plain != nullptr ? plain : html;
    if (html == nullptr) return other != nullptr ? other : plain;
    if (plain == nullptr || options_.view == View::Raw) return html;
    // HTML that shows nothing is no better than none.
    const Part* leaf = find_leaf(*html, [](const Part& p) { return p.is("text", "html") && is_inline(p); });
    constexpr std::int64_t kSmall = 8'192;  // bytes as transferred; larger ones are never empty
    if (leaf->size >= kSmall) return html;
    return html::is_empty_html(to_utf8(read_(*leaf, kSmall), leaf->charset)) ? plain : html;
  }

  const DisplayOptions& options_;
  const TextReader& read_;
};

std::string element_type(const Part& part) {
  std::string out = part.media_type();
  for (const auto& [name, value] : part.parameters)
    if (name != "name") out += "; " + name + "=" + value;
  return out;
}

DisplayElement file_element(const Part& part) {
  DisplayElement element;
  element.id = part.id;
  element.content_type = element_type(part);
  element.content_id = part.content_id;
  element.disposition = part.disposition == "inline" ? "inline" : "attachment";
  element.filename = part.filename;
  if (!element.filename && element.disposition == "attachment") element.filename = made_up_name(part);
  element.size = part.size;
  element.decoded_size = part.decoded_size;
  element.estimated_size = estimate_decoded_size(part);
  return element;
}

/// Reads and renders the shown texts into one element.
class Renderer {
 public:
  Renderer(const Part& root, const DisplayOptions& options, const TextReader& read, Display& to)
      : root_(root), options_(options), read_(read), to_(to) {
    if (options.max_size > 0) max_size_ = std::max(options.max_size, kMinMaxSize);
  }

  void run(const Sorter& sorted) {
    if (sorted.texts.empty()) return add_empty();
    DisplayElement element;
    element.id = sorted.texts.front()->id;
    element.disposition = "inline";
    const bool has_html = std::any_of(sorted.texts.begin(), sorted.texts.end(), [](const Part* part) {
      return part->is("text", "html") || is_enriched(*part);
    });
    if (options_.view == View::Raw)
      render_raw(sorted, element);
    else if (has_html && !is_text_view(options_.view))
      render_html(sorted, element);
    else
      render_plain(sorted, element);
    element.size = static_cast<std::int64_t>(count_characters(*element.content));
    to_.is_truncated = element.is_truncated;
    to_.elements.push_back(std::move(element));
    for (DisplayElement& file : inner_files_) to_.elements.push_back(std::move(file));
  }

 private:
  void add_empty() {
    DisplayElement element;
    element.id = "1";
    element.content_type = "text/plain";
    element.disposition = "inline";
    element.content = "";
    element.size = 0;
    to_.elements.push_back(std::move(element));
  }

  std::string text_of(const Part& part, DisplayElement& element) {
    const std::string bytes = read_(part, kMaxTextBytes);
    const bool is_cut = bytes.size() >= kMaxTextBytes;
    if (is_cut) element.is_truncated = true;
    return to_utf8(bytes, part.charset, is_cut ? Ends::Cut : Ends::Whole);
  }

  void cut(std::string& text, DisplayElement& element) const {
    if (max_size_ == 0) return;
    const std::string_view shown = first_characters(text, max_size_);
    if (shown.size() == text.size()) return;
    text.resize(shown.size());
    element.is_truncated = true;
  }

  void render_raw(const Sorter& sorted, DisplayElement& element) {
    element.content_type = element_type(*sorted.texts.front());
    std::string text;
    for (const Part* part : sorted.texts) text += text_of(*part, element);
    cut(text, element);
    element.content = std::move(text);
  }

  std::string plain_of(const Part& part, DisplayElement& element) {
    std::string text = text_of(part, element);
    if (part.is("text", "html")) return html::html_to_text(text);
    if (is_enriched(part)) return html::html_to_text(html::enriched_to_html(text));
    UuText unpacked = extract_uuencoded(text);
    std::size_t number = 0;
    for (const UuFile& file : unpacked.files) {
      DisplayElement inner;
      inner.id = part.id + ":uu" + std::to_string(++number);
      inner.content_type = "application/octet-stream";
      inner.filename = file.name;
      inner.disposition = "attachment";
      inner.size = inner.decoded_size = static_cast<std::int64_t>(file.bytes.size());
      inner_files_.push_back(std::move(inner));
    }
    return unpacked.files.empty() ? text : std::move(unpacked.text);
  }

  void render_plain(const Sorter& sorted, DisplayElement& element) {
    element.content_type = "text/plain";
    std::string text;
    for (const Part* part : sorted.texts) {
      if (!text.empty() && !text.ends_with('\n')) text += '\n';
      text += plain_of(*part, element);
    }
    cut(text, element);
    if (options_.is_for_editing) {
      element.content = std::move(text);
      return;
    }
    element.content = html::text_to_html(text);
    if (!is_text_view(options_.view)) *element.content += image_tags(sorted);
  }

  void render_html(const Sorter& sorted, DisplayElement& element) {
    element.content_type = "text/html";
    std::string source;
    for (const Part* part : sorted.texts) {
      if (!source.empty()) source += "<br>";
      if (part->is("text", "html"))
        source += text_of(*part, element);
      else if (is_enriched(*part))
        source += html::enriched_to_html(text_of(*part, element));
      else
        source += html::text_to_html(plain_of(*part, element));
    }
    source += image_tags(sorted);
    html::CleanOptions options;
    options.is_embedded = options_.is_embedded && options_.view != View::Document;
    options.max_visible = max_size_;
    options.images.blocks_remote = options_.view == View::NoImages || options_.blocks_images;
    options.images.address_of = [this](std::string_view cid) { return address_of(cid); };
    html::CleanResult cleaned = html::clean_html(source, options);
    element.content = std::move(cleaned.html);
    element.is_truncated = element.is_truncated || cleaned.is_truncated;
    to_.is_modified = cleaned.has_blocked_images;
  }

  [[nodiscard]] std::optional<std::string> address_of(std::string_view cid) const {
    if (!options_.image_address) return std::nullopt;
    const Part* part =
        find_leaf(root_, [&](const Part& leaf) { return !cid.empty() && leaf.content_id == cid; });
    if (part == nullptr)
      part = find_leaf(root_, [&](const Part& leaf) { return leaf.type == "image" && leaf.filename == cid; });
    return part == nullptr ? std::nullopt : std::optional(options_.image_address(*part));
  }

  [[nodiscard]] std::string image_tags(const Sorter& sorted) const {
    std::string out;
    if (!options_.image_address || options_.is_for_editing) return out;
    for (const Part* part : sorted.images_after_text) {
      const std::string address = options_.image_address(*part);
      const char* const joint = address.find('?') == std::string::npos ? "?" : "&";
      out += "<br><img src=\"" + escape_html(address + joint + "scaleType=contain&width=800") + "\" alt=\"" +
             escape_html(part->filename.value_or("")) + "\">";
    }
    return out;
  }

  const Part& root_;
  const DisplayOptions& options_;
  const TextReader& read_;
  Display& to_;
  std::size_t max_size_ = 0;
  std::vector<DisplayElement> inner_files_;
};

/// Replaces a winmail.dat by what is in it. False: there is nothing in it to list.
bool add_tnef(const Part& part, const TextReader& read, Display& to) {
  const std::string bytes = read(part, std::size_t{64} << 20U);
  const Tnef tnef = parse_tnef(bytes);
  std::size_t number = 0;
  for (const TnefFile& file : tnef.files) {
    DisplayElement element;
    element.id = part.id + ":tnef" + std::to_string(++number);
    element.content_type = file.type.find('/') == std::string::npos ? "application/octet-stream" : file.type;
    element.filename = file.name;
    element.disposition = "attachment";
    element.size = element.decoded_size = static_cast<std::int64_t>(file.bytes.size());
    to.elements.push_back(std::move(element));
  }
  return !tnef.files.empty();
}

}  // namespace

std::optional<View> parse_view(std::string_view word) {
  for (const auto& [name, view] : kViews)
    if (name == word) return view;
  return std::nullopt;
}

Display plan_display(const Part& root, const DisplayOptions& options, const TextReader& read) {
  Display out;
  Sorter sorted(options, read);
  sorted.run(root);
  Renderer(root, options, read, out).run(sorted);
  for (const Part* part : sorted.virtuals) {
    DisplayElement element = file_element(*part);
    element.disposition = "alternative";
    element.filename = part->filename;
    element.is_virtual = true;
    out.elements.push_back(std::move(element));
  }
  for (const Part* part : sorted.files) {
    if (options.unpacks_tnef && is_tnef_part(*part) && add_tnef(*part, read, out)) continue;
    out.elements.push_back(file_element(*part));
  }
  out.nested = std::move(sorted.nested);
  return out;
}

bool has_attachments(const Part& root) {
  struct Step {
    const Part* part;
    bool is_in_related;
  };
  std::vector<Step> open{{&root, false}};
  while (!open.empty()) {
    const Step step = open.back();
    open.pop_back();
    const Part& part = *step.part;
    if (part.is_multipart()) {
      for (const Part& child : part.children) open.push_back({&child, part.subtype == "related"});
      continue;
    }
    if (is_signature(part)) continue;
    if (part.disposition == "attachment" || is_nested(part)) return true;
    if (part.filename && part.type != "text" && !step.is_in_related) return true;
  }
  return false;
}

std::string made_up_name(const Part& part) {
  std::string name = "part_" + part.id;
  const std::string type = part.media_type();
  for (const auto& [known, extension] : kExtensions)
    if (known == type) return name + "." + std::string(extension);
  return name + ".bin";
}

std::int64_t estimate_decoded_size(const Part& part) {
  if (part.decoded_size >= 0) return part.decoded_size;
  if (part.size < 0) return -1;
  // 76 symbols and a line end carry 57 bytes.
  return part.encoding == "base64" ? part.size * 57 / 78 : part.size;
}

std::string_view outer_part_id(std::string_view id) { return id.substr(0, id.find(':')); }

std::optional<std::string> read_inner_file(std::string_view id, std::string_view part_bytes) {
  const std::size_t colon = id.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view rest = id.substr(colon + 1);
  const bool is_tnef = rest.starts_with("tnef");
  if (!is_tnef && !rest.starts_with("uu")) return std::nullopt;
  const auto number = parse_integer(rest.substr(is_tnef ? 4 : 2));
  if (!number || *number < 1) return std::nullopt;
  const auto index = static_cast<std::size_t>(*number - 1);
  if (is_tnef) {
    const Tnef tnef = parse_tnef(part_bytes);
    return index < tnef.files.size() ? std::optional(std::string(tnef.files[index].bytes)) : std::nullopt;
  }
  UuText text = extract_uuencoded(part_bytes);
  return index < text.files.size() ? std::optional(std::move(text.files[index].bytes)) : std::nullopt;
}

}  // namespace gw::mail::mime
