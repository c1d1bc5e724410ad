// The names and words of analyses.
#include <algorithm>
#include <array>

#include "mailbox/scheduling/analysis.hpp"
#include "mailbox/scheduling/event_words.hpp"
#include "mailbox/typed_text.hpp"

namespace gw::mailbox::scheduling {
namespace {

struct ActionName {
  ItipAction action;
  std::string_view name;
};
constexpr std::array<ActionName, 15> kActions{
    {{ItipAction::Accept, "accept"},
     {ItipAction::Tentative, "tentative"},
     {ItipAction::Decline, "decline"},
     {ItipAction::AcceptAndIgnoreConflicts, "accept_and_ignore_conflicts"},
     {ItipAction::AcceptAndReplace, "accept_and_replace"},
     {ItipAction::AcceptPartyCrasher, "accept_party_crasher"},
     {ItipAction::Create, "create"},
     {ItipAction::Update, "update"},
     {ItipAction::Delete, "delete"},
     {ItipAction::Ignore, "ignore"},
     {ItipAction::Delegate, "delegate"},
     {ItipAction::Counter, "counter"},
     {ItipAction::DeclineCounter, "declinecounter"},
     {ItipAction::Refresh, "refresh"},
     {ItipAction::SendAppointment, "send_appointment"}}};

/// $2 stands for the detail.
struct OddityWords {
  Oddity oddity;
  std::string_view english, german;
};
constexpr std::array<OddityWords, 14> kOddities{{
    {Oddity::NotOrganizer, "This mail does not come from the organizer, $2.",
     "Diese Mail kommt nicht von $2, der den Termin organisiert."},
    {Oddity::NotAttendee, "This answer does not come from $2, for whom it speaks.",
     "Diese Antwort kommt nicht von $2, für den sie spricht."},
    {Oddity::Outdated, "A newer version of this is known already.", "Eine neuere Fassung ist schon bekannt."},
    {Oddity::UnknownEvent, "The event that this mail is about is not in your calendar.",
     "Der Termin, um den es geht, steht nicht in Ihrem Kalender."},
    {Oddity::UnknownSender, "$2 was not invited.", "$2 war nicht eingeladen."},
    {Oddity::NotInvited, "You are not among those who are invited.",
     "Sie sind nicht unter den Eingeladenen."},
    {Oddity::OwnEvent, "You organize this event yourself.", "Diesen Termin organisieren Sie selbst."},
    {Oddity::Unsupported, "This kind of message cannot be taken over.",
     "Eine solche Nachricht kann nicht übernommen werden."},
    {Oddity::Invalid, "This event cannot be stored as it is.",
     "Der Termin kann so nicht gespeichert werden."},
    {Oddity::Proposal, "$2", "$2"},
    {Oddity::ProposalRefused, "The organizer stays with the time.", "Es bleibt bei der bisherigen Zeit."},
    {Oddity::Asked, "$2 asks for the present state of the event.",
     "$2 bittet um den aktuellen Stand des Termins."},
    {Oddity::Incomplete, "This adds a date to a series; the organizer must be asked for all of it.",
     "Das ergänzt eine Serie; der ganze Stand muss erfragt werden."},
    {Oddity::None, "", ""},
}};

}  // namespace

std::string_view name_of(ItipAction action) {
  for (const ActionName& row : kActions)
    if (row.action == action) return row.name;
  return {};
}

std::optional<ItipAction> find_action(std::string_view name) {
  for (const ActionName& row : kActions)
    if (row.name == name) return row.action;
  return std::nullopt;
}

std::string annotation_text(Oddity oddity, std::string_view detail, std::string_view locale) {
  for (const OddityWords& row : kOddities)
    if (row.oddity == oddity)
      return fill_in(locale.starts_with("de") ? row.german : row.english, {}, as_one_line(detail));
  return {};
}

std::string_view name_of(ChangeType type) {
  switch (type) {
    case ChangeType::Create:
      return "CREATE";
    case ChangeType::Update:
      return "UPDATE";
    case ChangeType::Delete:
      return "DELETE";
    case ChangeType::CreateDeleteException:
      return "CREATE_DELETE_EXCEPTION";
  }
  return "UPDATE";
}

bool Analysis::allows(ItipAction action) const {
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

}  // namespace gw::mailbox::scheduling
