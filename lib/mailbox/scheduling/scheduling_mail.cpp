#include "mailbox/scheduling/scheduling_mail.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "mail/html/plain_text.hpp"
#include "mail/mime/addresses.hpp"
#include "mailbox/scheduling/event_words.hpp"
#include "mailbox/scheduling/itip_text.hpp"
#include "mailbox/scheduling/scheduling_words.hpp"
#include "mailbox/typed_text.hpp"
#include "model/calendar/attendee_resolution.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace calendar = model::calendar;
using calendar::SchedulingEvent;
using calendar::SchedulingMethod;
using model::scheduling::Letter;

constexpr std::size_t kMostPeople = 50;          ///< named in the words; the calendar part has all
constexpr std::size_t kMostDescription = 8'192;  ///< characters

struct Said {
  std::string_view sentence, subject;
};

Said answer_words(const SchedulingEvent& event, const Words& words) {
  const auto& attendees = event.event.attendees;
  const auto line = std::find_if(attendees.begin(), attendees.end(), [&](const calendar::Attendee& each) {
    return calendar::stands_for(each, event.originator);
  });
  switch (line == attendees.end() ? calendar::PartStat::NeedsAction : line->part_stat) {
    case calendar::PartStat::Accepted:
      return {words.accepted, words.accepts};
    case calendar::PartStat::Declined:
      return {words.declined, words.declines};
    case calendar::PartStat::Tentative:
      return {words.tentative, words.maybe};
    case calendar::PartStat::Delegated:
      return {words.delegated, words.delegates};
    default:
      return {words.unanswered, words.answers};
  }
}

Said said(const SchedulingEvent& event, const Words& words) {
  switch (event.method) {
    case SchedulingMethod::Request:
      if (is_delegation(event)) return {words.sent_along, words.invitation};
      return event.is_new ? Said{words.invited, words.invitation} : Said{words.changed, words.change};
    case SchedulingMethod::Cancel:
      return {words.cancelled, words.cancellation};
    case SchedulingMethod::Reply:
      return answer_words(event, words);
    case SchedulingMethod::Counter:
      return {words.proposed, words.proposal};
    case SchedulingMethod::Refresh:
      return {words.asks, words.question};
    case SchedulingMethod::DeclineCounter:
      return {words.time_stays, words.refusal};
  }
  return {words.changed, words.change};
}

std::string people_words(const SchedulingEvent& event) {
  std::string text;
  std::size_t named = 0;
  for (const calendar::Attendee& attendee : event.event.attendees) {
    if (calendar::is_group(attendee)) continue;
    if (++named > kMostPeople) return text + ", ...";
    if (!text.empty()) text += ", ";
    text += person_words(attendee);
  }
  return text;
}

std::string names_of(const std::vector<std::string>& files) {
  std::string text;
  for (const std::string& name : files) text += (text.empty() ? "" : ", ") + as_one_line(name);
  return text;
}

bool is_by_deputy(const Delivery& delivery) {
  return !equal_ignoring_ascii_case(delivery.sender.address, delivery.originator.address);
}

std::string stable_message_id(const Letter& letter, std::string_view address) {
  const std::string ascii = mail::mime::to_ascii_domain(address);
  const std::size_t at = ascii.rfind('@');
  const std::string seed = fmt::format("{}/{}/{}/{}", letter.event.context.value, letter.id,
                                       letter.created.value, letter.event.event.uid);
  return fmt::format("<{}.{}@{}>", letter.id, to_hex(sha256(seed)).substr(0, 24),
                     at == std::string::npos ? "localhost" : ascii.substr(at + 1));
}

std::string body_text(const Letter& letter, const Delivery& delivery, const Words& words,
                      std::string_view who) {
  const SchedulingEvent& event = letter.event;
  std::string text = fill_in(said(event, words).sentence, who, title_of(event.event, words)) + ".\n\n";
  for (const auto& [label, value] : facts_of(event.event, words, delivery.zone))
    text += fmt::format("{}: {}\n", label, value);
  const bool is_told_by_organizer =
      event.method == SchedulingMethod::Request || event.method == SchedulingMethod::Cancel;
  if (is_told_by_organizer) text += fmt::format("{}: {}\n", words.who, people_words(event));
  if (const std::string comment = as_lines(event.comment, kMostDescription); !comment.empty())
    text += fmt::format("{}: {}\n", words.note, comment);
  if (!delivery.files.left_out.empty())
    text += fmt::format("{}: {}\n", words.left_out, names_of(delivery.files.left_out));
  const std::string description = as_lines(event.event.description.value_or(""), kMostDescription);
  if (event.method == SchedulingMethod::Request && !description.empty()) text += "\n" + description + "\n";
  return text;
}

}  // namespace

mail::mime::Composition begin_letter(const Letter& letter, const Delivery& delivery) {
  mail::mime::Composition mail;
  mail.from.push_back(in_header(delivery.originator));
  mail.to.push_back(in_header(delivery.recipient));
  if (is_by_deputy(delivery)) {
    mail.sender.push_back(in_header(delivery.sender));
    mail.reply_to.push_back(in_header(delivery.originator));
  }
  mail.mailer = delivery.product;
  mail.message_id = stable_message_id(letter, delivery.sender.address);
  mail.custom_headers.emplace_back("X-Auto-Response-Suppress", "All");
  return mail;
}

std::string name_of_originator(const Delivery& delivery) {
  const std::string named = in_header(delivery.originator).personal.value_or("");
  return named.empty() ? delivery.originator.address : named;
}

mail::mime::Composition compose_scheduling_mail(const Letter& letter, const Delivery& delivery) {
  const Words& words = words_of(delivery.locale);
  mail::mime::Composition mail = begin_letter(letter, delivery);
  mail.subject =
      fmt::format("{}: {}", said(letter.event, words).subject, title_of(letter.event.event, words));
  std::string text = body_text(letter, delivery, words, name_of_originator(delivery));
  mail.html = "<div>" + mail::html::text_to_html(text) + "</div>";
  mail.text = std::move(text);
  if (delivery.is_internal) return mail;
  mail.calendar = itip_text(letter, is_by_deputy(delivery) ? delivery.sender.address : std::string(),
                            delivery.files.enclosed);
  mail.calendar_method = method_word(letter.event.method);
  mail::mime::Attachment file;
  file.name = "invite.ics";
  file.type = "application/ics";
  file.open = [text = mail.calendar]() -> mail::ByteSource {
    return [text, at = std::size_t{0}](std::size_t most) mutable {
      std::string piece = text.substr(std::min(at, text.size()), most);
      at += piece.size();
      return piece;
    };
  };
  mail.attachments.push_back(std::move(file));
  for (const EventFile& each : delivery.files.enclosed) mail.attachments.push_back(each.part);
  return mail;
}

}  // namespace gw::mailbox::scheduling
