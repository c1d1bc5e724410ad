// Any bytes as a Sieve script: refused with MAIL_FILTER-0016 only; what was read is written and read again
// the same, also with every rule switched off; rules that JSON can express come back the same through JSON.
#include <cstdint>
#include <string>

#include "fuzz/require.hpp"
#include "mail/sieve/json.hpp"

namespace {

using namespace gw;
using namespace gw::mail::sieve;
using fuzz::is_taken;
using fuzz::require;

Script written_and_read(const Script& script) { return read_script(write_script(script, {}, "today")); }

void require_same(const Script& a, const Script& b) {
  require(a.rules.size() == b.rules.size());
  for (std::size_t i = 0; i < a.rules.size(); ++i) {
    require(a.rules[i].id == b.rules[i].id);
    require(a.rules[i].is_active == b.rules[i].is_active);
    require(a.rules[i].body == b.rules[i].body);
  }
}

void check_json(const Rule& rule) {
  for (const Version version : {Version::V1, Version::V2}) {
    const Json json = to_json(rule, 0, version, {});
    if (json.get("test").is_missing()) {
      require(json.get("text").is_string());
      continue;
    }
    Rule again = rule;
    // What stands in a script of somebody else may be more than we take: addresses, flags, empty texts.
    const bool is_ours = is_taken({"MAIL_FILTER-0018", "MAIL_FILTER-0023", "MAIL_FILTER-0025"},
                                  [&] { apply_json(again, json, version, {}); });
    if (is_ours) require(to_json(again, 0, version, {}).get("test").equals(json.get("test")));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Script script;
  if (!is_taken({"MAIL_FILTER-0016"}, [&] { script = read_script(text); })) return 0;
  for (const Rule& rule : script.rules)
    if (rule.body) check_json(rule);
  Script again;
  if (!is_taken({"MAIL_FILTER-0013"}, [&] { again = written_and_read(script); })) return 0;
  require_same(script, again);
  return 0;
}
