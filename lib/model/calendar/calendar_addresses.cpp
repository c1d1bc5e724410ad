// Calendar addresses as texts, without the database.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "model/calendar/calendar_people.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::string_view kMailScheme = "mailto:";
constexpr std::string_view kUrnForm = "urn:uuid:";

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return c > 0x20 && c < 0x7F && c != '%' && c != '?'; });
}

/// The digits that stand for a kind in entity_uri.
constexpr int urn_kind(CuType type) { return type == CuType::Group ? 1 : 2; }

}  // namespace

std::string mail_uri(std::string_view address) {
  std::string uri(kMailScheme);
  if (is_plain_ascii(address)) return uri.append(address);
  for (const char c : address) {
    if (is_plain_ascii(std::string_view(&c, 1)))
      uri += c;
    else
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

std::string address_of_uri(std::string_view uri) {
  if (uri.size() <= kMailScheme.size() ||
      !equal_ignoring_ascii_case(uri.substr(0, kMailScheme.size()), kMailScheme))
    return {};
  std::string_view address = uri.substr(kMailScheme.size());
  address = address.substr(0, address.find('?'));
  const auto decoded = percent_decode(address, false);
  return decoded && is_valid_utf8(*decoded) ? *decoded : std::string();
}

std::string entity_uri(ContextId context, CuType type, std::int64_t entity) {
  return fmt::format("{}{:08x}-0000-0000-000{}-{:012x}", kUrnForm, context.value, urn_kind(type), entity);
}

std::optional<NamedEntity> parse_entity_uri(ContextId context, std::string_view uri) {
  constexpr std::size_t kDigits = 12;
  if (uri.size() < kUrnForm.size() + kDigits) return std::nullopt;
  const std::string_view digits = uri.substr(uri.size() - kDigits);
  NamedEntity named;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + kDigits, named.entity, 16);
  if (error != std::errc{} || end != digits.data() + kDigits) return std::nullopt;
  for (const CuType type : {CuType::Group, CuType::Resource}) {
    named.type = type;
    if (uri == entity_uri(context, type, named.entity)) return named;
  }
  return std::nullopt;
}

}  // namespace gw::model::calendar
