#include <algorithm>

#include "core/errors/mail_filter.hpp"
#include "core/text.hpp"
#include "mail/sieve/json.hpp"
#include "mail/sieve/layout.hpp"
#include "mail/sieve/rule.hpp"

namespace gw::mail::sieve {
namespace {

namespace errors = gw::errors::mail_filter;

constexpr std::string_view kFlagsNow = "imap4flags", kFlagsOnce = "imapflags";

/// Those of the active rules; the old ones as well when a rule is not understood, for nobody knows what it
/// needs.
std::set<std::string> extensions_of(const Script& script, const Extensions& announced) {
  std::set<std::string> needed;
  for (const Rule& rule : script.rules) {
    const bool is_known = rule.body && is_expressible(*rule.body);
    if (is_known && rule.is_active) needed.merge(needed_extensions(*rule.body));
    if (!is_known) needed.insert(script.extensions.begin(), script.extensions.end());
  }
  if (needed.contains(std::string(kFlagsNow)) && !announced.empty() && !announced.contains(kFlagsNow) &&
      announced.contains(kFlagsOnce))
    needed.emplace(kFlagsOnce);
  if (!announced.empty())
    std::erase_if(needed, [&](const std::string& extension) {
      // Comparators are announced one by one by some servers only.
      return !announced.contains(extension) && !extension.starts_with("comparator-");
    });
  if (needed.contains(std::string(kFlagsNow))) needed.erase(std::string(kFlagsOnce));
  return needed;
}

std::string header_of(const Rule& rule) {
  return std::string(kHeader) + join(rule.flags, ",") + std::string(kHeaderId) + std::to_string(rule.id) +
         std::string(kHeaderName) + " " + rule.name + "\n";
}

void append_rule(std::string& out, const Rule& rule) {
  out += rule.remarks + header_of(rule);
  if (rule.is_active) {
    out += rule.source;
    return;
  }
  std::string_view source = rule.source;
  while (!source.empty()) {
    const std::size_t end = std::min(source.find('\n'), source.size() - 1) + 1;
    out += kInactive;
    out += source.substr(0, end);
    source.remove_prefix(end);
  }
}

std::string script_with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
    out += text[i];
  }
  return out;
}

}  // namespace

std::string write_script(const Script& script, const Extensions& announced, std::string_view date) {
  std::string out = std::string(kFirstLine) + std::string(date) + "\n";
  const auto extensions = extensions_of(script, announced);
  if (!extensions.empty()) {
    Command require;
    require.name = "require";
    require.arguments = {Argument::strings({extensions.begin(), extensions.end()})};
    out += print(require);
  }
  for (const Rule& rule : script.rules) {
    out += "\n";
    append_rule(out, rule);
  }
  if (!script.remarks.empty()) out += "\n" + script.remarks;
  if (out.find('\0') != std::string::npos || !is_valid_utf8(out)) throw ApiError(errors::kEncoding);
  return script_with_crlf(out);
}

}  // namespace gw::mail::sieve
