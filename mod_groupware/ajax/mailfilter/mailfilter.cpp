#include "ajax/mailfilter/mailfilter.hpp"

#include <algorithm>

#include "ajax/mailfilter/asked_filters.hpp"
#include "ajax/mailfilter/filter_apply.hpp"
#include "ajax/mailfilter/rule_input.hpp"

namespace gw::ajax {
namespace {

namespace sieve = mail::sieve;
using sieve::Version;

Response filter_config(Invocation& invocation) {
  AskedFilters filters(invocation);
  const std::vector<std::string>& hidden = invocation.work.settings().sieve.hidden;
  Json data = sieve::describe(
      version_of(invocation), filters.extensions(), [&](std::string_view kind, std::string_view id) {
        return std::find(hidden.begin(), hidden.end(), std::string(kind).append(":").append(id)) !=
               hidden.end();
      });
  const std::size_t redirects = filters.max_redirects();
  if (version_of(invocation) == Version::V2 && redirects > 0)
    data.get("options").set("MAXREDIRECTS", Json::integer(static_cast<std::int64_t>(redirects)));
  return Response::with_data(data);
}

Response filter_list(Invocation& invocation) {
  AskedFilters filters(invocation);
  const FlagFilter wanted = parse_flag_filter(invocation.arguments.text("flag"), version_of(invocation));
  const sieve::Script script = filters.load();
  const sieve::Context context = filters.context();
  Json rules = Json::array();
  for (std::size_t i = 0; i < script.rules.size(); ++i)
    if (wanted.takes(script.rules[i]))
      rules.append(sieve::to_json(script.rules[i], i, version_of(invocation), context));
  return Response::with_data(rules);
}

Response filter_new(Invocation& invocation) {
  AskedFilters filters(invocation);
  sieve::Rule rule;
  sieve::apply_json(rule, invocation.body, version_of(invocation), filters.context());
  const auto position = parse_position(invocation.body);
  std::int64_t id = 0;
  filters.change([&](sieve::Script& script) { id = sieve::insert_rule(script, rule, position); });
  return Response::with_data(Json::integer(id));
}

Response filter_update(Invocation& invocation) {
  AskedFilters filters(invocation);
  const std::int64_t id = parse_rule_id(invocation.body);
  const auto position = parse_position(invocation.body);
  const sieve::Context context = filters.context();
  filters.change([&](sieve::Script& script) {
    sieve::Rule rule = sieve::find_rule(script, id);
    sieve::apply_json(rule, invocation.body, version_of(invocation), context);
    sieve::update_rule(script, std::move(rule), position);
  });
  return Response::empty_data();
}

Response filter_delete(Invocation& invocation) {
  AskedFilters filters(invocation);
  const std::int64_t id = parse_rule_id(invocation.body);
  filters.change([&](sieve::Script& script) { sieve::remove_rule(script, id); });
  return Response::empty_data();
}

Response filter_reorder(Invocation& invocation) {
  AskedFilters filters(invocation);
  const std::vector<std::int64_t> ids = parse_rule_ids(invocation.body);
  filters.change([&](sieve::Script& script) { sieve::reorder_rules(script, ids); });
  return Response::empty_data();
}

Response filter_delete_script(Invocation& invocation) {
  AskedFilters(invocation).clear();
  return Response::empty_data();
}

Response filter_get_script(Invocation& invocation) {
  return Response::with_data(Json::string(AskedFilters(invocation).load_text()));
}

constexpr Parameter kWhose[] = {{"username"}};
constexpr Parameter kFiltered[] = {{"flag"}, {"username"}};
constexpr Parameter kApplied[] = {{"id"}, {"folderId"}, {"username"}};

constexpr Action kFilterActions[] = {
    {"apply", kGet, apply_filter, kSerial, kApplied},
    {"apply", kPut, apply_filter, kBody | kSerial, kApplied},
    {"config", kGet, filter_config, 0, kWhose},
    {"delete", kPut, filter_delete, kBody | kSerial, kWhose},
    {"deletescript", kPut, filter_delete_script, kSerial, kWhose},
    {"getscript", kPut, filter_get_script, 0, kWhose},
    {"list", kGet, filter_list, 0, kFiltered},
    {"new", kPut, filter_new, kBody | kSerial, kWhose},
    {"reorder", kPut, filter_reorder, kBody | kSerial, kWhose},
    {"update", kPut, filter_update, kBody | kSerial, kWhose},
};

}  // namespace

const ApiModule kMailFilterModule{"mailfilter", kFilterActions};
const ApiModule kMailFilterV2Module{"mailfilter/v2", kFilterActions};

}  // namespace gw::ajax
