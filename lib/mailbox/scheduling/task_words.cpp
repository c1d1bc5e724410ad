#include "mailbox/scheduling/task_words.hpp"

#include <algorithm>

namespace gw::mailbox::scheduling {
namespace {

/// The first one is for all languages that have none.
constexpr TaskWords kTaskWords[] = {
    {.language = "en",
     .given = "$1 has given you the task \"$2\"",
     .changed = "$1 has changed the task \"$2\"",
     .deleted = "$1 has deleted the task \"$2\", or you take part in it no longer",
     .unanswered = "$1 has not decided about the task \"$2\" yet",
     .accepted = "$1 has accepted the task \"$2\"",
     .declined = "$1 has declined the task \"$2\"",
     .tentative = "$1 may do the task \"$2\"",
     .new_task = "New task",
     .change = "Task changed",
     .deletion = "Task deleted",
     .answers = "Task undecided",
     .accepts = "Task accepted",
     .declines = "Task declined",
     .maybe = "Task tentatively accepted",
     .start = "Start",
     .due = "Due",
     .status = "Status",
     .progress = "Progress",
     .priority = "Priority",
     .people = "Participants",
     .comment = "Comment",
     .states = {"not started", "in progress", "done", "waiting", "deferred"},
     .priorities = {"low", "medium", "high"}},
    {.language = "de",
     .given = "$1 hat Ihnen die Aufgabe \"$2\" gegeben",
     .changed = "$1 hat die Aufgabe \"$2\" geändert",
     .deleted = "$1 hat die Aufgabe \"$2\" gelöscht, oder Sie gehören nicht mehr dazu",
     .unanswered = "$1 hat sich zur Aufgabe \"$2\" noch nicht entschieden",
     .accepted = "$1 hat die Aufgabe \"$2\" angenommen",
     .declined = "$1 hat die Aufgabe \"$2\" abgelehnt",
     .tentative = "$1 übernimmt vielleicht die Aufgabe \"$2\"",
     .new_task = "Neue Aufgabe",
     .change = "Aufgabe geändert",
     .deletion = "Aufgabe gelöscht",
     .answers = "Aufgabe unentschieden",
     .accepts = "Aufgabe angenommen",
     .declines = "Aufgabe abgelehnt",
     .maybe = "Aufgabe mit Vorbehalt angenommen",
     .start = "Beginn",
     .due = "Fällig",
     .status = "Status",
     .progress = "Fortschritt",
     .priority = "Priorität",
     .people = "Teilnehmer",
     .comment = "Kommentar",
     .states = {"nicht begonnen", "in Arbeit", "erledigt", "wartet", "zurückgestellt"},
     .priorities = {"niedrig", "mittel", "hoch"}},
};

}  // namespace

const TaskWords& task_words(std::string_view locale) {
  const auto* found = std::find_if(std::begin(kTaskWords), std::end(kTaskWords),
                                   [&](const TaskWords& each) { return locale.starts_with(each.language); });
  return found == std::end(kTaskWords) ? kTaskWords[0] : *found;
}

}  // namespace gw::mailbox::scheduling
