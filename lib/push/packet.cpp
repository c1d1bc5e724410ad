#include "push/packet.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace gw::push {
namespace {

constexpr char kSeparator = '\x01';
constexpr std::int64_t kPacketMagic = 1337;
constexpr std::int64_t kLargestId = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t kLongestHost = 255;
/// Digits of the numbers: a longer row of leading zeros is no number either.
constexpr std::size_t kMostIdDigits = 10;
constexpr std::size_t kMostStampDigits = 19;
constexpr std::string_view kSignatureMark = "h1";
constexpr std::string_view kInstanceMark = "i1";
constexpr std::string_view kGoodbyeMark = "g1";
constexpr std::size_t kNonceDigits = 16;
constexpr std::size_t kMacDigits = 32;

using Tokens = std::vector<std::string_view>;

bool is_clean(std::string_view payload) {
  return std::all_of(payload.begin(), payload.end(), [](char c) {
    return c == kSeparator || (c >= 0x20 && static_cast<unsigned char>(c) < 0x80);
  });
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

bool is_instance_mark(std::string_view token) { return token == kInstanceMark || token == kGoodbyeMark; }

/// What may follow the payload. More than that means that the length is wrong and cut something.
bool is_allowed_rest(std::string_view rest) {
  return rest.empty() ||
         (rest.size() == 1 && std::string_view("\x01\r\n\0", 4).find(rest[0]) != std::string_view::npos);
}

/// Empty when a token in the middle is missing; trailing empty tokens do not count.
Tokens split_payload(std::string_view payload) {
  while (payload.ends_with(kSeparator)) payload.remove_suffix(1);
  Tokens tokens;
  while (!payload.empty()) {
    const std::size_t end = std::min(payload.find(kSeparator), payload.size());
    if (end == 0) return {};
    tokens.push_back(payload.substr(0, end));
    payload.remove_prefix(std::min(end + 1, payload.size()));
  }
  return tokens;
}

/// Reads tokens as the types of the fields. The first fault is kept; what is read after it means nothing.
class FieldReader {
 public:
  explicit FieldReader(const Tokens& tokens) : tokens_(tokens) {}

  [[nodiscard]] std::optional<PacketError> error() const { return error_; }
  [[nodiscard]] bool has(std::size_t index) const { return index < tokens_.size(); }
  [[nodiscard]] std::string_view text(std::size_t index) const {
    return has(index) ? tokens_[index] : std::string_view();
  }

  std::int64_t number(std::size_t index, std::int64_t max, PacketError error) {
    if (!has(index)) return fail(PacketError::General);
    const auto number = parse_number(tokens_[index], max);
    return number ? *number : fail(error);
  }
  std::int32_t id(std::size_t index, PacketError error) {
    return static_cast<std::int32_t>(number(index, kLargestId, error));
  }
  std::uint16_t port(std::size_t index) {
    const std::int64_t port = number(index, 65'535, PacketError::Port);
    if (port == 0) fail(PacketError::Port);
    return static_cast<std::uint16_t>(port);
  }

  std::string host(std::size_t index) {
    constexpr std::string_view kAllowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:_%";
    const std::string_view token = text(index);
    if (token.empty() || token.size() > kLongestHost || token.find_first_not_of(kAllowed) != token.npos)
      fail(PacketError::General);
    return error_ ? std::string() : std::string(token);
  }

  /// A trailing comma is tolerated, an empty id in the middle is not.
  std::vector<std::int32_t> users(std::size_t index) {
    std::vector<std::int32_t> users;
    std::string_view list = text(index);
    if (list.ends_with(',')) list.remove_suffix(1);
    while (!error_) {
      const std::size_t end = std::min(list.find(','), list.size());
      const auto user = parse_number(list.substr(0, end), kLargestId);
      if (!user || users.size() >= kMostUsers) {
        fail(has(index) ? PacketError::Users : PacketError::General);
        break;
      }
      users.push_back(static_cast<std::int32_t>(*user));
      if (end == list.size()) break;
      list.remove_prefix(end + 1);
    }
    return users;
  }

 private:
  std::int64_t fail(PacketError error) {
    if (!error_) error_ = error;
    return 0;
  }

  const Tokens& tokens_;
  std::optional<PacketError> error_;
};

Packet read_client_register(FieldReader& fields) {
  return ClientRegister{.user = fields.id(1, PacketError::User),
                        .context = fields.id(2, PacketError::Context)};
}

/// isRemote may be missing: receivers ignore it.
Packet read_register_sync(FieldReader& fields) {
  return RegisterSync{.user = fields.id(1, PacketError::User),
                      .context = fields.id(2, PacketError::Context),
                      .address = fields.host(3),
                      .port = fields.port(4),
                      .is_remote = fields.text(5) == "true"};
}

Packet read_push_sync(FieldReader& fields) {
  PushSync packet{.folder = fields.id(1, PacketError::Folder),
                  .module = fields.id(2, PacketError::Module),
                  .context = fields.id(3, PacketError::Context),
                  .users = fields.users(4)};
  if (fields.has(5))
    packet.stamp = fields.number(5, std::numeric_limits<std::int64_t>::max(), PacketError::General);
  return packet;
}

Packet read_host_register(FieldReader& fields) {
  HostRegister packet{.host = fields.host(1), .port = fields.port(2)};
  if (!is_instance_mark(fields.text(3)) || !is_hex(fields.text(4), kNonceDigits)) return packet;
  packet.instance = fields.text(4);
  packet.is_goodbye = fields.text(3) == kGoodbyeMark;
  return packet;
}

/// `fields`: tokens before a signature, the action counted.
struct Action {
  std::size_t fields;
  Packet (*read)(FieldReader&);
};
constexpr std::array kActions{Action{3, read_client_register}, Action{6, read_register_sync},
                              Action{6, read_push_sync}, Action{3, read_host_register}};

/// Behind the packet's own fields, or behind the instance, which it signs, too.
std::optional<SignatureTokens> signature_of(std::string_view payload, const Tokens& tokens,
                                            std::size_t fields) {
  if (tokens.size() > fields && is_instance_mark(tokens[fields])) fields += 2;
  if (tokens.size() < fields + 5 || tokens[fields] != kSignatureMark) return std::nullopt;
  const auto seconds = parse_number(tokens[fields + 2], std::numeric_limits<std::int64_t>::max());
  if (!seconds || !is_hex(tokens[fields + 3], kNonceDigits) || !is_hex(tokens[fields + 4], kMacDigits))
    return std::nullopt;
  const std::string_view mac = tokens[fields + 4];
  return SignatureTokens{
      .key_id = tokens[fields + 1],
      .unix_seconds = *seconds,
      .nonce = tokens[fields + 3],
      .mac = mac,
      .signed_bytes = payload.substr(0, static_cast<std::size_t>(mac.data() - payload.data()))};
}

/// The payload that magic and length promise.
std::variant<std::string_view, PacketError> payload_of(std::string_view datagram) {
  if (datagram.empty() || datagram.size() > kLongestDatagram) return PacketError::Length;
  const std::size_t magic_end = std::min(datagram.find(kSeparator), datagram.size());
  const auto magic = parse_number(datagram.substr(0, magic_end), kLargestId);
  if (!magic) return PacketError::MagicNoNumber;
  if (*magic != kPacketMagic) return PacketError::WrongMagic;
  if (magic_end == datagram.size()) return PacketError::LengthNoNumber;
  const std::string_view rest = datagram.substr(magic_end + 1);
  const std::size_t length_end = rest.find(kSeparator);
  const auto length = parse_number(rest.substr(0, length_end), kLargestId);
  if (!length) return PacketError::LengthNoNumber;
  if (length_end == rest.npos) return PacketError::Length;
  const std::string_view body = rest.substr(length_end + 1);
  const auto size = static_cast<std::size_t>(*length);
  if (size > body.size() || !is_allowed_rest(body.substr(size))) return PacketError::Length;
  return body.substr(0, size);
}

std::variant<ParsedPacket, PacketError> parse_payload(std::string_view payload) {
  if (!is_clean(payload)) return PacketError::General;
  const Tokens tokens = split_payload(payload);
  if (tokens.empty()) return PacketError::General;
  const auto number = parse_number(tokens[0], kLargestId);
  if (!number) return PacketError::ActionNoNumber;
  if (*number < 1 || *number > static_cast<std::int64_t>(kActions.size())) return PacketError::UnknownAction;
  const Action& action = kActions[static_cast<std::size_t>(*number - 1)];
  FieldReader fields(tokens);
  Packet packet = action.read(fields);
  if (const auto error = fields.error()) return *error;
  return ParsedPacket{.packet = std::move(packet), .signature = signature_of(payload, tokens, action.fields)};
}

void append_users(std::string& out, const std::vector<std::int32_t>& users) {
  for (std::size_t i = 0; i < users.size(); ++i) {
    if (i > 0) out += ',';
    out += std::to_string(users[i]);
  }
}

struct PayloadWriter {
  std::string text;

  void add(std::string_view token) {
    if (!text.empty()) text += kSeparator;
    text += token;
  }
  void add(std::int64_t number) { add(std::to_string(number)); }

  void operator()(const ClientRegister& packet) {
    add(1);
    add(packet.user);
    add(packet.context);
  }
  void operator()(const RegisterSync& packet) {
    add(2);
    add(packet.user);
    add(packet.context);
    add(packet.address);
    add(packet.port);
    add(packet.is_remote ? "true" : "false");
  }
  void operator()(const PushSync& packet) {
    add(3);
    add(packet.folder);
    add(packet.module);
    add(packet.context);
    text += kSeparator;
    append_users(text, packet.users);
    add(packet.stamp);
  }
  void operator()(const HostRegister& packet) {
    add(4);
    add(packet.host);
    add(packet.port);
    if (packet.instance.empty()) return;
    add(packet.is_goodbye ? kGoodbyeMark : kInstanceMark);
    add(packet.instance);
  }
};

}  // namespace

std::optional<std::int64_t> parse_number(std::string_view digits, std::int64_t max) {
  const std::size_t most = max > kLargestId ? kMostStampDigits : kMostIdDigits;
  if (digits.empty() || digits.size() > most || digits[0] < '0' || digits[0] > '9') return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number > max) return std::nullopt;
  return number;
}

std::variant<ParsedPacket, PacketError> parse_packet(std::string_view datagram) {
  const auto payload = payload_of(datagram);
  if (const auto* error = std::get_if<PacketError>(&payload)) return *error;
  return parse_payload(std::get<std::string_view>(payload));
}

std::string format_payload(const Packet& packet) {
  PayloadWriter writer;
  std::visit(writer, packet);
  return std::move(writer.text);
}

std::string frame_payload(std::string_view payload) {
  std::string out = std::to_string(kPacketMagic) + kSeparator + std::to_string(payload.size()) + kSeparator;
  return out.append(payload);
}

std::string format_packet(const Packet& packet) {
  std::string payload = format_payload(packet);
  if (packet.index() <= 1) payload += kSeparator;
  return frame_payload(payload);
}

std::string format_push(std::int32_t folder) { return std::to_string(folder) + kSeparator; }

std::vector<PushSync> split_users(const PushSync& packet, std::size_t spare) {
  PushSync part = packet;
  part.users.clear();
  // Ten digits and a comma are the most that a user takes.
  const std::size_t head = format_packet(part).size() + 2 + spare;
  std::vector<PushSync> parts;
  std::size_t size = head;
  for (const std::int32_t user : packet.users) {
    const std::size_t more = std::to_string(user).size() + 1;
    if (!part.users.empty() && (size + more > kLongestSent || part.users.size() >= kMostUsers)) {
      parts.push_back(part);
      part.users.clear();
      size = head;
    }
    part.users.push_back(user);
    size += more;
  }
  if (!part.users.empty()) parts.push_back(std::move(part));
  return parts;
}

}  // namespace gw::push
