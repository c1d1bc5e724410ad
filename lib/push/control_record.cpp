#include "push/control_record.hpp"

#include <fmt/format.h>

#include <limits>
#include <vector>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "push/client_key.hpp"
#include "push/event_record.hpp"
#include "push/packet.hpp"

namespace gw::push {
namespace {

constexpr char kQuestionType = 'Q', kAnswerType = 'A', kSessionType = 'X', kCommandType = 'C',
               kPartType = 'P', kLastPartType = 'L', kWatchType = 'M', kReleaseType = 'R';
constexpr std::size_t kLongestListener = 32;
/// Fields of a MailWatch, with a NUL between each two.
constexpr std::size_t kWatchFields = 14;
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

std::optional<Control> read_release(std::string_view text) {
  const auto words = read_words(text, 3);
  if (!words || !is_listener_id(words->rest[0])) return std::nullopt;
  return MailRelease{words->context, words->user, std::string(words->rest[0])};
}

std::optional<std::int32_t> read_number(std::string_view text) {
  const auto number = parse_number(text, std::numeric_limits<std::int32_t>::max());
  return number ? std::optional(static_cast<std::int32_t>(*number)) : std::nullopt;
}

std::optional<Control> read_watch(std::string_view text) {
  const std::vector<std::string_view> fields = split(text, '\0');
  if (fields.size() != kWatchFields) return std::nullopt;
  const auto context = read_number(fields[0]), user = read_number(fields[1]), life = read_number(fields[3]),
             port = read_number(fields[6]);
  const bool is_right = context && user && life && port && is_flag(fields[8]) &&
                        (fields[2].empty() || is_listener_id(fields[2]));
  if (!is_right) return std::nullopt;
  MailWatch watch;
  watch.context = *context;
  watch.user = *user;
  watch.listener = fields[2];
  watch.life = *life;
  watch.host = fields[4];
  watch.addresses = fields[5];
  watch.port = *port;
  watch.encryption = fields[7];
  watch.verifies_certificate = fields[8] == "1";
  watch.ca_file = fields[9];
  watch.mechanism = fields[10];
  watch.login = fields[11];
  watch.authorize_as = fields[12];
  watch.secret = fields[13];
  return watch;
}

/// Grown once, so that no copy of the secret is left behind.
std::string write_watch(const MailWatch& watch) {
  const std::string numbers[] = {std::to_string(watch.context), std::to_string(watch.user),
                                 std::to_string(watch.life), std::to_string(watch.port)};
  const std::string_view fields[kWatchFields] = {
      numbers[0],         numbers[1],       watch.listener,
      numbers[2],         watch.host,       watch.addresses,
      numbers[3],         watch.encryption, watch.verifies_certificate ? "1" : "0",
      watch.ca_file,      watch.mechanism,  watch.login,
      watch.authorize_as, watch.secret};
  std::size_t size = kControlHead + kWatchFields;
  for (const std::string_view field : fields) size += field.size();
  std::string out;
  out.reserve(size);
  out.append(kRecordMagic).push_back(kWatchType);
  for (std::size_t i = 0; i < kWatchFields; ++i) {
    if (i > 0) out.push_back('\0');
    out.append(fields[i]);
  }
  return out;
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
  std::string operator()(const MailWatch& watch) const { return write_watch(watch); }
  std::string operator()(const MailRelease& release) const {
    return record_of(kReleaseType, fmt::format("{} {} {}", release.context, release.user, release.listener));
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

void wipe(MailWatch& watch) { gw::wipe(watch.secret); }

bool is_listener_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestListener &&
         text.find_first_not_of("0123456789abcdef") == text.npos;
}

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
    case kWatchType:
      return read_watch(text);
    case kReleaseType:
      return read_release(text);
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
