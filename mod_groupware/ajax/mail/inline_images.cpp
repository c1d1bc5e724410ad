#include "ajax/mail/inline_images.hpp"

#include "ajax/delivery/media_types.hpp"
#include "core/crypto.hpp"
#include "core/random.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

using mail::mime::Attachment;

constexpr std::string_view kTag = "<img ";
constexpr std::string_view kSource = "src=\"";
constexpr std::string_view kData = "data:";
constexpr std::string_view kBase64 = ";base64,";

std::string undo_entities(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i).starts_with("&amp;")) {
      plain += '&';
      i += 5;
    } else {
      plain += text[i++];
    }
  }
  return plain;
}

std::optional<Attachment> image_of_data(std::string_view address) {
  if (!address.starts_with(kData)) return std::nullopt;
  const std::size_t mark = address.find(kBase64);
  if (mark == address.npos) return std::nullopt;
  const auto bytes = from_base64(address.substr(mark + kBase64.size()));
  if (!bytes) return std::nullopt;
  Attachment image;
  image.type = std::string(sniff_media_type(std::string_view(*bytes).substr(0, kSniffedBytes)));
  if (primary_type(image.type) != "image") return std::nullopt;
  image.name = "image." + image.type.substr(image.type.find('/') + 1);
  image.open = [held = std::make_shared<std::string>(*bytes)] {
    return [held, offset = std::size_t{0}](std::size_t most) mutable {
      std::string piece = held->substr(std::min(offset, held->size()), most);
      offset += piece.size();
      return piece;
    };
  };
  return image;
}

}  // namespace

std::optional<std::string> query_of_own_address(std::string_view address, std::string_view path) {
  const std::string plain = undo_entities(address);
  if (!plain.starts_with('/') || plain.starts_with("//")) return std::nullopt;
  const std::size_t question = plain.find('?');
  if (question == plain.npos) return std::nullopt;
  const std::string_view before = std::string_view(plain).substr(0, question);
  const std::string wanted = "/" + std::string(path);
  // Below the API root there is nothing of that name but the module itself.
  return before.ends_with(wanted) ? std::optional(plain.substr(question + 1)) : std::nullopt;
}

HtmlWithImages take_inline_images(std::string_view html, const ImageFinder& find) {
  HtmlWithImages out;
  while (!html.empty()) {
    const std::size_t tag = html.find(kTag);
    const std::size_t end = tag == html.npos ? html.npos : html.find('>', tag);
    const std::size_t source = tag == html.npos ? html.npos : html.find(kSource, tag);
    if (tag == html.npos || end == html.npos) break;
    if (source == html.npos || source > end || out.images.size() >= kMaxInlineImages) {
      out.html += html.substr(0, end + 1);
      html.remove_prefix(end + 1);
      continue;
    }
    const std::size_t begin = source + kSource.size();
    const std::size_t quote = html.find('"', begin);
    if (quote == html.npos) break;
    const std::string_view address = html.substr(begin, quote - begin);
    auto image = image_of_data(address);
    if (!image) image = find(address);
    out.html += html.substr(0, begin);
    if (image) {
      image->content_id = random_hex(16) + "@groupware";
      image->is_inline = true;
      out.html += "cid:" + image->content_id;
      out.images.push_back(std::move(*image));
    } else {
      out.html += address;
    }
    html.remove_prefix(quote);
  }
  out.html += html;
  return out;
}

}  // namespace gw::ajax
