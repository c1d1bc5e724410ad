#include "mail/sieve/action_json.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "mail/mime/words.hpp"
#include "mail/sieve/json_input.hpp"
#include "mail/sieve/tables.hpp"

namespace gw::mail::sieve {
namespace {

namespace errors = gw::errors::mail_filter;
using Kind = ParameterKind;

constexpr std::int64_t kMostDays = 100'000;

bool is_empty(const Json& value) {
  return value.is_missing() || value.is_null() || (value.is_array() && value.size() == 0) ||
         (value.is_string() && trim(value.as_string()).empty());
}

/// A local part and a domain of letters, digits, marks and 8 bit characters. Source: RFC 5322 section 3.4.1,
/// without quoted local parts, which no redirect needs.
bool is_address(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > 320) return false;
  const auto is_part = [](std::string_view part, std::string_view marks) {
    return part.front() != '.' && part.back() != '.' && part.find("..") == std::string_view::npos &&
           std::all_of(part.begin(), part.end(), [&](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    static_cast<unsigned char>(c) >= 0x80 || marks.find(c) != std::string_view::npos;
           });
  };
  return is_valid_utf8(text) && is_part(text.substr(0, at), "!#$%&'*+-/=?^_`{|}~.") &&
         is_part(text.substr(at + 1), "-.");
}

/// Line ends become CRLF. In scripts of the reader they are LF.
std::string with_crlf(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    if (text[i] == '\n' || text[i] == '\r')
      out += "\r\n";
    else
      out += text[i];
  }
  return out;
}

/// As it is while it is plain ASCII.
std::string header_text(std::string_view text) {
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
  return is_plain && !mime::holds_encoded_word(text) ? std::string(text) : mime::encode_words(text);
}

std::string with_lf(std::string_view text) {
  std::string out = with_crlf(text);
  out.erase(std::remove(out.begin(), out.end(), '\r'), out.end());
  return out;
}

std::string text_of(const Json& json, const char* member) {
  const Json value = json.get(member);
  if (!value.is_string()) throw ApiError(errors::kBadJson, {member});
  if (trim(value.as_string()).empty()) throw ApiError(errors::kEmptyField, {member});
  if (value.as_string().find('\0') != std::string_view::npos)
    refuse_rule(std::string(member) + " holds a byte of zero");
  return with_lf(value.as_string());
}

std::string address_of(const Json& json, const char* member, const Context& context) {
  std::string address = line_of(json, member);
  if (!is_address(address)) throw ApiError(errors::kBadRedirect, {address});
  if (context.may_redirect && !context.may_redirect(address))
    throw ApiError(errors::kRedirectDenied, {address});
  return address;
}

std::string quoted_name(std::string_view name) {
  const auto is_plain = [](char c) {
    return c == ' ' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  if (std::all_of(name.begin(), name.end(), is_plain)) return std::string(name);
  if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return header_text(name);
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// `[name, address]`, `[address]`, `[[name, address]]` or text.
std::string sender_of(const Json& json, const char* member) {
  Json value = json.get(member);
  if (value.is_array() && value.size() == 1 && value.at(0).is_array()) value = value.at(0);
  if (value.is_string()) {
    const std::string text = line_of(json, member);
    const auto open = text.rfind('<');
    const std::string_view address = open == std::string::npos || !text.ends_with('>')
                                         ? std::string_view(text)
                                         : std::string_view(text).substr(open + 1, text.size() - open - 2);
    if (!is_address(address)) refuse_rule(text + " is not a mail address");
    if (address.size() == text.size()) return text;
    // An encoded name comes back decoded, a quoted one keeps its quotes.
    const std::string name(trim(std::string_view(text).substr(0, open)));
    const bool is_quoted = name.size() > 1 && name.front() == '"' && name.back() == '"';
    const std::string written = is_quoted || name.empty() ? name : quoted_name(name);
    return (written.empty() ? "" : written + " ") + "<" + std::string(address) + ">";
  }
  if (!value.is_array() || value.size() < 1 || value.size() > 2) throw ApiError(errors::kBadJson, {member});
  const std::string address(value.at(value.size() - 1).as_string());
  if (!is_address(address)) refuse_rule(address + " is not a mail address");
  const std::string name(value.size() == 2 ? trim(value.at(0).as_string()) : std::string_view());
  return name.empty() ? address : quoted_name(check_line(name)) + " <" + address + ">";
}

std::vector<std::string> flags_of(const Json& json, const char* member) {
  std::vector<std::string> flags = lines_of(json, member);
  for (const std::string& flag : flags) {
    const std::string_view word = std::string_view(flag).substr(flag.starts_with('\\') ? 1 : 0);
    const bool is_fine = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
      return c > 0x20 && c < 0x7F && std::string_view("\"%()*\\]{").find(c) == std::string_view::npos;
    });
    if (!is_fine) refuse_rule("there is no flag " + flag);
  }
  return flags;
}

std::int64_t days_of(const Json& json, const char* member) {
  const auto days = json.get(member).to_integer();
  if (!days) throw ApiError(errors::kNotANumber, {member});
  if (*days < 1 || *days > kMostDays) refuse_rule("days is out of range");
  return *days;
}

