// Searches: pages (RFC 2696), ranges of values (Active Directory), entries out of libldap's messages.
#include <fmt/format.h>

#include <algorithm>

#include "core/log.hpp"
#include "core/text.hpp"
#include "directory/connection.hpp"
#include "directory/result_codes.hpp"
#include "directory/timed_request.hpp"

namespace gw::directory {
namespace {

using Kind = DirectoryError::Kind;

constexpr std::string_view kRange = ";range=";
/// Active Directory gives 1,500 values at a time.
constexpr int kMaxRanges = 1'000;

/// Values of which the server has more.
struct OpenRange {
  std::size_t entry;
  std::string attribute;
  std::int64_t next;
};

struct FreeControls {
  void operator()(LDAPControl** controls) const { ldap_controls_free(controls); }
};
struct FreeControl {
  void operator()(LDAPControl* control) const { ldap_control_free(control); }
};
struct FreeText {
  void operator()(char* text) const { ldap_memfree(text); }
};
struct FreeValues {
  void operator()(berval** values) const { ldap_value_free_len(values); }
};
struct FreeBer {
  void operator()(BerElement* element) const { ber_free(element, 0); }
};

/// The name under which values are kept: options are dropped, but for languages, which are other values.
/// `next`: where the rest begins, or -1.
std::string plain_name(std::string_view description, std::int64_t& next) {
  const std::string name = to_lower_ascii(description);
  next = -1;
  if (const std::size_t at = name.find(kRange); at != name.npos) {
    const std::string_view range = std::string_view(name).substr(at + kRange.size());
    if (const std::size_t dash = range.find('-'); dash != range.npos && range.substr(dash + 1) != "*")
      next = parse_integer(range.substr(dash + 1)).value_or(-2) + 1;
    return name.substr(0, at);
  }
  const std::size_t option = name.find(';');
  return option != name.npos && name.substr(option) == ";binary" ? name.substr(0, option) : name;
}

void add_values(LDAP* handle, LDAPMessage* message, const char* description, std::vector<std::string>& out) {
  const std::unique_ptr<berval*, FreeValues> values(ldap_get_values_len(handle, message, description));
  for (berval** each = values.get(); each != nullptr && *each != nullptr; ++each)
    out.emplace_back((*each)->bv_val, (*each)->bv_len);
}

Entry read_entry(LDAP* handle, LDAPMessage* message, std::size_t place, std::vector<OpenRange>& open) {
  Entry entry;
  if (const std::unique_ptr<char, FreeText> dn(ldap_get_dn(handle, message)); dn) entry.dn = dn.get();
  BerElement* position = nullptr;
  std::unique_ptr<char, FreeText> name(ldap_first_attribute(handle, message, &position));
  const std::unique_ptr<BerElement, FreeBer> kept(position);
  for (; name; name.reset(ldap_next_attribute(handle, message, position))) {
    std::int64_t next = -1;
    const std::string plain = plain_name(name.get(), next);
    add_values(handle, message, name.get(), entry.attributes[plain]);
    if (next > 0) open.push_back({place, plain, next});
  }
  return entry;
}

std::vector<char*> to_names(const std::vector<std::string>& attributes) {
  std::vector<char*> names;
  for (const std::string& name : attributes) names.push_back(const_cast<char*>(name.c_str()));
  names.push_back(nullptr);
  return names;
}

}  // namespace

struct Connection::Page {
  std::vector<Entry> entries;
  std::vector<OpenRange> open;
  std::string cookie;  ///< of the next page; empty: this was the last one
  int result = LDAP_SUCCESS;
};

namespace {

std::unique_ptr<LDAPControl, FreeControl> make_page_control(LDAP* handle, int size,
                                                            const std::string& cookie) {
  berval mark{static_cast<ber_len_t>(cookie.size()), const_cast<char*>(cookie.data())};
  LDAPControl* control = nullptr;
  const int code = ldap_create_page_control(handle, size, cookie.empty() ? nullptr : &mark, 'T', &control);
  if (code != LDAP_SUCCESS) throw DirectoryError(Kind::Failed, ldap_err2string(code));
  return std::unique_ptr<LDAPControl, FreeControl>(control);
}

std::string cookie_of(LDAP* handle, LDAPControl** controls) {
  LDAPControl* found =
      controls == nullptr ? nullptr : ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, nullptr);
  berval cookie{0, nullptr};
  ber_int_t estimate = 0;
  if (found == nullptr || ldap_parse_pageresponse_control(handle, found, &estimate, &cookie) != LDAP_SUCCESS)
    return {};
  std::string text(cookie.bv_val == nullptr ? "" : cookie.bv_val, cookie.bv_len);
  ber_memfree(cookie.bv_val);
  return text;
}

}  // namespace

