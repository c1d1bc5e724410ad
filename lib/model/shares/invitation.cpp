#include "model/shares/invitation.hpp"

#include "core/error.hpp"
#include "core/errors/servlet.hpp"

namespace gw::model::shares {
namespace {

std::string text_of(const Json& entry, const char* name) {
  const Json value = entry.get(name);
  if (value.is_missing() || value.is_null()) return {};
  if (!value.is_string()) throw ApiError(errors::svl::kBadParameter, {name, "(hidden)"});
  return std::string(value.as_string());
}

}  // namespace

std::optional<Invitation> parse_invitation(const Json& entry) {
  const std::string_view type = entry.get("type").as_string();
  if (type != "guest" && type != "anonymous") return std::nullopt;
  if (entry.get("entity").to_integer().value_or(0) > 0) return std::nullopt;
  Invitation invitation;
  invitation.is_link = type == "anonymous";
  if (!invitation.is_link) {
    invitation.mail = text_of(entry, "email_address");
    invitation.display_name = text_of(entry, "display_name");
    return invitation;
  }
  const std::string password = text_of(entry, "password");
  if (!password.empty() && password != kHiddenPassword) invitation.password = password;
  const Json expires = entry.get("expiry_date");
  if (!expires.is_missing() && !expires.is_null()) {
    const auto time = expires.to_integer();
    if (!time || *time < 0) throw ApiError(errors::svl::kBadParameter, {"expiry_date", expires.dump()});
    invitation.expires = Millis{*time};
  }
  return invitation;
}

}  // namespace gw::model::shares
