#include "groupwarectl/known_tools/tool_output.hpp"

#include <iostream>

#include "core/text.hpp"
#include "formats/csv/rows.hpp"
#include "groupwarectl/tool.hpp"

namespace groupwarectl::known {
namespace {

using gw::Json;
using gw::provisioning::Member;
using gw::provisioning::ValueKind;

std::string text_of(const Json& value) {
  if (value.is_missing() || value.is_null()) return "";
  if (value.is_string()) return std::string(value.as_string());
  if (value.is_boolean()) return value.is_true() ? "true" : "false";
  if (value.is_integer()) return std::to_string(value.as_integer());
  if (!value.is_array()) {
    // Of a group, its id; of a map, what is in it.
    const Json id = value.get("id");
    return id.is_missing() ? value.dump() : text_of(id);
  }
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < value.size(); ++i) parts.push_back(text_of(value.at(i)));
  return gw::join(parts, ",");
}

void print_csv(std::span<const Member> members, const Json& list) {
  std::vector<std::string> titles;
  for (const Member& member : members)
    if (member.name != "password") titles.emplace_back(member.name);
  std::string out = gw::join(titles, ",") + "\n";
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::vector<std::string> cells;
    for (const std::string& title : titles) cells.push_back(text_of(list.at(i).get(title.c_str())));
    gw::formats::csv::append_row(out, cells, {.guard_formulas = true});
  }
  std::cout << out;
}

void print_table(std::string_view columns, const Json& list) {
  std::vector<std::string> titles;
  for (const std::string_view column : gw::split(columns, ',')) titles.emplace_back(column);
  std::cout << gw::join(titles, "\t") << '\n';
  for (std::size_t i = 0; i < list.size(); ++i) {
    std::vector<std::string> cells;
    for (const std::string& title : titles) cells.push_back(one_line(text_of(list.at(i).get(title.c_str()))));
    std::cout << gw::join(cells, "\t") << '\n';
  }
}

/// The object that the message speaks of: what was made, else what was named.
std::string object_name(const Json& arguments, const Json& result) {
  if (const std::string id = result.is_object() ? text_of(result.get("id")) : std::string(); !id.empty())
    return id;
  for (const char* argument : {"user", "usrdata", "grp", "res", "fstore", "store", "dst_filestore_id", "srv",
                               "ctx", "reason", "adm"}) {
    const Json object = arguments.get(argument);
    if (!object.is_object()) continue;
    const std::string id = text_of(object.get("id"));
    if (!id.empty()) return id;
    if (const std::string name = text_of(object.get("name")); !name.empty()) return name;
  }
  return text_of(arguments.get("reasons"));
}

/// What stands for %1, %2 and %3 of a message.
struct MessageParts {
  std::string object, context, result;
};

std::string fill(std::string_view message, const MessageParts& parts) {
  std::string out;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] != '%' || i + 1 == message.size()) {
      out += message[i];
      continue;
    }
    const char number = message[++i];
    out += number == '1' ? parts.object : number == '2' ? parts.context : parts.result;
  }
  return out;
}

std::string message_of(const OutputForm& form, const Json& arguments, const Json& result) {
  const Json named = arguments.get("ctx");
  const std::string context = text_of(named.get(named.get("id").is_missing() ? "name" : "id"));
  std::string text = fill(form.known.message, {object_name(arguments, result), context, text_of(result)});
  if (result.is_boolean()) text += result.is_true() ? " exists" : " does not exist";
  return text;
}

void print_members(const Json& object) {
  object.for_each_member([](std::string_view name, const Json& value) {
    std::cout << name << ": " << one_line(text_of(value)) << '\n';
  });
}

}  // namespace

void print_result(const OutputForm& form, const Json& arguments, const Json& result) {
  const Member& kind = form.operation.signature.result;
  if (!form.known.columns.empty() && result.is_array()) {
    const auto* type = gw::provisioning::find_type(kind.type);
    // Details of users have the type of the list itself.
    if (form.is_csv && type != nullptr) return print_csv(type->members, result);
    return print_table(form.known.columns, result);
  }
  const bool shows_members = form.known.message.empty() || !form.known.columns.empty();
  if (shows_members && result.is_object()) return print_members(result);
  std::cout << one_line(form.known.message.empty() ? text_of(result) : message_of(form, arguments, result));
  if (!form.has_no_line_end) std::cout << '\n';
}

void print_help(const KnownTool& known, std::span<const ToolOption> options) {
  std::cout << "Usage: " << known.name << "\n";
  for (const ToolOption& option : options) {
    std::cout << (option.is_required ? " * " : "   ");
    if (option.short_name != 0)
      std::cout << '-' << option.short_name << ',';
    else
      std::cout << "   ";
    std::cout << "--" << option.long_name << (option.kind == OptionKind::Flag ? "" : " VALUE") << '\n';
  }
  std::cout << "\n* is required. Of --contextid and --contextname one is enough.\n";
}

}  // namespace groupwarectl::known
