#include "ajax/mailfilter/filter_apply.hpp"

#include "ajax/mail/mail_call.hpp"
#include "core/errors/mail_filter.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

namespace errors = gw::errors::mail_filter;
namespace sieve = mail::sieve;

struct FilterWord {
  const char* result;
  const char* member;  ///< that holds the server's text
};
/// By mail::FilterOutcome::Kind.
constexpr FilterWord kFilterWords[] = {{"OK", nullptr}, {"WARNINGS", "warnings"}, {"ERRORS", "errors"}};

sieve::Rule asked_rule(const Invocation& invocation, AskedFilters& filters) {
  if (!invocation.body.is_missing()) {
    sieve::Rule rule;
    sieve::apply_json(rule, invocation.body, version_of(invocation), filters.context());
    return rule;
  }
  const std::string_view id = invocation.arguments.text("id");
  if (id.empty()) throw ApiError(errors::kMissingParameter, {"id"});
  const auto number = parse_integer(id);
  if (!number) throw ApiError(errors::kBadId);
  sieve::Script script = filters.load();
  return sieve::find_rule(script, *number);
}

Json to_json(const mail::FilterOutcome& outcome) {
  const FilterWord& word = kFilterWords[static_cast<std::size_t>(outcome.kind)];
  Json json = Json::object();
  json.set("id", Json::string(std::to_string(outcome.uid))).set("result", Json::string(word.result));
  if (word.member != nullptr) json.set(word.member, Json::string(replace_invalid_utf8(outcome.text)));
  return json;
}

}  // namespace

Response apply_filter(Invocation& invocation) {
  AskedFilters filters(invocation);
  const auto folder = mailbox::parse_folder_path(invocation.arguments.text("folderId", "default0/INBOX"));
  sieve::Script script;
  script.rules.push_back(asked_rule(invocation, filters));
  script.rules[0].is_active = true;
  if (!script.rules[0].body) throw ApiError(errors::kInvalidRule, {script.rules[0].problem});
  const std::string text =
      sieve::write_script(script, filters.extensions(), format_http_date(invocation.work.now()));
  const auto mailbox = open_mailbox(invocation);
  Json results = Json::array();
  for (const mail::FilterOutcome& outcome : mailbox->messages(folder.account).filter(folder.fullname, text))
    results.append(to_json(outcome));
  return Response::with_data(results);
}

}  // namespace gw::ajax
