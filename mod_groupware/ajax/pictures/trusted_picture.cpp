#include "ajax/pictures/trusted_picture.hpp"

#include <fmt/format.h>

#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include "ajax/delivery/media_types.hpp"
#include "ajax/delivery/preconditions.hpp"
#include "ajax/mail/mail_authenticity.hpp"
#include "core/crypto.hpp"
#include "core/log.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kLargestPicture = 262'144;  ///< bytes

/// Errors: empty when the file cannot be read, or is larger.
std::optional<std::string> read_picture(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(kLargestPicture + 1, '\0');
  if (!file) return std::nullopt;
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > kLargestPicture) return std::nullopt;
  return bytes;
}

[[noreturn]] void throw_not_found() { throw HttpError(404, "There is no picture."); }

Response trusted_picture(Invocation& invocation) {
  const std::string_view id = invocation.arguments.text("uid");
  for (const TrustedSender& sender : invocation.work.settings().authenticity.trusted) {
    if (sender.picture.empty() || picture_id(sender) != id) continue;
    invocation.work.release();
    auto bytes = read_picture(sender.picture);
    const std::string type(bytes ? sniff_media_type(std::string_view(*bytes).substr(0, kSniffedBytes))
                                 : kUnknownType);
    if (!bytes || primary_type(type) != "image" || !may_be_shown_inline(type)) {
      log(LogLevel::Warning, "GW0406",
          fmt::format("{} is no picture of at most {} bytes that can be read", sender.picture,
                      kLargestPicture));
      throw_not_found();
    }
    const std::string tag = '"' + to_hex(sha256(*bytes)).substr(0, 32) + '"';
    const bool is_known = is_unchanged(invocation.request, {tag, {}}, invocation.work.now());
    Response response = is_known ? Response::no_content(304) : Response::raw(type, std::move(*bytes));
    response.cacheable = true;
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", "private, max-age=86400");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return response;
  }
  throw_not_found();
}

constexpr Parameter kTrustedParameters[] = {{"uid", Type::Text, true}};
// It has no action parameter: the method names the action.
constexpr Action kTrustedActions[] = {
    {"GET", kGet, trusted_picture, kDownloads, kTrustedParameters, model::Module::Webmail}};

}  // namespace

const ApiModule kTrustedPictureModule{"image/mail/trustedMail/picture", kTrustedActions};

}  // namespace gw::ajax
