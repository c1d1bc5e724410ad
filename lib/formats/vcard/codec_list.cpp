// Distribution lists as group cards. Sources: RFC 6350 sections 6.1.4 and 6.6.5; X-ADDRESSBOOKSERVER-*
// in 3.0.
#include "core/text.hpp"
#include "formats/lines/text_value.hpp"
#include "formats/vcard/codecs.hpp"
#include "formats/vcard/contact_reading.hpp"
#include "formats/vcard/contact_writing.hpp"

namespace gw::formats::vcard {
namespace {

constexpr std::string_view kMailto = "mailto:";
/// The member's name beside its address; no standard parameter exists for it.
constexpr std::string_view kMemberName = "X-CN";

void read_kind(ContactReading& reading, std::size_t index, const Row& row) {
  if (to_lower_ascii(trim(reading.property(index).value)) != "group") return;
  reading.contact().mark_as_distributionlist = true;
  reading.record(index, row.column);
}

void write_kind(ContactWriting& writing, const Row& row) {
  const Contact& contact = writing.contact();
  if (!contact.mark_as_distributionlist && contact.distribution_list.empty()) return;
  writing.add(make_text(writing.version() == Version::V40 ? "KIND" : "X-ADDRESSBOOKSERVER-KIND", "group"),
              {row.column});
}

void read_member(ContactReading& reading, std::size_t index, const Row& row) {
  const Property& property = reading.property(index);
  const std::string uri = clean_text(unescape_text(property.value));
  if (to_lower_ascii(std::string_view(uri).substr(0, kMailto.size())) != kMailto) {
    constexpr std::string_view kUuid = "urn:uuid:";
    const bool is_urn = to_lower_ascii(std::string_view(uri).substr(0, kUuid.size())) == kUuid;
    reading.out().member_uids.push_back(is_urn ? uri.substr(kUuid.size()) : uri);
    return;
  }
  const std::string_view address = std::string_view(uri).substr(kMailto.size());
  model::contacts::ListMember member;
  member.mail = clean_text(percent_decode(address, false).value_or(std::string(address)));
  if (member.mail->empty()) return;
  if (std::string name = clean_text(property.parameter(kMemberName)); !name.empty())
    member.display_name = std::move(name);
  reading.contact().distribution_list.push_back(std::move(member));
  reading.contact().number_of_distribution_list =
      static_cast<std::int64_t>(reading.contact().distribution_list.size());
  reading.record(index, row.column);
}

void write_members(ContactWriting& writing, const Row& row) {
  for (const model::contacts::ListMember& member : writing.contact().distribution_list) {
    if (!member.mail) continue;
    Property property;
    property.name = writing.version() == Version::V40 ? "MEMBER" : "X-ADDRESSBOOKSERVER-MEMBER";
    property.value = std::string(kMailto) + percent_encode(*member.mail);
    if (const std::size_t at = property.value.find("%40"); at != std::string::npos)
      property.value.replace(at, 3, "@");
    if (member.display_name) property.add_parameter(std::string(kMemberName), *member.display_name);
    writing.add(std::move(property), {row.column});
  }
}

}  // namespace

const Codec kKind{read_kind, write_kind};
const Codec kMembers{read_member, write_members};

}  // namespace gw::formats::vcard
