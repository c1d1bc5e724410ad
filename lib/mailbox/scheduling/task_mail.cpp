#include "mailbox/scheduling/task_mail.hpp"

#include <fmt/format.h>

#include "mail/html/plain_text.hpp"
#include "mailbox/event_wording.hpp"
#include "mailbox/scheduling/task_words.hpp"
#include "mailbox/typed_text.hpp"

namespace gw::mailbox::scheduling {
namespace {

using model::scheduling::TaskChange;
using model::scheduling::TaskNotice;

constexpr std::size_t kMostNote = 8'192;  ///< characters

struct SaidOfTask {
  std::string_view sentence, subject;
};

SaidOfTask said_of(const TaskNotice& notice, const TaskWords& words) {
  switch (notice.change) {
    case TaskChange::New:
      return {words.given, words.new_task};
    case TaskChange::Changed:
      return {words.changed, words.change};
    case TaskChange::Deleted:
      return {words.deleted, words.deletion};
    case TaskChange::Confirmed:
      break;
  }
  constexpr std::int64_t kAccepted = 1, kDeclined = 2, kTentative = 3;
  if (notice.confirmation == kAccepted) return {words.accepted, words.accepts};
  if (notice.confirmation == kDeclined) return {words.declined, words.declines};
  if (notice.confirmation == kTentative) return {words.tentative, words.maybe};
  return {words.unanswered, words.answers};
}

/// A day, or a moment on the reader's clocks.
std::string describe_moment(const model::tasks::Number& at, bool is_day, const Delivery& delivery) {
  if (!at) return {};
  model::calendar::EventData event;
  event.start.kind = is_day ? model::calendar::TimeKind::Date : model::calendar::TimeKind::Utc;
  event.start.local = LocalTime{*at / 1000};
  event.end = event.start;
  return describe_time(event, delivery.zone, delivery.locale);
}

template <std::size_t Count>
std::string word_at(const std::array<std::string_view, Count>& words, std::int64_t number) {
  const bool is_there = number >= 1 && number <= static_cast<std::int64_t>(Count);
  return is_there ? std::string(words.at(static_cast<std::size_t>(number - 1))) : std::string();
}

void add_fact(std::string& text, std::string_view label, const std::string& value) {
  if (!value.empty()) text += fmt::format("{}: {}\n", label, value);
}

}  // namespace

mail::mime::Composition compose_task_mail(const model::scheduling::Letter& letter, const Delivery& delivery,
                                          const std::string& people) {
  const TaskNotice& notice = *letter.task;
  const TaskWords& words = task_words(delivery.locale);
  std::string title = as_one_line(notice.title);
  if (title.empty()) title = event_labels(delivery.locale).untitled;
  const SaidOfTask said = said_of(notice, words);
  mail::mime::Composition mail = begin_letter(letter, delivery);
  mail.subject = fmt::format("{}: {}", said.subject, title);
  std::string text = fill_in(said.sentence, name_of_originator(delivery), title) + ".\n\n";
  add_fact(text, words.start, describe_moment(notice.start, notice.full_time, delivery));
  add_fact(text, words.due, describe_moment(notice.due, notice.full_time, delivery));
  add_fact(text, words.status, word_at(words.states, notice.status));
  if (notice.percent_completed > 0)
    add_fact(text, words.progress, fmt::format("{} %", notice.percent_completed));
  add_fact(text, words.priority, word_at(words.priorities, notice.priority.value_or(0)));
  add_fact(text, words.people, people);
  add_fact(text, words.comment, as_lines(notice.message, kMostNote));
  if (const std::string note = as_lines(notice.note, kMostNote); !note.empty()) text += '\n' + note + '\n';
  mail.html = "<div>" + mail::html::text_to_html(text) + "</div>";
  mail.text = std::move(text);
  return mail;
}

}  // namespace gw::mailbox::scheduling
