#include "mailbox/reminders/alarm_mail.hpp"

#include <algorithm>
#include <string_view>

#include "core/text.hpp"
#include "mail/html/plain_text.hpp"
#include "mailbox/event_wording.hpp"
#include "mailbox/typed_text.hpp"

namespace gw::mailbox::reminders {
namespace {

constexpr std::size_t kMostOfNote = 4'000;  ///< characters

struct AlarmTexts {
  std::string_view language;  ///< begin of a locale
  std::string_view reminder, organizer;
};

/// The first one is for all languages that have none.
constexpr AlarmTexts kAlarmTexts[] = {
    {"en", "Reminder", "Organizer"},
    {"de", "Erinnerung", "Organisiert von"},
};

const AlarmTexts& alarm_texts(std::string_view locale) {
  const auto* found = std::find_if(std::begin(kAlarmTexts), std::end(kAlarmTexts),
                                   [&](const AlarmTexts& each) { return locale.starts_with(each.language); });
  return found == std::end(kAlarmTexts) ? kAlarmTexts[0] : *found;
}

void add_line(std::string& text, std::string_view label, const std::string& value) {
  if (!value.empty()) text.append(label).append(": ").append(value).append("\n");
}

}  // namespace

mail::mime::Composition compose_alarm_mail(const AlarmMail& about) {
  const AlarmTexts& texts = alarm_texts(about.locale);
  const EventLabels& labels = event_labels(about.locale);
  const model::calendar::EventData& event = about.event;
  std::string title = as_one_line(event.summary.value_or(""));
  if (title.empty()) title = labels.untitled;
  const std::string when = describe_time(event, about.zone, about.locale);

  mail::mime::Composition mail;
  mail.from.push_back(about.from);
  mail.to.push_back(about.to);
  mail.message_id = about.message_id;
  mail.zone = about.zone.name();
  mail.is_automatic = true;
  mail.subject = std::string(texts.reminder) + ": " + title + " - " + when;
  std::string text = title + "\n\n";
  add_line(text, labels.when, when);
  add_line(text, labels.where, as_one_line(event.location.value_or("")));
  if (event.organizer && event.attendees.size() > 1)
    add_line(text, texts.organizer,
             as_one_line(event.organizer->cn.empty() ? event.organizer->email : event.organizer->cn));
  const std::string note = as_lines(event.description.value_or(""), kMostOfNote);
  if (!note.empty()) text += '\n' + note + '\n';
  mail.html = "<div>" + mail::html::text_to_html(text) + "</div>";
  mail.text = std::move(text);
  return mail;
}

}  // namespace gw::mailbox::reminders
