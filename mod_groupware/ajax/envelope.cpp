#include "ajax/envelope.hpp"

#include <fmt/format.h>

#include <atomic>

#include "core/messages.hpp"
#include "core/random.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

/// Characters that could close the script block or break an old JavaScript string (conventions section 8).
std::string escape_for_script(std::string_view json) {
  std::string out;
  out.reserve(json.size() + 64);
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '<')
      out += "\\u003c";
    else if (json[i] == '>')
      out += "\\u003e";
    else if (json.substr(i, 3) == "\xE2\x80\xA8" || json.substr(i, 3) == "\xE2\x80\xA9") {
      out += json[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += json[i];
    }
  }
  return out;
}

void add_members(Json& target, const Json& members) {
  members.for_each_member(
      [&](std::string_view name, const Json& value) { target.set(std::string(name), value); });
}

void add_problematic(Json& envelope, const std::vector<ProblematicField>& fields) {
  if (fields.empty()) return;
  Json problematic = Json::array();
  Json truncated = Json::array();
  for (const ProblematicField& field : fields) {
    Json entry = Json::object();
    if (field.length >= 0) {
      entry.set("id", Json::integer(field.column));
      entry.set("length", Json::integer(field.length));
      entry.set("max_size", Json::integer(field.max_size));
      truncated.append(Json::integer(field.column));
    } else {
      entry.set("name", Json::string(field.name));
    }
    problematic.append(std::move(entry));
  }
  envelope.set("problematic", std::move(problematic));
  if (truncated.size() > 0) envelope.set("truncated", std::move(truncated));
}

Json make_warnings(const std::vector<Warning>& warnings, std::string_view locale) {
  Json list = Json::array();
  for (const Warning& warning : warnings)
    list.append(
        make_error_members(*warning.code, warning.arguments, locale, next_error_id(), Category::Warning));
  return list;
}

}  // namespace

std::string next_error_id() {
  // Drawn at first use, so each worker has its own number (process ids repeat over restarts and machines).
  static const std::string process = std::to_string(std::stoul(random_hex(4), nullptr, 16));
  static std::atomic<std::uint32_t> counter{0};
  return fmt::format("{}-{}", process, ++counter);
}

Json make_error_members(const ErrorCode& code, const std::vector<std::string>& arguments,
                        std::string_view locale, std::string_view error_id,
                        std::optional<Category> category) {
  const Category shown = category.value_or(code.category);
  Json members = Json::object();
  members.set("error", Json::string(format_error_text(localized_text(code, locale), arguments)));
  members.set("error_params", Json::array());
  members.set("categories", Json::string(category_name(shown)));
  members.set("category", Json::integer(static_cast<int>(shown)));
  members.set("code", Json::string(format_code(code)));
  members.set("error_id", Json::string(error_id));
  members.set("error_desc", Json::string(format_error_text(code.text, arguments)));
  return members;
}

std::string Envelope::text() const {
  const std::string rest = members.dump();
  if (data_text.empty()) return rest;
  constexpr std::string_view kBegin = R"({"data":)";
  std::string out;
  out.reserve(kBegin.size() + data_text.size() + rest.size());
  out += kBegin;
  out += data_text;
  const bool is_alone = rest == "{}";
  if (!is_alone) out += ',';
  return out.append(rest, is_alone ? rest.size() - 1 : 1);
}

Json Envelope::data() const {
  return data_text.empty() ? members.get("data") : Json::parse(data_text).value_or(Json());
}

bool Envelope::is_failure() const {
  return data_text.empty() && !members.get("error").is_missing() && members.get("data").is_missing();
}

Envelope make_envelope(Response&& response, std::string_view locale) {
  Envelope envelope{Json::object(), std::move(response.data_text)};
  const bool has_data = !response.data.is_missing() || !envelope.data_text.empty();
  if (!response.data.is_missing()) envelope.members.set("data", std::move(response.data));
  if (response.timestamp) envelope.members.set("timestamp", Json::integer(response.timestamp->value));
  if (response.more) envelope.members.set("more", Json::integer(*response.more));
  if (response.warnings.empty()) return envelope;
  if (!has_data) envelope.members.set("data", Json::object());
  const Json warnings = make_warnings(response.warnings, locale);
  add_members(envelope.members, warnings.at(0));
  envelope.members.set("warnings", warnings.size() == 1 ? warnings.at(0) : warnings);
  return envelope;
}

Json make_error_envelope(const ApiError& error, std::string_view locale, std::string_view error_id) {
  Json members = make_error_members(error.code(), error.arguments(), locale, error_id);
  add_problematic(members, error.problematic());
  return members;
}

std::string make_callback_page(std::string_view function, std::string_view json) {
  return fmt::format(
      "<!DOCTYPE html><html><head><meta charset=\"UTF-8\"><title>Upload</title><script "
      "type=\"text/javascript\">"
      "(parent[\"{0}\"] || window.opener && window.opener[\"{0}\"])({1})</script></head><body></body></html>",
      function, escape_for_script(json));
}

std::string make_error_page(int status, std::string_view text) {
  return fmt::format(
      "<!DOCTYPE html><html><head><meta charset=\"UTF-8\"><title>{0} {1}</title></head><body><h1>{0} "
      "{1}</h1><p>{2}</p>"
      "</body></html>\n",
      status, status_text(status), escape_html(text));
}

std::string_view status_text(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 416:
      return "Range Not Satisfiable";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "Error";
  }
}

}  // namespace gw::ajax
