// Pure functions over a Message: nothing here reads or sends.
#include "mail/mime/reply.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mail/mime/quote_words.hpp"

namespace gw::mail::mime {
namespace {

std::string key_of(std::string_view address) { return to_lower_ascii(to_ascii_domain(address)); }

/// Takes each address once, and leaves out those it was told to.
class RecipientCollector {
 public:
  explicit RecipientCollector(std::span<const std::string> own) {
    for (const std::string& address : own) own_.insert(key_of(address));
  }
  /// Adds to `list` what is new; own addresses only if `with_own`.
  void add(AddressList& list, const AddressList& from, bool with_own) {
    for (const Address& entry : from) {
      const std::string key = key_of(entry.address);
      if (key.empty() || (!with_own && own_.contains(key)) || !seen_.insert(key).second) continue;
      list.push_back(entry);
    }
  }

 private:
  std::set<std::string> own_, seen_;
};

bool begins_with_prefix(std::string_view subject, std::string_view prefix) {
  return subject.size() >= prefix.size() &&
         equal_ignoring_ascii_case(subject.substr(0, prefix.size()), prefix);
}

std::string with_prefix(std::string_view subject, std::string_view prefix, bool has_prefix) {
  subject = trim(subject);
  if (!has_prefix || begins_with_prefix(subject, trim(prefix))) return std::string(subject);
  return std::string(prefix) + std::string(subject);
}

std::string display_list(const AddressList& list) {
  std::string out;
  for (const Address& entry : list) out += (out.empty() ? "" : ", ") + display_address(entry);
  return out;
}

std::string intro_of(const Message& original, const QuoteStyle& style) {
  const QuoteWords& words = quote_words(style.locale);
  const std::string sender = original.from.empty() ? std::string() : display_address(original.from.front());
  const auto& when = original.sent ? original.sent : original.received;
  if (!when) return fill_words(words.intro_undated, {}, sender);
  return fill_words(words.intro, format_quote_date(*when, style.zone, style.locale), sender);
}

/// Label and value of the lines above a forwarded mail.
std::vector<std::pair<std::string_view, std::string>> forward_lines(const Message& original,
                                                                    const QuoteStyle& style) {
  const QuoteWords& words = quote_words(style.locale);
  std::vector<std::pair<std::string_view, std::string>> lines;
  lines.emplace_back(words.from, display_list(original.from));
  lines.emplace_back(words.to, display_list(original.to));
  if (!original.cc.empty()) lines.emplace_back(words.cc, display_list(original.cc));
  const auto& when = original.sent ? original.sent : original.received;
  if (when) lines.emplace_back(words.date, format_quote_date(*when, style.zone, style.locale));
  lines.emplace_back(words.subject, original.subject.value_or(""));
  return lines;
}

}  // namespace

Recipients reply_recipients(const Message& original, const ReplyRules& rules,
                            std::span<const std::string> own) {
  Recipients out;
  RecipientCollector collector(own);
  if (!rules.is_to_all) {
    const AddressList& target = rules.is_own_mail           ? original.to
                                : original.reply_to.empty() ? original.from
                                                            : original.reply_to;
    collector.add(out.to, target, true);
    return out;
  }
  if (rules.is_own_mail) {
    collector.add(out.to, original.to, false);
  } else {
    collector.add(out.to, original.reply_to, false);
    collector.add(out.to, original.from, false);
    collector.add(rules.moves_others_to_cc ? out.cc : out.to, original.to, false);
  }
  collector.add(out.cc, original.cc, false);
  if (rules.shows_bcc) collector.add(out.bcc, original.bcc, false);
  if (out.to.empty() && !out.cc.empty() && rules.moves_others_to_cc) std::swap(out.to, out.cc);
  // A mail to oneself is answered to oneself.
  if (out.to.empty() && out.cc.empty() && out.bcc.empty()) {
    collector.add(out.to, rules.is_own_mail ? original.to : original.from, true);
    if (out.to.empty()) collector.add(out.to, original.to, true);
    if (out.to.size() > 1) out.to.resize(1);
  }
  return out;
}

std::optional<Address> find_own_recipient(const Message& original, std::span<const std::string> own) {
  for (const AddressList* list : {&original.to, &original.cc, &original.bcc})
    for (const Address& entry : *list)
      for (const std::string& address : own)
        if (key_of(address) == key_of(entry.address)) return entry;
  return std::nullopt;
}

std::string reply_subject(std::string_view subject, bool has_prefix) {
  return with_prefix(subject, "Re: ", has_prefix);
}
std::string forward_subject(std::string_view subject, bool has_prefix) {
  return with_prefix(subject, "Fwd: ", has_prefix);
}

Threading reply_threading(const Message& original) {
  Threading out;
  out.in_reply_to = original.message_id;
  out.references = original.references;
  if (out.references.empty() && !original.in_reply_to.empty()) out.references.push_back(original.in_reply_to);
  if (!original.message_id.empty()) out.references.push_back(original.message_id);
  if (out.references.size() > kMaxReferences)
    out.references.erase(out.references.begin() + 1,
                         out.references.end() - static_cast<std::ptrdiff_t>(kMaxReferences - 1));
  return out;
}

std::string quote_reply(const Message& original, std::string_view text, const QuoteStyle& style) {
  std::string out = "\n\n" + intro_of(original, style) + "\n\n";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    // RFC 3676 section 4.5: deeper quotes get no blank between their marks.
    out += line.empty() ? ">" : line.starts_with('>') ? ">" : "> ";
    out += line;
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string quote_reply_html(const Message& original, std::string_view html, const QuoteStyle& style) {
  return "<p><br></p><blockquote type=\"cite\"><div>" + escape_html(intro_of(original, style)) +
         "</div><div><br></div>" + std::string(html) + "</blockquote>";
}

std::string quote_forward(const Message& original, std::string_view text, const QuoteStyle& style) {
  std::string out = "\n\n" + std::string(quote_words(style.locale).forward) + "\n";
  for (const auto& [label, value] : forward_lines(original, style))
    out += std::string(label) + ": " + value + "\n";
  return out + "\n" + std::string(text);
}

std::string quote_forward_html(const Message& original, std::string_view html, const QuoteStyle& style) {
  std::string out = "<p><br></p><div>" + escape_html(quote_words(style.locale).forward) + "</div>";
  for (const auto& [label, value] : forward_lines(original, style))
    out += "<div><b>" + escape_html(label) + ":</b> " + escape_html(value) + "</div>";
  return out + "<div><br></div>" + std::string(html);
}

}  // namespace gw::mail::mime
