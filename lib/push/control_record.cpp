#include "push/control_record.hpp"

#include <fmt/format.h>

#include <limits>
#include <vector>

#include "core/text.hpp"
#include "push/client_key.hpp"
#include "push/event_record.hpp"
#include "push/packet.hpp"

namespace gw::push {
namespace {

constexpr char kQuestionType = 'Q', kAnswerType = 'A', kSessionType = 'X', kCommandType = 'C',
               kPartType = 'P', kLastPartType = 'L';
/// Behind magic and type.
constexpr std::size_t kControlHead = 5;

std::string record_of(char type, std::string_view text) {
  std::string out(kRecordMagic);
  out.push_back(type);
  return out.append(text);
}

/// Words of a record: two ids, and what else there is.
struct ControlWords {
  std::int32_t context = 0;
  std::int32_t user = 0;
  std::vector<std::string_view> rest;
};

std::optional<ControlWords> read_words(std::string_view text, std::size_t count) {
  constexpr std::int64_t kLargest = std::numeric_limits<std::int32_t>::max();
  const std::vector<std::string_view> words = split(text, ' ');
  if (words.size() != count) return std::nullopt;
  const auto context = parse_number(words[0], kLargest);
  const auto user = parse_number(words[1], kLargest);
  if (!context || !user) return std::nullopt;
  return ControlWords{static_cast<std::int32_t>(*context),
                      static_cast<std::int32_t>(*user),
                      {words.begin() + 2, words.end()}};
}

bool is_flag(std::string_view word) { return word == "0" || word == "1"; }

std::optional<Control> read_question(std::string_view text) {
  const auto words = read_words(text, 2);
  if (!words) return std::nullopt;
  return UserQuestion{words->context, words->user};
}

std::optional<Control> read_answer(std::string_view text) {
  const auto words = read_words(text, 3);
  if (!words || !is_flag(words->rest[0])) return std::nullopt;
  return UserAnswer{words->context, words->user, words->rest[0] == "1"};
}

std::optional<Control> read_session_end(std::string_view text) {
  const auto words = read_words(text, 4);
  if (!words || !is_session_handle(words->rest[0]) || !is_flag(words->rest[1])) return std::nullopt;
  return SessionEnd{words->context, words->user, std::string(words->rest[0]), words->rest[1] == "1"};
}

struct ControlWriter {
  std::string operator()(const UserQuestion& question) const {
    return record_of(kQuestionType, fmt::format("{} {}", question.context, question.user));
  }
  std::string operator()(const UserAnswer& answer) const {
    return record_of(kAnswerType,
                     fmt::format("{} {} {}", answer.context, answer.user, answer.is_known ? 1 : 0));
  }
  std::string operator()(const SessionEnd& end) const {
    return record_of(kSessionType,
                     fmt::format("{} {} {} {}", end.context, end.user, end.handle, end.was_last ? 1 : 0));
  }
  std::string operator()(const Command& command) const {
    return record_of(kCommandType, std::string_view(command.text).substr(0, kLongestControlText));
  }
  std::string operator()(const CommandAnswer& answer) const {
    return record_of(answer.is_last ? kLastPartType : kPartType,
                     std::string_view(answer.text).substr(0, kLongestControlText));
  }
};

}  // namespace

std::string encode_control(const Control& control) { return std::visit(ControlWriter{}, control); }

std::optional<Control> decode_control(std::string_view bytes) {
  if (bytes.size() < kControlHead || bytes.size() > kControlHead + kLongestControlText ||
      !bytes.starts_with(kRecordMagic))
    return std::nullopt;
  const std::string_view text = bytes.substr(kControlHead);
  switch (bytes[kControlHead - 1]) {
    case kQuestionType:
      return read_question(text);
    case kAnswerType:
      return read_answer(text);
    case kSessionType:
      return read_session_end(text);
    case kCommandType:
      return Command{std::string(text)};
    case kPartType:
    case kLastPartType:
      return CommandAnswer{std::string(text), bytes[kControlHead - 1] == kLastPartType};
    default:
      return std::nullopt;
  }
}

}  // namespace gw::push