Connection::Page Connection::read_page(const Search& search, bool is_paged, const std::string& cookie,
                                       const Deadline& deadline) {
  TimedRequest timed("search");
  std::unique_ptr<LDAPControl, FreeControl> control;
  if (is_paged) control = make_page_control(handle_.get(), search.page_size, cookie);
  LDAPControl* controls[] = {control.get(), nullptr};
  std::vector<char*> names = to_names(search.attributes);
  const Deadline end = deadline.within(search_timeout_);
  timeval patience = to_timeval(std::max(end.left(), std::chrono::milliseconds(1'000)));
  const int scope = search.scope == Scope::Base       ? LDAP_SCOPE_BASE
                    : search.scope == Scope::OneLevel ? LDAP_SCOPE_ONELEVEL
                                                      : LDAP_SCOPE_SUBTREE;
  const int most = search.may_be_cut ? static_cast<int>(search.limit) : LDAP_NO_LIMIT;
  int id = 0;
  const int code = ldap_search_ext(handle_.get(), search.base.c_str(), scope, search.filter.c_str(),
                                   search.attributes.empty() ? nullptr : names.data(), 0,
                                   is_paged ? controls : nullptr, nullptr, &patience, most, &id);
  if (code != LDAP_SUCCESS) fail(code, "search");
  Page page;
  while (true) {
    const MessagePtr message = await(handle_.get(), id, LDAP_MSG_ONE, end, name_);
    const int type = ldap_msgtype(message.get());
    if (type == LDAP_RES_SEARCH_ENTRY) {
      if (page.entries.size() == search.limit) {
        ldap_abandon_ext(handle_.get(), id, nullptr, nullptr);
        page.result = LDAP_SIZELIMIT_EXCEEDED;
        timed.ended("ok");
        return page;
      }
      page.entries.push_back(read_entry(handle_.get(), message.get(), page.entries.size(), page.open));
    } else if (type == LDAP_RES_SEARCH_RESULT) {
      LDAPControl** given = nullptr;
      const int parsed =
          ldap_parse_result(handle_.get(), message.get(), &page.result, nullptr, nullptr, nullptr, &given, 0);
      const std::unique_ptr<LDAPControl*, FreeControls> kept(given);
      if (parsed != LDAP_SUCCESS) fail(parsed, "search");
      page.cookie = cookie_of(handle_.get(), given);
      // That there is nothing, or no more at once, is an answer, too.
      timed.ended("ok");
      return page;
    }
  }
}

void Connection::complete_ranges(Page& page, const Deadline& deadline) {
  for (OpenRange& range : page.open) {
    Entry& entry = page.entries[range.entry];
    for (int round = 0; range.next > 0; ++round) {
      if (round == kMaxRanges)
        throw DirectoryError(Kind::TooMany,
                             fmt::format("{}: {} has too many values", name_, range.attribute));
      const Search rest{entry.dn,
                        Scope::Base,
                        "(objectClass=*)",
                        {fmt::format("{}{}{}-*", range.attribute, kRange, range.next)}};
      Page part = read_page(rest, false, {}, deadline);
      range.next = part.open.empty() ? -1 : part.open.front().next;
      if (part.entries.empty()) break;
      auto& values = entry.attributes[range.attribute];
      for (std::string& value : part.entries.front().attributes[range.attribute])
        values.push_back(std::move(value));
    }
  }
}

void Connection::search(const Search& search, const Deadline& deadline, const EntryVisitor& visit) {
  bool is_paged = search.page_size > 0;
  std::string cookie;
  std::size_t count = 0;
  do {
    Page page = read_page(search, is_paged, cookie, deadline);
    if (page.result == LDAP_UNAVAILABLE_CRITICAL_EXTENSION && is_paged && count == 0) {
      log(LogLevel::Info, "GW0761", fmt::format("{} knows no pages and is asked without", name_));
      is_paged = false;
      page = read_page(search, is_paged, {}, deadline);
    }
    if (page.result == LDAP_NO_SUCH_OBJECT && search.scope == Scope::Base) return;
    const bool was_cut = page.result == LDAP_SIZELIMIT_EXCEEDED && search.may_be_cut;
    if (page.result != LDAP_SUCCESS && !was_cut)
      throw DirectoryError(kind_of(page.result), fmt::format("{}: search below \"{}\": {}", name_,
                                                             search.base, ldap_err2string(page.result)));
    complete_ranges(page, deadline);
    count += page.entries.size();
    if (count > search.limit)
      throw DirectoryError(Kind::TooMany, fmt::format("{}: more than {} entries", name_, search.limit));
    cookie = std::move(page.cookie);
    if (!visit(std::move(page.entries)) || was_cut) return;
  } while (!cookie.empty());
}

}  // namespace gw::directory
