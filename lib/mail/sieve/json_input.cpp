#include "mail/sieve/json_input.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::mail::sieve {
namespace {

namespace errors = gw::errors::mail_filter;
constexpr std::size_t kMaxList = 1'000;

}  // namespace

void refuse_rule(const std::string& why) { throw ApiError(errors::kInvalidRule, {why}); }

const std::string& check_line(const std::string& text) {
  if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos || !is_valid_utf8(text))
    refuse_rule("a text holds a line break");
  return text;
}

std::string line_of(const Json& json, const char* member) {
  const Json value = json.get(member);
  if (value.is_missing() || value.is_null()) throw ApiError(errors::kEmptyField, {member});
  if (!value.is_string()) throw ApiError(errors::kBadJson, {member});
  std::string text(value.as_string());
  if (trim(text).empty()) throw ApiError(errors::kEmptyField, {member});
  return check_line(text);
}

std::vector<std::string> lines_of(const Json& json, const char* member) {
  const Json value = json.get(member);
  if (value.is_missing() || value.is_null()) throw ApiError(errors::kEmptyField, {member});
  std::vector<std::string> lines;
  if (value.is_string()) {
    lines.emplace_back(value.as_string());
  } else if (value.is_array() && value.size() <= kMaxList) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto text = value.at(i).to_text();
      if (!text) throw ApiError(errors::kBadJson, {member});
      lines.push_back(*text);
    }
  } else {
    throw ApiError(errors::kBadJson, {member});
  }
  if (lines.empty()) refuse_rule(std::string(member) + " is empty");
  for (const std::string& line : lines) check_line(line);
  return lines;
}

std::optional<const Argument*> SortedArguments::take(std::string_view tag) {
  const auto found =
      std::find_if(tags.begin(), tags.end(), [&](const auto& entry) { return entry.first == tag; });
  if (found == tags.end()) return std::nullopt;
  const Argument* value = found->second;
  tags.erase(found);
  return value;
}

std::optional<SortedArguments> sort_arguments(const std::vector<Argument>& arguments,
                                              const std::function<bool(std::string_view)>& has_value) {
  SortedArguments sorted;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Argument& argument = arguments[i];
    if (argument.kind != Argument::Kind::Tag) {
      sorted.positional.push_back(&argument);
    } else if (!has_value(argument.text)) {
      sorted.tags.emplace_back(argument.text, nullptr);
    } else {
      if (++i == arguments.size() || arguments[i].kind == Argument::Kind::Tag) return std::nullopt;
      sorted.tags.emplace_back(argument.text, &arguments[i]);
    }
  }
  return sorted;
}

std::optional<std::vector<std::string>> texts_of(const Argument* argument) {
  if (argument->kind == Argument::Kind::List) return argument->list;
  if (argument->kind == Argument::Kind::String) return std::vector{argument->text};
  return std::nullopt;
}

Json to_json(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.append(Json::string(text));
  return array;
}

}  // namespace gw::mail::sieve
