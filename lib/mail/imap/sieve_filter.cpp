#include "mail/imap/sieve_filter.hpp"

#include <algorithm>

#include "core/errors/mail_filter.hpp"
#include "core/text.hpp"
#include "mail/imap/filter_data.hpp"
#include "mail/imap/message_change.hpp"
#include "mail/imap/number_set.hpp"

namespace gw::mail::imap {
namespace {

constexpr std::size_t kMailsAtOnce = 500;

/// `(TAG x) ERRORS "text"`: of the script as a whole.
std::string parse_script_error(std::string_view text) {
  Cursor cursor(text);
  cursor.next();
  cursor.next_word();
  return std::string(trim(cursor.next().string().value_or("")));
}

std::vector<Uid> search(Session& session, std::string_view folder, const std::string& keys) {
  std::vector<Uid> uids;
  Command command("UID SEARCH");
  session.require(command.add(keys), {std::string(folder)}, [&](Response& response) {
    if (response.word == "SEARCH") uids = parse_numbers(response.text);
  });
  return uids;
}

/// Gives the mails that the script did something to.
std::vector<FilterOutcome> run_script(Session& session, std::string_view folder, std::string_view script,
                                      const std::string& set) {
  std::vector<FilterOutcome> outcomes;
  std::string refusal;
  Command command("UID FILTER SIEVE SCRIPT");
  command.add_string(script).add("UID " + set);
  Connection& line = session.connection();
  const Response answer = line.run(command, [&](Response& response) {
    if (response.word == "FILTERED") outcomes.push_back(parse_filtered(response.text));
    if (response.word == "FILTER") refusal = parse_script_error(response.text);
  });
  if (!answer.is_ok() && !refusal.empty()) throw ApiError(errors::mail_filter::kInvalidRule, {refusal});
  require_ok(answer, line.host(), {std::string(folder)});
  return outcomes;
}

/// The server marks what it moved or discarded. Asked for by uid: numbers shift when somebody else expunges.
void remove_marked(Session& session, std::string_view folder, const std::vector<FilterOutcome>& outcomes) {
  std::vector<Uid> touched;
  for (const FilterOutcome& outcome : outcomes)
    if (outcome.kind != FilterOutcome::Kind::Errors) touched.push_back(outcome.uid);
  for (const std::string& set : format_sets(touched, kSetOctets))
    if (const auto gone = search(session, folder, "UID " + set + " DELETED"); !gone.empty())
      remove_messages(session, folder, gone);
}

}  // namespace

std::vector<FilterOutcome> filter_messages(Session& session, std::string_view folder,
                                           std::string_view script) {
  if (!session.connection().has("FILTER=SIEVE"))
    throw ApiError(errors::msg::kUnsupportedOperation, {"FILTER=SIEVE"});
  session.open(folder, Mode::Write);
  const std::vector<Uid> uids = search(session, folder, "UNDELETED");
  std::vector<FilterOutcome> outcomes;
  for (std::size_t first = 0; first < uids.size(); first += kMailsAtOnce) {
    const auto some = std::span(uids).subspan(first, std::min(kMailsAtOnce, uids.size() - first));
    for (const std::string& set : format_sets(some, kSetOctets)) {
      const std::vector<FilterOutcome> of_set = run_script(session, folder, script, set);
      remove_marked(session, folder, of_set);
      outcomes.insert(outcomes.end(), of_set.begin(), of_set.end());
    }
  }
  session.expect_change(folder);
  return outcomes;
}

}  // namespace gw::mail::imap
