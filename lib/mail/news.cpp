#include "mail/news.hpp"

#include <fmt/format.h>

#include <string_view>

#include "core/json.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/words.hpp"

namespace gw::mail {
namespace {

/// Characters of a text that browsers get.
constexpr std::size_t kLongestShown = 250;

void set_text(Json& data, const char* name, std::string_view text) {
  if (!text.empty()) data.set(name, Json::string(first_characters(text, kLongestShown)));
}

}  // namespace

std::int64_t number_of(const News& news) {
  if (news.uid <= 0 || news.uid_validity <= 0) return 0;
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(news.uid_validity) << 32U |
                                   static_cast<std::uint64_t>(news.uid));
}

std::string describe(const News& news) {
  Json data = Json::object();
  data.set("folder", Json::string("default0/INBOX"));
  if (news.uid != 0) {
    data.set("id", Json::string(std::to_string(news.uid)));
    data.set("cid", Json::string(fmt::format("default0/INBOX/{}", news.uid)));
  }
  const AddressList senders = mime::parse_addresses(news.from);
  if (!senders.empty()) {
    set_text(data, "email", senders.front().address);
    set_text(data, "displayname", senders.front().personal.value_or(""));
  }
  set_text(data, "subject", mime::decode_words(news.subject));
  set_text(data, "teaser", news.teaser);
  if (news.unread) data.set("unread", Json::integer(*news.unread));
  return data.dump();
}

}  // namespace gw::mail
