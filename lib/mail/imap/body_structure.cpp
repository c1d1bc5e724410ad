#include "mail/imap/body_structure.hpp"

#include "core/text.hpp"
#include "mail/mime/parameters.hpp"
#include "mail/mime/words.hpp"

namespace gw::mail::imap {
namespace {

struct Limits {
  int parts = 0;
};

std::string lower(const Value& value, std::string_view otherwise) {
  const auto text = value.string();
  return text && !text->empty() ? to_lower_ascii(*text) : std::string(otherwise);
}

std::int64_t size_of(const Value& value) {
  const std::optional<std::string_view> text = value.string();
  const auto number = text ? parse_number(*text) : std::nullopt;
  return number && *number <= INT64_MAX ? static_cast<std::int64_t>(*number) : -1;
}

/// `("CHARSET" "utf-8" …)`
mime::Parameters pairs_of(const Value& list) {
  mime::Parameters pairs;
  for (std::size_t i = 0; i + 1 < list.items.size(); i += 2) {
    const auto name = list.items[i].string();
    if (name) pairs.emplace_back(std::string(*name), std::string(list.items[i + 1].string().value_or("")));
  }
  return pairs;
}

std::string without_brackets(std::string_view id) {
  id = trim(id);
  if (id.starts_with('<') && id.ends_with('>') && id.size() >= 2) id = id.substr(1, id.size() - 2);
  return std::string(id);
}

/// `("attachment" ("filename" "a.txt"))`, or a bare word from broken servers. Sets the word, gives the pairs.
mime::Parameters apply_disposition(Part& part, const Value& value) {
  if (!value.is_list()) {
    part.disposition = lower(value, "");
    return {};
  }
  part.disposition = lower(value.at(0), "");
  return pairs_of(value.at(1));
}

std::string child_id(const std::string& prefix, std::size_t index) {
  return (prefix.empty() ? "" : prefix + ".") + std::to_string(index + 1);
}

Part parse_part(const Value& body, const std::string& id, const std::string& prefix, int depth,
                Limits& limits);

/// `prefix` is what its children's numbers begin with: empty for the root, else the number of the multipart,
/// or of the message around it.
void parse_multipart(Part& part, const Value& body, const std::string& prefix, int depth, Limits& limits) {
  part.type = "multipart";
  std::size_t index = 0;
  for (; index < body.items.size() && body.items[index].is_list(); ++index) {
    if (depth >= kMaxPartDepth || limits.parts >= kMaxParts) continue;
    const std::string id = child_id(prefix, index);
    part.children.push_back(parse_part(body.items[index], id, id, depth + 1, limits));
  }
  part.subtype = lower(body.at(index), "mixed");
  const auto of_type = mime::decode_parameters(pairs_of(body.at(index + 1)));
  const auto of_disposition = mime::decode_parameters(apply_disposition(part, body.at(index + 2)));
  mime::apply_parameters(part, of_type, of_disposition);
}

void parse_single(Part& part, const Value& body, const std::string& id, int depth, Limits& limits) {
  part.type = lower(body.at(0), "application");
  part.subtype = lower(body.at(1), "octet-stream");
  const mime::Parameters of_type = mime::decode_parameters(pairs_of(body.at(2)));
  part.content_id = without_brackets(body.at(3).string().value_or(""));
  part.encoding = lower(body.at(5), "7bit");
  part.size = size_of(body.at(6));
  std::size_t extension = 7;
  if (part.is("message", "rfc822") && body.at(8).is_list()) {
    // envelope, body, lines
    if (depth < kMaxPartDepth && limits.parts < kMaxParts) {
      const Value& inner = body.at(8);
      const bool is_multipart = inner.at(0).is_list();
      // A multipart inside a message has no number of its own; a single part is number 1 of the message.
      part.children.push_back(
          parse_part(inner, is_multipart ? id + ".TEXT" : child_id(id, 0), id, depth + 1, limits));
    }
    part.lines = size_of(body.at(9));
    extension = 10;
  } else if (part.type == "text") {
    part.lines = size_of(body.at(7));
    // Some servers leave the number of lines out and go on with the digest.
    extension = part.lines >= 0 || body.at(7).is_nil() ? 8 : 7;
  }
  const auto of_disposition = mime::decode_parameters(apply_disposition(part, body.at(extension + 1)));
  mime::apply_parameters(part, of_type, of_disposition);
}

// Recursion ends at kMaxPartDepth.
Part parse_part(const Value& body, const std::string& id, const std::string& prefix, int depth,
                Limits& limits) {
  ++limits.parts;
  Part part;
  part.id = id;
  if (body.at(0).is_list())
    parse_multipart(part, body, prefix, depth, limits);
  else
    parse_single(part, body, id, depth, limits);
  return part;
}

/// `("TEXT" "PLAIN" … size lines md5 disposition …)`; servers that leave something out are not believed.
bool is_text_without_disposition(const Value& body) {
  constexpr std::size_t kLines = 7, kDigest = 8, kDisposition = 9;
  const auto type = body.at(0).string();
  const bool has_lines = body.at(kLines).is_nil() || size_of(body.at(kLines)) >= 0;
  return type && equal_ignoring_ascii_case(*type, "text") && has_lines && !body.at(kDigest).is_list() &&
         body.items.size() > kDisposition && body.at(kDisposition).is_nil();
}

/// Recursion ends at kMaxPartDepth.
bool is_of_texts(const Value& body, int depth) {
  if (!body.at(0).is_list()) return is_text_without_disposition(body);
  if (depth >= kMaxPartDepth) return false;
  for (const Value& each : body.items) {
    if (!each.is_list()) return true;  // the subtype: the parts are before it
    if (!is_of_texts(each, depth + 1)) return false;
  }
  return true;
}

}  // namespace

bool is_of_texts_alone(const Value& body) { return is_of_texts(body, 0); }

Part parse_body_structure(const Value& body) {
  Limits limits;
  const bool is_multipart = body.at(0).is_list();
  return parse_part(body, is_multipart ? "" : "1", "", 0, limits);
}

}  // namespace gw::mail::imap
