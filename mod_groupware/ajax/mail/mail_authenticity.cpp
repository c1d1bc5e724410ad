#include "ajax/mail/mail_authenticity.hpp"

#include <algorithm>
#include <optional>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "mail/mime/authenticity.hpp"
#include "mail/mime/words.hpp"

namespace gw::ajax {
namespace {

namespace mime = mail::mime;

constexpr std::size_t kPictureIdLength = 32;

Json clean_text(const std::string& text) { return Json::string(replace_invalid_utf8(text)); }

void set_verdict(Json& object, const char* name, const std::optional<mime::Authenticity::Verdict>& verdict) {
  if (!verdict) return;
  Json members = Json::object();
  members.set("result", clean_text(verdict->result));
  if (!verdict->reason.empty()) members.set("reason", Json::string(mime::decode_words(verdict->reason)));
  if (!verdict->domain.empty()) members.set("from_domain", clean_text(verdict->domain));
  object.set(name, std::move(members));
}

const TrustedSender* find_trusted(const mail::Message& message, const AuthenticitySettings& settings) {
  const auto found =
      std::find_if(settings.trusted.begin(), settings.trusted.end(), [&](const TrustedSender& each) {
        return mime::is_sender_of(each.pattern, message.from.front().address);
      });
  return found == settings.trusted.end() ? nullptr : &*found;
}

}  // namespace

std::string picture_id(const TrustedSender& sender) {
  return to_hex(sha256(sender.picture)).substr(0, kPictureIdLength);
}

Json write_authenticity(const mail::Message& message, const AuthenticityRules& rules) {
  if (rules.settings == nullptr || !rules.settings->is_configured()) return {};
  const mime::Authenticity found = mime::judge_authenticity(message, rules.settings->servers);
  Json object = Json::object();
  object.set("status", Json::string(mime::status_name(found.status)));
  if (found.status == mime::AuthenticityStatus::NotAnalyzed) return object;
  if (!found.domain.empty()) object.set("from_domain", clean_text(found.domain));
  set_verdict(object, "dmarc", found.dmarc);
  set_verdict(object, "dkim", found.dkim);
  set_verdict(object, "spf", found.spf);
  Json others = Json::array();
  for (const auto& [mechanism, result] : found.others)
    others.append(Json::object().set("mechanism", clean_text(mechanism)).set("result", clean_text(result)));
  object.set("unconsidered_results", std::move(others));
  // Only who is proved can be trusted.
  const TrustedSender* trusted =
      found.status == mime::AuthenticityStatus::Pass ? find_trusted(message, *rules.settings) : nullptr;
  object.set("trusted", Json::boolean(trusted != nullptr));
  if (trusted != nullptr && !trusted->picture.empty())
    object.set("image", Json::string(std::string(rules.root) +
                                     "/image/mail/trustedMail/picture?uid=" + picture_id(*trusted)));
  return object;
}

}  // namespace gw::ajax