Argument argument_of(const Json& json, const Parameter& parameter, const Context& context) {
  const std::string name(parameter.json);
  const char* member = name.c_str();
  switch (parameter.kind) {
    case Kind::Text:
      return Argument::string(text_of(json, member));
    case Kind::Words:
      return Argument::strings(lines_of(json, member));
    case Kind::Flags:
      return Argument::strings(flags_of(json, member));
    case Kind::Folder: {
      const std::string folder = line_of(json, member);
      return Argument::string(context.folder_to_script ? check_line(context.folder_to_script(folder))
                                                       : folder);
    }
    case Kind::Address:
      return Argument::string(address_of(json, member, context));
    case Kind::Sender:
      return Argument::string(sender_of(json, member));
    case Kind::Subject:
      return Argument::string(header_text(line_of(json, member)));
    case Kind::DayCount:
      return Argument::integer(days_of(json, member));
    case Kind::Line:
    case Kind::Flag:
      break;
  }
  return Argument::string(line_of(json, member));
}

/// Empty: the argument is of another kind.
std::optional<Json> json_of(const Argument& argument, const Parameter& parameter, const Context& context) {
  if (parameter.kind == Kind::DayCount)
    return argument.kind == Argument::Kind::Number
               ? std::optional(Json::string(std::to_string(argument.number)))
               : std::nullopt;
  if (parameter.kind == Kind::Words || parameter.kind == Kind::Flags) {
    const auto texts = texts_of(&argument);
    return texts ? std::optional(to_json(*texts)) : std::nullopt;
  }
  if (argument.kind != Argument::Kind::String) return std::nullopt;
  if (parameter.kind == Kind::Subject || parameter.kind == Kind::Sender)
    return Json::string(mime::decode_words(argument.text));
  if (parameter.kind == Kind::Text) return Json::string(with_crlf(argument.text));
  if (parameter.kind == Kind::Folder && context.folder_to_json)
    return Json::string(context.folder_to_json(argument.text));
  return Json::string(argument.text);
}

const ActionRow& action_row_of(std::string_view id, Version version) {
  for (const ActionRow& row : action_rows())
    if (row.json == id && (version == Version::V2 || !row.only_v2)) return row;
  refuse_rule("there is no action " + std::string(id));
}

bool takes_value(const ActionRow& row, std::string_view tag) {
  if (row.sieve == "vacation" && tag == "handle") return true;
  return std::any_of(row.parameters.begin(), row.parameters.end(), [&](const Parameter& parameter) {
    return parameter.tag == tag && parameter.kind != Kind::Flag;
  });
}

std::optional<Json> decode_row(const ActionRow& row, const Command& action, const Context& context) {
  auto sorted = sort_arguments(action.arguments, [&](std::string_view tag) { return takes_value(row, tag); });
  if (!sorted || (!row.fixed_tag.empty() && !sorted->take(row.fixed_tag))) return std::nullopt;
  Json json = Json::object();
  json.set("id", Json::string(row.json));
  std::size_t place = 0;
  for (const Parameter& parameter : row.parameters) {
    const Argument* argument = nullptr;
    if (!parameter.tag.empty()) {
      const auto taken = sorted->take(parameter.tag);
      if (!taken) continue;
      argument = *taken;
    } else if (place < sorted->positional.size()) {
      argument = sorted->positional[place++];
    } else if (parameter.is_required) {
      return std::nullopt;
    } else {
      continue;
    }
    const auto value =
        parameter.kind == Kind::Flag ? Json::boolean(true) : json_of(*argument, parameter, context);
    if (!value) return std::nullopt;
    json.set(std::string(parameter.json), *value);
  }
  if (row.sieve == "vacation") {
    sorted->take("handle");
    sorted->take("mime");
  }
  if (place != sorted->positional.size() || !sorted->tags.empty()) return std::nullopt;
  if (!row.fixed_tag.empty()) json.set(std::string(row.fixed_tag), Json::boolean(true));
  return json;
}

}  // namespace

Command action_from_json(const Json& json, Version version, const Context& context) {
  if (!json.is_object()) throw ApiError(errors::kBadJson, {"actioncmds"});
  const ActionRow& row = action_row_of(line_of(json, "id"), version);
  Command action;
  action.name = row.sieve;
  if (!row.fixed_tag.empty()) action.arguments.push_back(Argument::tag(row.fixed_tag));
  for (const Parameter& parameter : row.parameters) {
    const std::string member(parameter.json);
    if (parameter.kind == Kind::Flag) {
      if (json.get(member.c_str()).to_boolean().value_or(false))
        action.arguments.push_back(Argument::tag(parameter.tag));
      continue;
    }
    if (is_empty(json.get(member.c_str()))) {
      if (parameter.is_required) throw ApiError(errors::kEmptyField, {member});
      continue;
    }
    Argument argument = argument_of(json, parameter, context);
    if (!parameter.tag.empty()) action.arguments.push_back(Argument::tag(parameter.tag));
    action.arguments.push_back(std::move(argument));
  }
  return action;
}

std::optional<Json> action_to_json(const Command& action, Version version, const Context& context,
                                   std::string& problem) {
  for (const ActionRow& row : action_rows()) {
    if (row.sieve != action.name || (row.only_v2 && version == Version::V1)) continue;
    if (auto json = decode_row(row, action, context)) return json;
  }
  problem = "The action " + action.name + " is written in a way that is not known here.";
  return std::nullopt;
}

}  // namespace gw::mail::sieve
