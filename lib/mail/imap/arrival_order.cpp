#include "mail/imap/arrival_order.hpp"

#include <string>

#include "mail/imap/fetch_data.hpp"

namespace gw::mail::imap {

Command ArrivalCheck::question() const {
  Command command("UID FETCH");
  command.add(std::to_string(known_.next_uid) + ":* (UID INTERNALDATE)");
  return command;
}

void ArrivalCheck::take(const Message& message) {
  // `*` is the last mail, also when it is an old one.
  if (message.uid < known_.next_uid) return;
  auto& received = fresh_[message.uid];
  // News of flags tell no time.
  if (message.received) received = message.received;
}

bool ArrivalCheck::conclude(FolderMemory& memory, std::string_view folder) {
  const std::string name(folder);
  for (const auto& [uid, received] : fresh_) {
    if (!received || *received < known_.last) {
      memory.forget(name);
      return false;
    }
    known_.last = *received;
    known_.next_uid = uid + 1;
  }
  if (!fresh_.empty()) memory.remember(name, known_);
  return true;
}

bool extend_arrival_order(Session& session, std::string_view folder) {
  const Mailbox& mailbox = session.open_as_known(folder, Mode::Read);
  const std::string name(folder);
  const auto known = session.memory().arrival_order(name);
  if (!known) return false;
  if (known->uid_validity != mailbox.uid_validity) {
    session.memory().forget(name);
    return false;
  }
  ArrivalCheck check(*known);
  const auto answers = session.ask({check.question()}, [&](Response& response) {
    if (response.word == "FETCH") check.take(parse_fetch(response.number, response.text).message);
  });
  require_ok(answers.front(), session.connection().host(), {name, &errors::imap::kNoRead});
  return check.conclude(session.memory(), folder);
}

}  // namespace gw::mail::imap
