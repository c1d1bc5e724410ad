#include "directory/mapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "core/text.hpp"
#include "directory/filter.hpp"

namespace gw::directory {
namespace {

constexpr std::size_t kMaxMapping = 65'536, kMaxMappingLine = 1'024, kMaxSources = 10, kMaxFieldName = 64;

bool is_name_of_attribute(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '.';
  });
}

/// Errors: empty for what is no source.
std::optional<Source> parse_source(std::string_view text) {
  Source source;
  std::string_view name = text;
  if (const std::size_t equals = text.find('='); equals != text.npos) {
    source.kind = Source::Kind::Equals;
    source.value = trim(text.substr(equals + 1));
    name = trim(text.substr(0, equals));
    if (source.value.empty()) return std::nullopt;
  } else if (const std::size_t bits = text.find('&'); bits != text.npos) {
    const auto number = parse_integer(text.substr(bits + 1));
    if (!number || *number <= 0) return std::nullopt;
    source.kind = Source::Kind::Bits;
    source.bits = *number;
    name = trim(text.substr(0, bits));
  } else if (const std::size_t mark = text.find(';'); mark != text.npos) {
    const std::string_view form = trim(text.substr(mark + 1));
    if (form == "binary")
      source.kind = Source::Kind::Uuid;
    else if (form == "guid")
      source.kind = Source::Kind::Guid;
    else if (form == "login")
      source.kind = Source::Kind::Login;
    else
      return std::nullopt;
    name = trim(text.substr(0, mark));
  }
  if (!is_name_of_attribute(name)) return std::nullopt;
  source.attribute = to_lower_ascii(name);
  return source;
}

class MappingReader {
 public:
  Mapping read(std::string_view text) {
    if (text.size() > kMaxMapping) throw MappingError("a mapping file has at most 64 KiB");
    if (!is_valid_utf8(text)) throw MappingError("a mapping file is UTF-8");
    for (const std::string_view line : split(text, '\n')) {
      ++line_;
      if (line.size() > kMaxMappingLine) refuse("a line has at most 1024 bytes");
      if (line.empty() || line.front() == '#' || line.front() == ';') continue;
      line.front() == '[' ? open(line) : take(line);
    }
    finish("user", mapping_.user);
    finish("group", mapping_.group);
    finish("resource", mapping_.resource);
    finish("contact", mapping_.contact);
    if (!mapping_.user) throw MappingError("the section [user] is missing");
    return std::move(mapping_);
  }

 private:
  [[noreturn]] void refuse(const std::string& text) const {
    throw MappingError(fmt::format("line {}: {}", line_, text));
  }

  void open(std::string_view line) {
    std::optional<Section>* wanted = nullptr;
    if (line == "[user]") wanted = &mapping_.user;
    if (line == "[group]") wanted = &mapping_.group;
    if (line == "[resource]") wanted = &mapping_.resource;
    if (line == "[contact]") wanted = &mapping_.contact;
    if (wanted == nullptr) refuse("the sections are [user], [group], [resource] and [contact]");
    if (*wanted) refuse("this section has begun before");
    section_ = &wanted->emplace();
  }

  void take(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (section_ == nullptr) refuse("write [user] before the first line");
    if (equals == line.npos) refuse("write name = attribute");
    const std::string name = to_lower_ascii(trim(line.substr(0, equals)));
    const std::string_view value = trim(line.substr(equals + 1));
    if (name == "filter") {
      if (!is_filter(value)) refuse("this is no filter: write one such as (objectClass=person)");
      section_->filter = value;
    } else if (name == "base") {
      section_->base = value;
    } else if (name == "id") {
      section_->id = rule(value);
    } else if (name == "modified") {
      section_->modified = rule(value);
    } else if (name.empty() || name.size() > kMaxFieldName) {
      refuse("write name = attribute");
    } else if (!section_->fields.try_emplace(name, rule(value)).second) {
      refuse(fmt::format("{} stands here twice", name));
    }
  }

  [[nodiscard]] Rule rule(std::string_view text) const {
    Rule rule;
    for (const std::string_view part : split(text, ',')) {
      auto source = parse_source(part);
      if (!source || rule.size() == kMaxSources)
        refuse(
            "write attributes, separated by commas; each one alone, or with ;binary, ;guid, ;login, =value "
            "or "
            "&number behind it");
      rule.push_back(std::move(*source));
    }
    return rule;
  }

  static void finish(std::string_view name, const std::optional<Section>& section) {
    if (!section) return;
    if (section->filter.empty()) throw MappingError(fmt::format("[{}] has no line filter", name));
    if (section->id.empty()) throw MappingError(fmt::format("[{}] has no line id", name));
  }

  Mapping mapping_;
  Section* section_ = nullptr;
  int line_ = 0;
};

void collect(std::set<std::string>& names, const Rule& rule) {
  for (const Source& source : rule) names.insert(source.attribute);
}

}  // namespace

Mapping parse_mapping(std::string_view text) { return MappingReader().read(text); }

std::vector<std::string> attributes_of(const Section& section) {
  std::set<std::string> names;
  collect(names, section.id);
  collect(names, section.modified);
  for (const auto& [name, rule] : section.fields) collect(names, rule);
  return {names.begin(), names.end()};
}

std::vector<std::string> marks_of(const Section& section) {
  std::set<std::string> names;
  collect(names, section.id);
  collect(names, section.modified);
  return {names.begin(), names.end()};
}

}  // namespace gw::directory
