// ATTENDEE and ORGANIZER, both ways.
#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "formats/ical/calendar_object.hpp"

namespace gw::formats::ical {
namespace {

/// Parameters that are one text. Words of the RFC come in any case.
struct TextParameter {
  std::string_view name;
  std::string Attendee::*member;
  bool is_word = false;
};
constexpr std::array<TextParameter, 8> kTextParameters{{{"CN", &Attendee::name},
                                                        {"CUTYPE", &Attendee::kind, true},
                                                        {"ROLE", &Attendee::role, true},
                                                        {"PARTSTAT", &Attendee::status, true},
                                                        {"SENT-BY", &Attendee::sent_by},
                                                        {"DIR", &Attendee::directory},
                                                        {"LANGUAGE", &Attendee::language},
                                                        {"EMAIL", &Attendee::email}}};

struct ListParameter {
  std::string_view name;
  std::vector<std::string> Attendee::*member;
};
constexpr std::array<ListParameter, 3> kListParameters{{{"MEMBER", &Attendee::member},
                                                        {"DELEGATED-TO", &Attendee::delegated_to},
                                                        {"DELEGATED-FROM", &Attendee::delegated_from}}};

bool take_parameter(Attendee& attendee, const Parameter& parameter) {
  for (const TextParameter& row : kTextParameters) {
    if (row.name != parameter.name || parameter.values.empty()) continue;
    // An unquoted name with a comma is taken apart by the reader of lines.
    attendee.*row.member =
        row.is_word ? to_upper_ascii(trim(parameter.values.front())) : join(parameter.values, ", ");
    return true;
  }
  for (const ListParameter& row : kListParameters) {
    if (row.name != parameter.name) continue;
    // Written as a list, or one by one.
    auto& list = attendee.*row.member;
    list.insert(list.end(), parameter.values.begin(), parameter.values.end());
    return true;
  }
  if (parameter.name != "RSVP" || parameter.values.empty()) return false;
  attendee.wants_reply = to_upper_ascii(trim(parameter.values.front())) == "TRUE";
  return true;
}

}  // namespace

std::string Attendee::mail_address() const {
  constexpr std::string_view kScheme = "mailto:";
  if (uri.size() > kScheme.size() && equal_ignoring_ascii_case(std::string_view(uri).substr(0, 7), kScheme)) {
    const std::string_view address = trim(std::string_view(uri).substr(kScheme.size()));
    const std::string_view bare = address.substr(0, address.find('?'));
    return percent_decode(bare, false).value_or(std::string(bare));
  }
  if (!email.empty()) return email;
  // Some programs forget the scheme.
  return uri.find('@') != std::string::npos && uri.find(':') == std::string::npos ? uri : "";
}

Attendee read_attendee(const Property& property) {
  Attendee attendee;
  attendee.uri = trim(property.value);
  for (const Parameter& parameter : property.parameters)
    if (!take_parameter(attendee, parameter)) attendee.others.push_back(parameter);
  return attendee;
}

Property attendee_property(std::string_view name, const Attendee& attendee) {
  Property property = plain_property(name, attendee.uri);
  for (const TextParameter& row : kTextParameters)
    if (!(attendee.*row.member).empty()) property.add_parameter(std::string(row.name), attendee.*row.member);
  if (attendee.wants_reply) property.add_parameter("RSVP", *attendee.wants_reply ? "TRUE" : "FALSE");
  for (const ListParameter& row : kListParameters)
    for (const std::string& value : attendee.*row.member)
      property.add_parameter(std::string(row.name), value);
  property.parameters.insert(property.parameters.end(), attendee.others.begin(), attendee.others.end());
  return property;
}

}  // namespace gw::formats::ical
