#include "formats/ical/component_reader.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "formats/charset.hpp"
#include "formats/lines/content_line.hpp"

namespace gw::formats::ical {
namespace {

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }

/// Builds the tree line by line. The stack holds what is open; its first one is the text itself.
class TreeBuilder {
 public:
  TreeBuilder(const Limits& limits, ReadText& out) : limits_(limits), out_(out) { open_.emplace_back(); }

  /// Errors: false when the text has too many components or properties.
  bool take(std::string_view line) {
    if (line.size() > limits_.line)
      return warn(WarningKind::LineTooLong, line.substr(0, line.find_first_of(":;")));
    auto property = lines::parse_content_line(line);
    // A charset or quoted-printable may have brought some.
    if (property) std::erase_if(property->value, is_control);
    if (!property) return warn(WarningKind::BrokenLine, line.substr(0, 40));
    if (property->name == "BEGIN") return begin(to_upper_ascii(trim(property->value)));
    if (property->name == "END") return end(to_upper_ascii(trim(property->value)));
    if (skipped_ > 0 || open_.size() == 1) return true;
    // What libical leaves where it could not read.
    if (property->name == "X-LIC-ERROR") return true;
    if (open_.back().properties.size() >= limits_.properties)
      return warn(WarningKind::TooManyProperties, open_.back().name);
    open_.back().properties.push_back(std::move(*property));
    return ++properties_ <= limits_.all_properties;
  }

  void finish() {
    while (open_.size() > 1) {
      warn(WarningKind::MissingEnd, open_.back().name);
      close();
    }
    Component rest{"VCALENDAR", {}, {}};
    for (Component& component : open_.front().components)
      if (component.name == "VCALENDAR")
        out_.calendars.push_back(std::move(component));
      else
        rest.components.push_back(std::move(component));
    if (!rest.components.empty()) out_.calendars.push_back(std::move(rest));
  }

 private:
  bool warn(WarningKind kind, std::string_view where) {
    if (out_.warnings.size() < limits_.warnings) out_.warnings.push_back({kind, replace_invalid_utf8(where)});
    return true;
  }

  bool begin(std::string name) {
    const bool is_plain =
        !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
          return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        });
    if (!is_plain) return warn(WarningKind::BrokenLine, "BEGIN");
    // What stands outside of a calendar gets one.
    const std::string& outermost = open_.size() > 1 ? open_[1].name : name;
    if (skipped_ > 0 || open_.size() + (outermost == "VCALENDAR" ? 0 : 1) > limits_.depth) {
      if (skipped_++ == 0) warn(WarningKind::TooDeep, name);
      return true;
    }
    // A calendar is never part of something: what is open lacks its END.
    while (name == "VCALENDAR" && open_.size() > 1) {
      warn(WarningKind::MissingEnd, open_.back().name);
      close();
    }
    if (++components_ > limits_.components) return false;
    open_.push_back({std::move(name), {}, {}});
    return true;
  }

  bool end(const std::string& name) {
    if (skipped_ > 0) {
      --skipped_;
      return true;
    }
    const auto found = std::find_if(open_.rbegin(), open_.rend() - 1,
                                    [&](const Component& component) { return component.name == name; });
    if (found == open_.rend() - 1) return warn(WarningKind::UnexpectedEnd, name);
    for (auto extra = found - open_.rbegin(); extra > 0; --extra) {
      warn(WarningKind::MissingEnd, open_.back().name);
      close();
    }
    close();
    return true;
  }

  void close() {
    Component done = std::move(open_.back());
    open_.pop_back();
    open_.back().components.push_back(std::move(done));
  }

  const Limits& limits_;
  ReadText& out_;
  std::vector<Component> open_;
  std::size_t skipped_ = 0;
  std::size_t components_ = 0;
  std::size_t properties_ = 0;
};

}  // namespace

ReadText read_components(std::string_view text, const Limits& limits) {
  ReadText result;
  if (text.size() > limits.text) {
    result.error = ReadError::TooLarge;
    return result;
  }
  std::string converted;
  const ByteOrderMark mark = find_byte_order_mark(text);
  text.remove_prefix(mark.size);
  if (mark.size > 0 && mark.charset != "UTF-8") {
    converted = to_utf8(text, std::string(mark.charset)).value_or("");
    text = converted;
  }
  TreeBuilder tree(limits, result);
  lines::LineReader reader(text);
  std::string line;
  bool is_small_enough = true;
  while (is_small_enough && reader.next_logical(line)) {
    std::erase_if(line, is_control);
    is_small_enough = tree.take(line);
  }
  tree.finish();
  if (!is_small_enough) result.calendars.clear();
  if (result.calendars.empty()) result.error = is_small_enough ? ReadError::Empty : ReadError::TooLarge;
  return result;
}

}  // namespace gw::formats::ical
