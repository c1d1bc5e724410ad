// Writes JSON text. Jansson's own writer hands out every quote, comma and piece of a string by a callback of
// its own, which was a third of the time of a contact's answer; but for reals the text is the same as its
// JSON_COMPACT.
#include "core/json_text.hpp"

#include <array>
#include <charconv>

#include "core/json.hpp"
#include "core/text.hpp"

namespace gw {
namespace {

/// Text is handed on in pieces of this many bytes, or a little more.
constexpr std::size_t kPiece = 32'768;
/// Room for one object, so that its text grows without moving.
constexpr std::size_t kUsualSize = 1'024;

/// What a byte becomes inside a string: 0 stays as it is, 'u' needs \u00XX, else the letter after the
/// backslash.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) table[byte] = 'u';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  table['"'] = '"';
  table['\\'] = '\\';
  return table;
}();

/// The shortest text that reads back as the same number: 99.99, where Jansson writes 99.989999999999995. With
/// a point or an exponent, so that it stays a real.
void append_real(std::string& out, double value) {
  std::array<char, 32> buffer;
  const auto [end, problem] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  out += text;
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

/// `flush` is called with the text so far whenever it has grown long; it empties it, or returns false to
/// stop.
template <class Flush>
class Writer {
 public:
  Writer(std::string& out, Flush flush) : out_(out), flush_(std::move(flush)) {}

  bool write(json_t* value) {
    switch (json_typeof(value)) {
      case JSON_OBJECT:
        return write_object(value);
      case JSON_ARRAY:
        return write_array(value);
      case JSON_STRING:
        append_json_string(out_, {json_string_value(value), json_string_length(value)});
        break;
      case JSON_INTEGER:
        append_json_integer(out_, json_integer_value(value));
        break;
      case JSON_REAL:
        append_real(out_, json_real_value(value));
        break;
      case JSON_TRUE:
        out_ += "true";
        break;
      case JSON_FALSE:
        out_ += "false";
        break;
      case JSON_NULL:
        out_ += "null";
        break;
    }
    return flush_(out_);
  }

 private:
  bool write_object(json_t* value) {
    char before = '{';
    const char* name = nullptr;
    json_t* member = nullptr;
    json_object_foreach(value, name, member) {
      out_ += before;
      before = ',';
      append_json_string(out_, name);
      out_ += ':';
      if (!write(member)) return false;
    }
    out_ += before == '{' ? "{}" : "}";
    return flush_(out_);
  }

  bool write_array(json_t* value) {
    char before = '[';
    const std::size_t size = json_array_size(value);
    for (std::size_t index = 0; index < size; ++index) {
      out_ += before;
      before = ',';
      if (!write(json_array_get(value, index))) return false;
    }
    out_ += before == '[' ? "[]" : "]";
    return flush_(out_);
  }

  std::string& out_;
  Flush flush_;
};

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  const std::size_t begin = out.size();
  bool is_ascii = true;
  out += '"';
  std::size_t done = 0;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const auto byte = static_cast<unsigned char>(text[place]);
    const char escape = kEscapes[byte];
    is_ascii &= byte < 0x80;
    if (escape == 0) continue;
    out.append(text, done, place - done);
    done = place + 1;
    out += '\\';
    out += escape;
    if (escape != 'u') continue;
    out += "00";
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  out.append(text, done, text.size() - done);
  out += '"';
  if (is_ascii || is_valid_utf8(text)) return;
  out.resize(begin);
  append_json_string(out, replace_invalid_utf8(text));
}

void append_json_integer(std::string& out, std::int64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

std::string Json::dump() const {
  std::string text;
  if (value_ == nullptr) return text;
  text.reserve(kUsualSize);
  Writer(text, [](const std::string&) { return true; }).write(value_);
  return text;
}

bool Json::dump_to(const std::function<bool(std::string_view)>& write) const {
  if (value_ == nullptr) return false;
  std::string text;
  const auto flush = [&](std::string& piece) {
    if (piece.size() < kPiece) return true;
    const bool goes_on = write(piece);
    piece.clear();
    return goes_on;
  };
  return Writer(text, flush).write(value_) && (text.empty() || write(text));
}

}  // namespace gw
