#include "mail/sieve/tables.hpp"

namespace gw::mail::sieve {
namespace {

using Wildcard = Comparison::Wildcard;
using std::string_view;

// startswith and endswith before matches: the first that fits is read.
constexpr Comparison kTexts[] = {
    {"is", "is", "", ""},
    {"contains", "contains", "", ""},
    {"startswith", "matches", "", "", true, Wildcard::Back},
    {"endswith", "matches", "", "", true, Wildcard::Front},
    {"matches", "matches", "", ""},
    {"regex", "regex", "", "regex"},
};
constexpr Comparison kSizes[] = {{"over", "over", "", ""}, {"under", "under", "", ""}};
constexpr Comparison kDates[] = {
    {"is", "is", "", ""},
    {"ge", "value", "ge", "relational"},
    {"le", "value", "le", "relational"},
};

constexpr string_view kHeadersAndValues[] = {"headers", "values"};
constexpr string_view kHeaders[] = {"headers"};
constexpr string_view kValues[] = {"values"};
constexpr string_view kSourceAndValues[] = {"source", "values"};
constexpr string_view kDateOfHeader[] = {"header"};
constexpr string_view kParts[] = {"all", "localpart", "domain", "user", "detail"};

constexpr string_view kSubject[] = {"Subject"};
constexpr string_view kFrom[] = {"From"};
constexpr string_view kTo[] = {"To"};
constexpr string_view kCc[] = {"Cc"};
constexpr string_view kAnyRecipient[] = {"To", "Cc"};
constexpr string_view kMailingList[] = {"List-Id", "X-BeenThere", "X-Mailinglist", "X-Mailing-List"};

using enum TestShape;

constexpr TestRow kTests[] = {
    {"subject", "header", Simplified, "", kTexts, kSubject, {}, true, true},
    {"from", "header", Simplified, "", kTexts, kFrom, {}, true, true},
    {"to", "header", Simplified, "", kTexts, kTo, {}, true, true},
    {"cc", "header", Simplified, "", kTexts, kCc, {}, true, true},
    {"anyrecipient", "header", Simplified, "", kTexts, kAnyRecipient, {}, true, true},
    {"mailinglist", "header", Simplified, "", kTexts, kMailingList, {}, true, true},
    {"true", "true", Plain, "", {}, {}, {}},
    {"false", "false", Plain, "", {}, {}, {}},
    {"not", "not", Not, "", {}, {}, {}},
    {"allof", "allof", Several, "", {}, {}, {}},
    {"anyof", "anyof", Several, "", {}, {}, {}},
    {"header", "header", Strings, "", kTexts, kHeadersAndValues, {}, false, true},
    {"address", "address", Strings, "", kTexts, kHeadersAndValues, kParts, false, true},
    {"envelope", "envelope", Strings, "envelope", kTexts, kHeadersAndValues, kParts, false, true},
    {"exists", "exists", Strings, "", {}, kHeaders, {}},
    {"size", "size", Size, "", kSizes, {}, {}, false, true},
    {"body", "body", Strings, "body", kTexts, kValues, {}, false, true},
    {"currentdate", "currentdate", TestShape::Date, "date", kDates, {}, {}},
    {"date", "date", TestShape::Date, "date", kDates, kDateOfHeader, {}},
    {"hasflag", "hasflag", Strings, "imap4flags", kTexts, kValues, {}, false, true},
    {"string", "string", Strings, "variables", kTexts, kSourceAndValues, {}, true, true},
};

using Kind = ParameterKind;

constexpr Parameter kRedirect[] = {{"copy", Kind::Flag, "copy", false, "copy"},
                                   {"to", Kind::Address, "", true}};
constexpr Parameter kCopyInto[] = {{"into", Kind::Folder, "", true}};
constexpr Parameter kMove[] = {{"copy", Kind::Flag, "copy", false, "copy"}, {"into", Kind::Folder, "", true}};
constexpr Parameter kReject[] = {{"text", Kind::Text, "", true}};
constexpr Parameter kVacationParameters[] = {
    {"days", Kind::DayCount, "days"},      {"addresses", Kind::Words, "addresses"},
    {"subject", Kind::Subject, "subject"}, {"from", Kind::Sender, "from"},
    {"text", Kind::Text, "", true},
};
constexpr Parameter kNotify[] = {{"message", Kind::Text, "message"}, {"method", Kind::Line, "", true}};
constexpr Parameter kFlags[] = {{"flags", Kind::Flags, "", true}};
constexpr Parameter kKeys[] = {{"keys", Kind::Words, "keys"}};
constexpr Parameter kAddHeader[] = {
    {"last", Kind::Flag, "last"}, {"name", Kind::Line, "", true}, {"value", Kind::Line, "", true}};
constexpr Parameter kDeleteHeader[] = {{"name", Kind::Line, "", true}, {"values", Kind::Words, ""}};
constexpr Parameter kSet[] = {{"name", Kind::Line, "", true}, {"value", Kind::Text, "", true}};
constexpr Parameter kFilter[] = {{"name", Kind::Line, "", true}};

constexpr ActionRow kActions[] = {
    {"keep", "keep", "", {}},
    {"discard", "discard", "", {}},
    {"stop", "stop", "", {}},
    {"redirect", "redirect", "", kRedirect},
    {"copy", "fileinto", "fileinto", kCopyInto, true, "copy", "copy"},
    {"move", "fileinto", "fileinto", kMove},
    {"reject", "reject", "reject", kReject},
    {"vacation", "vacation", "vacation", kVacationParameters},
    {"notify", "notify", "enotify", kNotify},
    {"addflags", "addflag", "imap4flags", kFlags},
    {"setflags", "setflag", "imap4flags", kFlags},
    {"removeflags", "removeflag", "imap4flags", kFlags},
    {"pgp", "pgp_encrypt", "vnd.dovecot.pgp-encrypt", kKeys},
    {"addheader", "addheader", "editheader", kAddHeader},
    {"deleteheader", "deleteheader", "editheader", kDeleteHeader},
    {"set", "set", "variables", kSet},
    {"filter", "filter", "vnd.dovecot.filter", kFilter},
};

}  // namespace

std::span<const TestRow> test_rows() { return kTests; }
std::span<const ActionRow> action_rows() { return kActions; }

string_view part_extension(string_view part) {
  return part == "user" || part == "detail" ? "subaddress" : "";
}

}  // namespace gw::mail::sieve
