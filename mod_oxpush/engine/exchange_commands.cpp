// What groupwarectl may ask and do, as words: `status`, `list [CONTEXT [USER]]`, `drop CONTEXT [USER]`.
#include <fmt/format.h>

#include <iterator>
#include <limits>

#include "core/text.hpp"
#include "exchange.hpp"

namespace oxpush {
namespace {

/// The ids behind the first word.
struct Chosen {
  std::optional<std::int32_t> context;
  std::optional<std::int32_t> user;

  [[nodiscard]] bool holds(ClientKey key) const {
    return (!context || *context == key.context) && (!user || *user == key.user);
  }
};

std::optional<Chosen> parse_chosen(const std::vector<std::string_view>& words) {
  Chosen chosen;
  if (words.size() > 3) return std::nullopt;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto id = gw::push::parse_number(words[i], std::numeric_limits<std::int32_t>::max());
    if (!id) return std::nullopt;
    (i == 1 ? chosen.context : chosen.user) = static_cast<std::int32_t>(*id);
  }
  return chosen;
}

}  // namespace

/// A line for each counter; for each registration: context, user, endpoint, seconds left, `signed` or
/// `unsigned`, `local` or `peer`; for a drop how many. Empty: no such command.
std::string Exchange::run_command(std::string_view command) {
  const std::vector<std::string_view> words = gw::split(command, ' ');
  const auto chosen = parse_chosen(words);
  if (!chosen) return {};
  if (words[0] == "list") return list_clients([&](ClientKey key) { return chosen->holds(key); });
  if (words[0] == "drop" && chosen->context) {
    const std::size_t count = registrations_.remove_all([&](ClientKey key) { return chosen->holds(key); });
    counters_.clients_dropped += count;
    count_clients();
    return fmt::format("{}\n", count);
  }
  if (words[0] != "status" || words.size() != 1) return {};
  std::string text;
  for (const CounterRow& row : kCounterRows)
    fmt::format_to(std::back_inserter(text), "{} {}\n", row.key, (counters_.*row.member).load());
  return text;
}

std::string Exchange::list_clients(const std::function<bool(ClientKey)>& is_chosen) const {
  // Never empty, as that means an unknown command.
  std::string text = "\n";
  const milliseconds now = clocks_.steady();
  registrations_.for_each([&](ClientKey key, const Client& client) {
    if (client.expires <= now || !is_chosen(key)) return;
    fmt::format_to(std::back_inserter(text), "{} {} {} {} {} {}\n", key.context, key.user,
                   to_text(client.endpoint), (client.expires - now).count() / 1'000,
                   client.key.is_none() ? "unsigned" : "signed", client.is_remote ? "peer" : "local");
  });
  return text;
}

}  // namespace oxpush
