// Any bytes as responses of an IMAP server: they are read or refused, never more; limits hold.
#include <cstdint>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mail/imap/fetch_data.hpp"
#include "mail/imap/filter_data.hpp"
#include "mail/imap/inbox_watch.hpp"
#include "mail/imap/mailbox_data.hpp"
#include "mail/imap/mailbox_name.hpp"
#include "mail/imap/number_set.hpp"
#include "mail/imap/response.hpp"
#include "mail/imap/thread_data.hpp"

namespace {

using namespace gw::mail::imap;

template <class Work>
void attempt(const Work& work) {
  try {
    work();
  } catch (const BadResponse&) {
    // Refused: the connection would be given up.
  }
}

int depth_of(const gw::mail::Part& part) {
  int deepest = 0;
  for (const gw::mail::Part& child : part.children) deepest = std::max(deepest, depth_of(child) + 1);
  return deepest;
}

void check_fetch(const Response& response) {
  const FetchData data = parse_fetch(response.number, response.text);
  if (data.message.structure) gw::fuzz::require(depth_of(*data.message.structure) <= gw::mail::kMaxPartDepth);
  if (data.message.subject) gw::fuzz::require(gw::is_valid_utf8(*data.message.subject));
}

void check_sets(const std::string& text) {
  const auto numbers = parse_set(text);
  gw::fuzz::require(numbers.size() <= kMaxNumbers);
  if (numbers.size() > 10'000) return;
  std::size_t count = 0;
  for (const std::string& set : format_sets(numbers, 7'500)) count += parse_set(set).size();
  gw::fuzz::require(count <= numbers.size());
}

void check_name(const std::string& text) {
  const std::string name = decode_mailbox(text);
  gw::fuzz::require(gw::is_valid_utf8(name));
  gw::fuzz::require(decode_mailbox(encode_mailbox(name)) == name);
}

/// Said to somebody who listens to an INBOX, in pieces of a size that the first byte chooses.
void check_watch(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto first = static_cast<unsigned char>(bytes[0]);
  gw::mail::Server server;
  server.login = "jo";
  server.secret = "secret";
  InboxWatch watch(server, {5, 8});
  watch.feed("* PREAUTH [CAPABILITY IMAP4rev1 IDLE] x\r\n");
  for (std::size_t at = 0; at < bytes.size(); at += 1 + first % 64) {
    watch.feed(bytes.substr(at, 1 + first % 64));
    gw::fuzz::require(watch.take_output().size() < 65'536);
    for (const gw::mail::News& news : watch.take_news())
      gw::fuzz::require(gw::is_valid_utf8(gw::mail::describe(news)));
    if (first > 127) watch.renew();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_watch(bytes);
  attempt([&] {
    const Response response = parse_response(bytes);
    attempt([&] { check_fetch(response); });
    attempt([&] { parse_list(response.text); });
    attempt([&] { parse_filtered(response.text); });
    attempt([&] { parse_status(response.text); });
    attempt([&] { parse_namespaces(response.text); });
    attempt([&] { parse_quota(response.text); });
    attempt([&] { parse_acl(response.text); });
    attempt([&] { parse_my_rights(response.text); });
    attempt([&] { parse_threads(response.text); });
    attempt([&] { parse_numbers(response.text); });
    attempt([&] { check_sets(std::string(find_esearch(response.text, "ALL"))); });
    attempt([&] { check_sets(response.text); });
    check_name(response.text);
  });
  return 0;
}
