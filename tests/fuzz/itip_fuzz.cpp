// Any bytes as a scheduling message: what is read of it can be shown, and keeps its limits.
#include <cstdint>
#include <set>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mailbox/scheduling/event_words.hpp"
#include "mailbox/scheduling/itip_files.hpp"
#include "mailbox/scheduling/itip_message.hpp"
#include "model/calendar/calendar_people.hpp"
#include "model/calendar/delegation.hpp"

namespace {

using namespace gw;
using gw::fuzz::require;
namespace scheduling = gw::mailbox::scheduling;

void check_line(const std::string& text) {
  require(is_valid_utf8(text));
  require(text.find_first_of("\r\n") == std::string::npos);
}

void check_part(const model::calendar::InvitationPart& part) {
  const auto& event = part.input.event;
  require(event.alarms.empty());
  require(is_valid_utf8(part.comment) && count_characters(part.comment) <= 1'000);
  require(part.files.size() <= scheduling::kMostFiles);
  for (const auto& file : part.files) {
    check_line(file.name);
    check_line(file.media_type);
    require(!file.name.empty() && file.name.find('/') == std::string::npos);
    require(file.content_id.empty() != file.bytes.empty());
  }
  for (const auto& attendee : event.attendees) {
    for (const auto& parameter : attendee.parameters)
      require(model::calendar::is_delegation(parameter.first));
    require(attendee.entity == 0);
    check_line(scheduling::person_words(attendee));
  }
  const TimeZone utc = TimeZone::utc();
  for (const char* locale : {"en_US", "de_DE"})
    for (const auto& [label, value] : scheduling::facts_of(event, scheduling::words_of(locale), utc)) {
      require(!label.empty());
      check_line(value);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 65'536) return 0;
  const auto read =
      scheduling::read_itip({reinterpret_cast<const char*>(data), size}, "REQUEST", {TimeZone::utc()});
  if (!read) return 0;
  require(scheduling::find_method(scheduling::word_of(read->method)) == read->method);
  std::set<std::string> uids;
  for (const auto& invitation : read->invitations) {
    require(!invitation.uid.empty() && uids.insert(invitation.uid).second);
    if (invitation.main) {
      require(!invitation.main->input.event.recurrence_id.has_value());
      check_part(*invitation.main);
    }
    for (const auto& part : invitation.occurrences) {
      require(part.input.event.recurrence_id.has_value());
      check_part(part);
    }
  }
  return 0;
}
