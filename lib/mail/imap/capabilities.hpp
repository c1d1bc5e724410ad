// What a server announces. Source: RFC 9051 section 7.2.2.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace gw::mail::imap {

class CapabilityList {
 public:
  CapabilityList() = default;
  /// `IMAP4rev1 SORT …`; at most 500 words are kept. What RFC 9051 makes part of IMAP4rev2 counts as
  /// announced with it.
  explicit CapabilityList(std::string_view words);
  /// Upper case, `THREAD=REFS`.
  [[nodiscard]] bool has(std::string_view capability) const { return words_.contains(capability); }
  [[nodiscard]] bool empty() const { return words_.empty(); }

 private:
  std::set<std::string, std::less<>> words_;
};

}  // namespace gw::mail::imap
