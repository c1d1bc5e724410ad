#include "push/event_record.hpp"

#include <algorithm>
#include <type_traits>

namespace gw::push {
namespace {

constexpr char kEventType = 'E';
constexpr char kGapType = 'G';
/// Bytes that an audience takes besides its users: folder and count.
constexpr std::size_t kAudienceHead = 8 + 4;
constexpr std::size_t kUserBytes = 4;

template <class Number>
void put(std::string& out, Number number) {
  auto bits = static_cast<std::make_unsigned_t<Number>>(number);
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    out.push_back(static_cast<char>(bits & 0xFF));
    if constexpr (sizeof(Number) > 1) bits = static_cast<std::make_unsigned_t<Number>>(bits >> 8);
  }
}

/// Takes numbers and texts from the front; once anything is missing it stays bad.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  template <class Number>
  Number number() {
    const std::string_view raw = bytes(sizeof(Number));
    std::make_unsigned_t<Number> bits = 0;
    for (std::size_t i = raw.size(); i-- > 0;) {
      if constexpr (sizeof(Number) > 1) bits = static_cast<std::make_unsigned_t<Number>>(bits << 8);
      bits = static_cast<std::make_unsigned_t<Number>>(bits | static_cast<unsigned char>(raw[i]));
    }
    return static_cast<Number>(bits);
  }

  std::string_view bytes(std::size_t count) {
    if (count > rest_.size()) is_good_ = false;
    if (!is_good_) return {};
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  [[nodiscard]] std::size_t left() const { return rest_.size(); }
  [[nodiscard]] bool is_good() const { return is_good_; }
  [[nodiscard]] bool is_at_end() const { return is_good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

/// The text, or nothing when it is too long.
std::string_view within(std::string_view text, std::size_t limit) {
  return text.size() <= limit ? text : std::string_view();
}

std::string encode_head(const EventRecord& event) {
  const std::string_view token = within(event.source_token, kLongestToken);
  const std::string_view data = within(event.data, kLongestData);
  std::string out(kRecordMagic);
  out.push_back(kEventType);
  put(out, event.kind);
  put(out, static_cast<std::uint8_t>(event.origin));
  put(out, event.context);
  put(out, event.module);
  put(out, event.object);
  put(out, event.actor);
  put(out, event.stamp);
  put(out, static_cast<std::uint8_t>(token.size()));
  out.append(token);
  put(out, static_cast<std::uint16_t>(data.size()));
  out.append(data);
  return out;
}

void put_audience(std::string& out, std::int64_t folder, const std::int32_t* users, std::size_t count) {
  put(out, folder);
  put(out, static_cast<std::uint32_t>(count));
  for (std::size_t i = 0; i < count; ++i) put(out, users[i]);
}

std::optional<FolderAudience> read_audience(Reader& reader) {
  FolderAudience audience;
  audience.folder = reader.number<std::int64_t>();
  const auto count = reader.number<std::uint32_t>();
  if (!reader.is_good() || count > reader.left() / kUserBytes) return std::nullopt;
  audience.users.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto user = reader.number<std::int32_t>();
    if (!audience.users.empty() && user <= audience.users.back()) return std::nullopt;
    audience.users.push_back(user);
  }
  return audience;
}

}  // namespace

std::vector<std::string> encode_event(const EventRecord& event) {
  const std::string head = encode_head(event);
  std::vector<std::string> datagrams;
  std::string current = head;
  for (const FolderAudience& audience : event.audiences) {
    std::vector<std::int32_t> users = audience.users;
    std::sort(users.begin(), users.end());
    users.erase(std::unique(users.begin(), users.end()), users.end());
    std::size_t done = 0;
    do {
      if (current.size() + kAudienceHead + kUserBytes > kLongestRecord) {
        datagrams.push_back(current);
        current = head;
      }
      const std::size_t room = (kLongestRecord - current.size() - kAudienceHead) / kUserBytes;
      const std::size_t count = std::min(room, users.size() - done);
      put_audience(current, audience.folder, users.data() + done, count);
      done += count;
    } while (done < users.size());
  }
  datagrams.push_back(std::move(current));
  return datagrams;
}

std::optional<EventRecord> decode_event(std::string_view bytes) {
  if (bytes.size() > kLongestRecord) return std::nullopt;
  Reader reader(bytes);
  if (reader.bytes(kRecordMagic.size()) != kRecordMagic || reader.number<char>() != kEventType)
    return std::nullopt;
  EventRecord event;
  event.kind = reader.number<std::uint8_t>();
  const auto origin = reader.number<std::uint8_t>();
  if (origin > 1 || (event.kind > kDeleted && event.kind != kUnknownKind)) return std::nullopt;
  event.origin = static_cast<Origin>(origin);
  event.context = reader.number<std::int64_t>();
  event.module = reader.number<std::int32_t>();
  event.object = reader.number<std::int64_t>();
  event.actor = reader.number<std::int32_t>();
  event.stamp = reader.number<std::int64_t>();
  const auto token_size = reader.number<std::uint8_t>();
  if (token_size > kLongestToken) return std::nullopt;
  event.source_token = reader.bytes(token_size);
  const auto data_size = reader.number<std::uint16_t>();
  if (data_size > kLongestData) return std::nullopt;
  event.data = reader.bytes(data_size);
  if (!reader.is_good()) return std::nullopt;
  while (!reader.is_at_end()) {
    std::optional<FolderAudience> audience = read_audience(reader);
    if (!audience) return std::nullopt;
    event.audiences.push_back(std::move(*audience));
  }
  return event;
}

std::string encode_gap() {
  std::string out(kRecordMagic);
  out.push_back(kGapType);
  return out;
}

bool is_gap(std::string_view bytes) noexcept {
  return bytes.size() == kRecordMagic.size() + 1 && bytes.starts_with(kRecordMagic) &&
         bytes.back() == kGapType;
}

}  // namespace gw::push
