// Rules as the JSON of the HTTP API, versions 1 and 2 of the module, to and from Sieve. Source: spec
// mailfilter sections 3 and 4; the tables are in tests_table and actions_table.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.hpp"
#include "mail/sieve/rule.hpp"

namespace gw::mail::sieve {

enum class Version { V1, V2 };

/// What the conversion must know of the user.
struct Context {
  /// Id of a folder to its name in the script and back (`default0/INBOX/x` to `INBOX/x`). Empty: as it is.
  std::function<std::string(std::string_view)> folder_to_script, folder_to_json;
  /// False: policy forbids to redirect there. Empty: allowed.
  std::function<bool(std::string_view)> may_redirect;
  std::string zone = "+0000";  ///< where a date test of JSON names none
};

/// Members that are absent keep what `rule` has: name, active, flags, test, actioncmds. A new rule needs test
/// and actioncmds. Errors: MAIL_FILTER-0003 wrong type, -0017, -0018 empty field, -0023, -0024, -0025.
void apply_json(Rule& rule, const Json& json, Version version, const Context& context);

/// The API's object; a rule that JSON cannot express has `text` and `errormsg`.
Json to_json(const Rule& rule, std::size_t position, Version version, const Context& context);

/// Data of action=config: what the server's extensions allow. `hidden(kind, id)` takes entries away; kinds:
/// "test", "action", "comparison", "header", "part".
Json describe(Version version, const Extensions& announced,
              const std::function<bool(std::string_view kind, std::string_view id)>& hidden = {});

/// Extensions that the rule needs; imap4flags is named where old imapflags may do.
std::set<std::string> needed_extensions(const RuleBody& body);
/// True when JSON can express the rule: its extensions are known.
bool is_expressible(const RuleBody& body);

}  // namespace gw::mail::sieve
