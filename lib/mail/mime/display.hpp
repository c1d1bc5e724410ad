// What of a mail is shown: the text that stands for it, and the list of its other parts. Works on any Part
// tree (from BODYSTRUCTURE or from our parser) and asks for bytes only of the texts it shows. Source: spec
// mail sections 3.1, 3.2.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/part.hpp"

namespace gw::mail::mime {

enum class View {
  Raw,               ///< nothing changed
  Text,              ///< plain text, HTML listed as virtual
  TextNoHtmlAttach,  ///< plain text only
  Html,              ///< cleaned, remote images kept
  NoImages,          ///< cleaned, remote images left out
  Document,          ///< as Html, a whole page
};
/// Errors: empty for an unknown word.
std::optional<View> parse_view(std::string_view word);

/// The bytes of a part with its transfer encoding undone, cut to `most`. Called for shown texts only.
using TextReader = std::function<std::string(const Part& part, std::size_t most)>;

struct DisplayOptions {
  View view = View::Html;
  bool is_embedded = false;
  bool is_for_editing = false;  ///< plain text stays as it is
  bool blocks_images = false;   ///< remote images are left out in every view
  bool unpacks_nested = true;   ///< false: nested mails are plain attachments
  bool unpacks_tnef = false;    ///< read winmail.dat and list what is in it
  std::size_t max_size = 0;     ///< characters of shown text; 0: all; raised to kMinMaxSize
  /// The address of an image of this mail; absent: `cid:` images vanish and inline images are only listed.
  std::function<std::string(const Part& part)> image_address;
};

inline constexpr std::size_t kMinMaxSize = 10'000;
/// Bytes of one text that are read. Longer ones are cut and marked.
inline constexpr std::size_t kMaxTextBytes = std::size_t{4} << 20U;

struct DisplayElement {
  std::string id;  ///< part id; files inside a part have `<id>:uu<n>` or `<id>:tnef<n>`
  std::string content_type;
  std::optional<std::string> filename, content;
  std::string content_id;
  std::string disposition;  ///< "inline", "attachment", "alternative"
  std::int64_t size = -1;   ///< text: characters of `content`; file: bytes as transferred
  std::int64_t decoded_size = -1, estimated_size = -1;  ///< bytes; -1: not known
  bool is_virtual = false, is_truncated = false;
};

struct Display {
  std::vector<DisplayElement> elements;  ///< the shown text first, then document order
  std::vector<const Part*> nested;  ///< message/rfc822 parts, when they are unpacked. Points into the tree
  bool is_modified = false;         ///< remote images were left out
  bool is_truncated = false;
};

/// Errors: none of its own; what `read` throws passes. Cost: linear in parts and shown text.
Display plan_display(const Part& root, const DisplayOptions& options, const TextReader& read);

/// The `attachment` marker, from the structure alone: a part with that disposition, a named part that is no
/// text and not inside related, or a nested mail. Signatures do not count. Source: spec mail section 3.
bool has_attachments(const Part& root);

/// A name for an unnamed part: `part_2.1.pdf`.
std::string made_up_name(const Part& part);
/// Bytes after decoding, estimated from the transfer encoding; -1: size not known.
std::int64_t estimate_decoded_size(const Part& part);

/// A file that plan_display listed inside a part: its bytes, from the decoded bytes of the part.
/// Errors: empty when the id names none.
std::optional<std::string> read_inner_file(std::string_view id, std::string_view part_bytes);
/// The id of the part that holds it: before the colon.
std::string_view outer_part_id(std::string_view id);

}  // namespace gw::mail::mime
