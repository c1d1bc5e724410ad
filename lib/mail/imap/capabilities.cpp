#include "mail/imap/capabilities.hpp"

#include "core/text.hpp"

namespace gw::mail::imap {
namespace {
constexpr std::size_t kMostWords = 500;
/// Source: RFC 9051 appendix E.
constexpr std::string_view kPartOfRev2[] = {
    "NAMESPACE",   "UNSELECT", "UIDPLUS",  "ESEARCH",  "ENABLE",      "SASL-IR", "LIST-EXTENDED",
    "LIST-STATUS", "MOVE",     "LITERAL-", "CHILDREN", "SPECIAL-USE", "IDLE",    "BINARY"};
}  // namespace

CapabilityList::CapabilityList(std::string_view words) {
  for (const std::string_view word : split(words, ' ')) {
    if (word.empty() || words_.size() >= kMostWords) continue;
    std::string upper(word);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    words_.insert(std::move(upper));
  }
  // A server that speaks both begins as rev1; only the rev2 words above behave alike in both.
  if (has("IMAP4REV2")) words_.insert(std::begin(kPartOfRev2), std::end(kPartOfRev2));
}

}  // namespace gw::mail::imap
