#include "mailbox/scheduling/scheduling_words.hpp"

#include <algorithm>

namespace gw::mailbox::scheduling {
namespace {

/// The first one is for all languages that have none.
constexpr Words kWords[] = {
    {.language = "en",
     .invited = "$1 has invited you to \"$2\"",
     .changed = "$1 has changed \"$2\"",
     .cancelled = "$1 has cancelled \"$2\"",
     .accepted = "$1 has accepted the invitation to \"$2\"",
     .tentative = "$1 may come to \"$2\"",
     .declined = "$1 has declined the invitation to \"$2\"",
     .unanswered = "$1 has not decided about \"$2\" yet",
     .delegated = "$1 has passed the invitation to \"$2\" on",
     .sent_along = "$1 asks you to stand in at \"$2\"",
     .proposed = "$1 proposes another time for \"$2\"",
     .asks = "$1 asks for the present state of \"$2\"",
     .time_stays = "$1 stays with the time of \"$2\"",
     .undelivered = "$1 could not be told of \"$2\"",
     .invitation = "Invitation",
     .change = "Changed",
     .cancellation = "Cancelled",
     .accepts = "Accepted",
     .maybe = "Tentatively accepted",
     .declines = "Declined",
     .answers = "Undecided",
     .delegates = "Delegated",
     .proposal = "New time proposed",
     .question = "Refresh",
     .refusal = "Proposal declined",
     .failure = "Not delivered",
     .title = "Title",
     .who = "Who",
     .note = "Comment",
     .repeats = "Repeats",
     .left_out = "Too large for this mail",
     .frequencies = {"daily", "weekly", "monthly", "yearly"}},
    {.language = "de",
     .invited = "$1 hat Sie zu \"$2\" eingeladen",
     .changed = "$1 hat \"$2\" geändert",
     .cancelled = "$1 hat \"$2\" abgesagt",
     .accepted = "$1 hat die Einladung zu \"$2\" angenommen",
     .tentative = "$1 kommt vielleicht zu \"$2\"",
     .declined = "$1 hat die Einladung zu \"$2\" abgelehnt",
     .unanswered = "$1 hat sich zu \"$2\" noch nicht entschieden",
     .delegated = "$1 hat die Einladung zu \"$2\" weitergegeben",
     .sent_along = "$1 bittet Sie um Vertretung bei \"$2\"",
     .proposed = "$1 schlägt eine andere Zeit für \"$2\" vor",
     .asks = "$1 bittet um den aktuellen Stand von \"$2\"",
     .time_stays = "$1 bleibt bei der Zeit von \"$2\"",
     .undelivered = "$1 konnte von \"$2\" nicht verständigt werden",
     .invitation = "Einladung",
     .change = "Geändert",
     .cancellation = "Abgesagt",
     .accepts = "Angenommen",
     .maybe = "Mit Vorbehalt angenommen",
     .declines = "Abgelehnt",
     .answers = "Unentschieden",
     .delegates = "Weitergegeben",
     .proposal = "Neue Zeit vorgeschlagen",
     .question = "Rückfrage",
     .refusal = "Vorschlag abgelehnt",
     .failure = "Nicht zugestellt",
     .title = "Titel",
     .who = "Wer",
     .note = "Kommentar",
     .repeats = "Wiederholung",
     .left_out = "Zu groß für diese Mail",
     .frequencies = {"täglich", "wöchentlich", "monatlich", "jährlich"}},
};

}  // namespace

const Words& words_of(std::string_view locale) {
  const auto* found = std::find_if(std::begin(kWords), std::end(kWords),
                                   [&](const Words& each) { return locale.starts_with(each.language); });
  return found == std::end(kWords) ? kWords[0] : *found;
}

}  // namespace gw::mailbox::scheduling
