#include "mail/imap/measured.hpp"

#include <algorithm>
#include <iterator>

#include "core/errors/mail.hpp"
#include "mail/net/socket.hpp"

namespace gw::mail::imap {
namespace {

constexpr std::string_view kOtherWord = "other";
constexpr std::string_view kVerbs[] = {
    "APPEND", "CAPABILITY", "COPY",         "CREATE", "DELETE",   "ENABLE",      "EXAMINE", "EXPUNGE",
    "FETCH",  "GETACL",     "GETQUOTAROOT", "ID",     "LIST",     "LOGIN",       "MOVE",    "NAMESPACE",
    "NOOP",   "RENAME",     "SEARCH",       "SELECT", "SETACL",   "SETMETADATA", "SORT",    "STARTTLS",
    "STATUS", "STORE",      "SUBSCRIBE",    "THREAD", "UNSELECT", "UNSUBSCRIBE"};

std::string_view word_at(std::string_view text, std::size_t from) {
  text.remove_prefix(std::min(from, text.size()));
  return text.substr(0, text.find(' '));
}

}  // namespace

std::string metric_server(const Server& server) {
  return server.is_named_by_user ? std::string(kOtherWord) : server.host;
}

std::string_view metric_command(const Command& command) {
  const std::string_view text = command.pieces().front().bytes;
  std::string_view verb = word_at(text, 0);
  if (verb == "UID") verb = word_at(text, verb.size() + 1);
  // Of the table: it outlives the command.
  const auto* const known = std::find(std::begin(kVerbs), std::end(kVerbs), verb);
  return known == std::end(kVerbs) ? kOtherWord : *known;
}

std::string_view metric_error(const ApiError& error) {
  if (dynamic_cast<const net::ConnectionClosed*>(&error) != nullptr) return "lost";
  if (error.code().prefix != errors::msg::kConnectFailed.prefix) return kOtherWord;
  switch (error.code().number) {
    case 1000:
    case 1001:
      return "login";
    case 1014:
      return "timeout";
    case 1016:
    case 1018:
    case 1022:
      return "connect";
    case 1017:
      return "lost";
    default:
      return kOtherWord;
  }
}

}  // namespace gw::mail::imap
