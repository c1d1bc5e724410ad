#include "mail/threading/thread_order.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gw::mail::threading {
namespace {

Message mail_of(const char* id, std::int64_t received, std::vector<std::string> references,
                const char* reply = "") {
  Message message;
  message.message_id = id;
  message.received = Millis{received};
  message.references = std::move(references);
  message.in_reply_to = reply;
  return message;
}

std::string shown(const std::vector<Message>& conversation) {
  std::string text;
  for (const auto& [index, level] : order_thread(conversation))
    text += conversation[index].message_id + std::to_string(level) + " ";
  return text;
}

TEST(ThreadOrder, AnswersStandBelowWhatTheyAnswer) {
  const std::vector<Message> newest_first{mail_of("<e>", 5, {"<a>", "<gone>"}),
                                          mail_of("<d>", 4, {"<a>", "<b>"}), mail_of("<c>", 3, {}, "<a>"),
                                          mail_of("<b>", 2, {"<a>"}), mail_of("<a>", 1, {})};
  EXPECT_EQ(shown(newest_first), "<a>0 <b>1 <d>2 <c>1 <e>1 ");
  EXPECT_EQ(shown({}), "");
}

TEST(ThreadOrder, LoopsAndDoublesAreShownOnce) {
  EXPECT_EQ(shown({mail_of("<b>", 2, {"<a>"}), mail_of("<a>", 1, {"<b>"})}), "<a>0 <b>1 ");
  EXPECT_EQ(shown({mail_of("<a>", 1, {"<a>"})}), "<a>0 ");
  EXPECT_EQ(shown({mail_of("<a>", 2, {}), mail_of("<a>", 1, {}), mail_of("", 3, {"<a>"})}), "<a>0 1 <a>0 ");
  std::vector<Message> chain;
  for (int i = 0; i < 20'000; ++i)
    chain.push_back(mail_of(std::to_string(i).c_str(), i, {std::to_string(i - 1)}));
  EXPECT_EQ(order_thread(chain).back().level, 19'999);
}

}  // namespace
}  // namespace gw::mail::threading
