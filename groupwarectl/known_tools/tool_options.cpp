#include "groupwarectl/known_tools/tool_options.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "provisioning/module_access.hpp"
#include "provisioning/user_fields.hpp"

namespace groupwarectl::known {
namespace {

const ToolOption* find_long(std::span<const ToolOption> options, std::string_view name) {
  for (const ToolOption& option : options)
    if (gw::equal_ignoring_ascii_case(option.long_name, name)) return &option;
  return nullptr;
}

const ToolOption* find_short(std::span<const ToolOption> options, char name) {
  for (const ToolOption& option : options)
    if (option.short_name == name) return &option;
  return nullptr;
}

/// One option of the line, whose value may be the next word.
struct Given {
  const ToolOption* option = nullptr;
  std::string name;
  std::optional<std::string> value;
};

Given read_word(std::span<const ToolOption> options, const std::string& word) {
  Given given{nullptr, word, std::nullopt};
  if (word.starts_with("--")) {
    const std::size_t equals = word.find('=');
    given.name = word.substr(0, equals);
    if (equals != std::string::npos) given.value = word.substr(equals + 1);
    given.option = find_long(options, std::string_view(given.name).substr(2));
  } else if (word.size() >= 2 && word.front() == '-') {
    given.name = word.substr(0, 2);
    given.option = find_short(options, word[1]);
    if (word.size() > 2) given.value = word.substr(2);
  }
  if (given.option == nullptr) throw ToolError(kUnknownOption, "Unknown option \"" + given.name + "\"");
  return given;
}

gw::Json value_of(const ToolOption& option, const std::string& text) {
  if (option.kind == OptionKind::List) {
    gw::Json list = gw::Json::array();
    for (const std::string_view part : gw::split(text, ','))
      if (!part.empty()) list.append(gw::Json::string(part));
    return list;
  }
  if (option.kind != OptionKind::OnOff) return gw::Json::string(text);
  const std::string word = gw::to_lower_ascii(text);
  if (word != "on" && word != "off" && word != "true" && word != "false")
    throw ToolError(kIllegalValue, "--" + option.long_name + " is on or off");
  return gw::Json::boolean(word == "on" || word == "true");
}

void store_value(gw::Json& arguments, const ToolOption& option, const std::string& text) {
  const std::size_t dot = option.path.find('.');
  const std::string argument = option.path.substr(0, dot);
  if (dot == std::string::npos) {
    arguments.set(argument, value_of(option, text));
    return;
  }
  gw::Json object = arguments.get(argument.c_str());
  if (object.is_missing()) {
    object = gw::Json::object();
    arguments.set(argument, object);
  }
  const std::string member = option.path.substr(dot + 1);
  if (option.kind != OptionKind::Pair) {
    object.set(member, value_of(option, text));
    return;
  }
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) throw ToolError(kIllegalValue, "--" + option.long_name + " is key=value");
  gw::Json map = object.get(member.c_str());
  if (map.is_missing()) {
    map = gw::Json::object();
    object.set(member, map);
  }
  map.set(text.substr(0, equals), gw::Json::string(std::string_view(text).substr(equals + 1)));
}

}  // namespace

std::vector<ToolOption> common_options() {
  return {{'A', "adminuser", ":adminuser"},
          {'P', "adminpass", ":adminpass"},
          {'h', "help", ":help", OptionKind::Flag},
          {0, "environment", ":environment", OptionKind::Flag},
          {0, "nonl", ":nonl", OptionKind::Flag},
          {0, "csv", ":csv", OptionKind::Flag},
          {0, "responsetimeout", ":responsetimeout"},
          {0, "csv-import", ":csv-import"},
          {0, "database", ":database"},
          {0, "config", ":config"}};
}

std::vector<ToolOption> context_choice(bool is_required) {
  // One of both is enough: `:context` is checked by itself.
  return {{'c', "contextid", "ctx.id", OptionKind::Text, is_required},
          {'N', "contextname", "ctx.name", OptionKind::Text}};
}

std::vector<ToolOption> user_options(const std::string& object, bool is_creating) {
  std::vector<ToolOption> options{
      {'u', "username", object + ".name", OptionKind::Text, is_creating},
      {'d', "displayname", object + ".display_name", OptionKind::Text, is_creating},
      {'g', "givenname", object + ".given_name", OptionKind::Text, is_creating},
      {'s', "surname", object + ".sur_name", OptionKind::Text, is_creating},
      {'p', "password", object + ".password", OptionKind::Text, is_creating},
      {'e', "email", object + ".primaryEmail", OptionKind::Text, is_creating},
      {'l', "language", object + ".language"},
      {'t', "timezone", object + ".timezone"},
      {'x', "department", object + ".department"},
      {'z', "company", object + ".company"},
      {'a', "aliases", object + ".aliases", OptionKind::List},
      {0, "addguipreferences", object + ".guiPreferencesForSoap", OptionKind::Pair}};
  using gw::provisioning::ValueKind;
  for (const gw::provisioning::UserField& field : gw::provisioning::user_fields()) {
    const ValueKind kind = field.member.kind;
    const std::string name = gw::to_lower_ascii(field.member.name);
    if (kind == ValueKind::Struct || kind == ValueKind::Map || kind == ValueKind::MapMap || name == "id" ||
        name == "contextadmin" || name == "usedquota" || find_long(options, name) != nullptr)
      continue;
    const OptionKind taken = field.member.is_list         ? OptionKind::List
                             : kind == ValueKind::Boolean ? OptionKind::OnOff
                                                          : OptionKind::Text;
    options.push_back({0, name, object + "." + std::string(field.member.name), taken});
  }
  return options;
}

std::vector<ToolOption> access_options(const std::string& object) {
  std::vector<ToolOption> options{{0, "access-combination-name", "access_combination_name"}};
  for (const gw::provisioning::AccessRow& row : gw::provisioning::access_rows())
    options.push_back(
        {0, "access-" + std::string(row.option), object + "." + std::string(row.member), OptionKind::OnOff});
  return options;
}

OptionValues read_options(std::span<const ToolOption> options, const std::vector<std::string>& words) {
  OptionValues values;
  for (std::size_t i = 0; i < words.size(); ++i) {
    Given given = read_word(options, words[i]);
    if (given.option->kind == OptionKind::Flag) {
      values.emplace(given.option->path, "");
      continue;
    }
    if (!given.value && i + 1 < words.size()) given.value = words[++i];
    if (!given.value) throw ToolError(kIllegalValue, "Option " + given.name + " needs a value");
    const bool is_repeatable =
        given.option->kind == OptionKind::Pair || given.option->kind == OptionKind::Several;
    if (!is_repeatable) values.erase(given.option->path);
    values.emplace(given.option->path, *given.value);
  }
  return values;
}

void require_options(std::span<const ToolOption> options, const OptionValues& values) {
  for (const ToolOption& option : options) {
    if (!option.is_required || values.contains(option.path)) continue;
    if (option.path == "ctx.id" && values.contains("ctx.name")) continue;
    throw ToolError(kMissingOption, "Option --" + option.long_name + " is missing");
  }
}

gw::Json to_arguments(std::span<const ToolOption> options, const OptionValues& values) {
  gw::Json arguments = gw::Json::object();
  for (const auto& [path, text] : values) {
    if (path.starts_with(':')) continue;
    const auto option = std::find_if(options.begin(), options.end(),
                                     [&path = path](const ToolOption& each) { return each.path == path; });
    store_value(arguments, *option, text);
  }
  return arguments;
}

std::optional<std::string> find_value(const OptionValues& values, const std::string& path) {
  const auto found = values.find(path);
  return found == values.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace groupwarectl::known
