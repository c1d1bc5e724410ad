#include "identities/intake/resource_intake.hpp"

#include <array>
#include <set>

#include "core/text.hpp"
#include "directory/values.hpp"
#include "identities/intake/attempt.hpp"
#include "identities/intake/purge.hpp"
#include "model/field_json.hpp"
#include "model/resources/resource_service.hpp"

namespace gw::identities::intake {
namespace {

namespace resources = model::resources;
using model::bindings::Binding;
using model::bindings::State;

constexpr Millis kNoMatterWhen{INT64_MAX};

struct ResourceStep {
  Difference difference;
  Binding binding;
  Json values;
};

class ResourceIntake {
 public:
  ResourceIntake(const ObjectRun& run, Report& report)
      : run_(run), section_(*run.directory.mapping().resource), report_(report) {
    for (resources::Resource& resource : resources::list_resources(run_.work)) {
      id_of_name_.emplace(to_lower_ascii(resource.name.value_or("")), resource.id);
      stored_.emplace(resource.id, std::move(resource));
    }
    run_.work.release();
  }

  bool run() {
    std::set<std::string> seen;
    for (const Listed& listed : run_.listed) {
      seen.insert(listed.uuid);
      if (listed.entry) plan(listed);
    }
    for (const auto& [uuid, binding] : run_.known)
      if (!seen.contains(uuid)) plan_missing(binding);
    for (ResourceStep& step : steps_) {
      if (run_.is_preview) {
        report_.differences.push_back(std::move(step.difference));
        continue;
      }
      if (!run_.goes_on()) return false;
      attempt(report_, step.difference, [&] { apply(step); });
    }
    return true;
  }

 private:
  [[nodiscard]] Json values_of(const directory::Entry& entry) const {
    const auto value = [&](std::string_view name) {
      const auto rule = section_.fields.find(name);
      return rule == section_.fields.end() ? std::string() : directory::read_value(entry, rule->second);
    };
    const std::string name = value("name"), shown = value("display_name");
    Json values = Json::object();
    values.set("name", Json::string(name))
        .set("display_name", Json::string(shown.empty() ? name : shown))
        .set("mailaddress", Json::string(value("mail")));
    if (section_.fields.contains("description"))
      values.set("description", Json::string(value("description")));
    const auto disabled = section_.fields.find("disabled");
    const bool is_disabled =
        disabled != section_.fields.end() && directory::read_flag(entry, disabled->second);
    return values.set("availability", Json::boolean(!is_disabled));
  }

  void plan(const Listed& listed) {
    ResourceStep step;
    step.values = values_of(*listed.entry);
    step.difference.kind = Kind::Resource;
    step.difference.name = std::string(step.values.get("display_name").as_string());
    step.difference.dn = listed.dn;
    step.binding = {Kind::Resource, listed.uuid, 0, State::Present, {}, listed.mark, {}, listed.dn};
    const auto known = run_.known.find(listed.uuid);
    const bool is_known = known != run_.known.end() && stored_.contains(known->second.object);
    if (is_known) step.binding.object = known->second.object;
    if (!is_known && !choose_for_new(step)) return;
    compare_resource(step);
    if (is_known && known->second.state == State::Gone)
      step.difference.action = Action::Restore;
    else if (is_known && step.difference.fields.empty() && known->second.dn == listed.dn)
      return;
    steps_.push_back(std::move(step));
  }

  bool choose_for_new(ResourceStep& step) {
    const std::string name(step.values.get("name").as_string());
    const auto same_name = id_of_name_.find(to_lower_ascii(name));
    if (same_name == id_of_name_.end()) return true;
    bool is_bound = false;
    for (const auto& [uuid, binding] : run_.known) is_bound = is_bound || binding.object == same_name->second;
    if (is_bound || !run_.directory.settings().import.adopts) {
      report_.note_skipped(Kind::Resource, step.difference.dn,
                           "a resource with the name " + name + " was made here");
      return false;
    }
    step.binding.object = same_name->second;
    return true;
  }

  void compare_resource(ResourceStep& step) const {
    const auto stored = stored_.find(step.binding.object);
    step.difference.action = stored == stored_.end() ? Action::Create : Action::Change;
    const Json before = stored == stored_.end()
                            ? Json::object()
                            : write_object(stored->second, resources::resource_fields(), model::WireFormat());
    step.values.for_each_member([&](std::string_view name, const Json& value) {
      const Json old = before.get(std::string(name).c_str());
      const auto text = [](const Json& json) {
        return json.is_boolean() ? json.dump() : json.to_text().value_or("");
      };
      if (text(old) != text(value))
        step.difference.fields.push_back({std::string(name), text(old), text(value)});
    });
  }

  void plan_missing(const Binding& known) {
    const auto stored = stored_.find(known.object);
    ResourceStep step;
    step.difference.kind = Kind::Resource;
    step.difference.dn = known.dn;
    step.binding = known;
    if (stored != stored_.end()) step.difference.name = stored->second.display_name.value_or("");
    if (known.state == State::Gone) {
      const bool is_over = is_purge_due(run_.directory.settings().import, known, run_.work.now());
      if (stored != stored_.end() && !is_over) return;
      step.difference.action = Action::Purge;
    } else {
      step.difference.action = Action::Suspend;
      step.binding.state = State::Gone;
      step.binding.since = run_.work.now();
      step.values = Json::object().set("availability", Json::boolean(false));
    }
    steps_.push_back(std::move(step));
  }

  void apply(const ResourceStep& step) {
    model::UnitOfWork& work = run_.work;
    const std::string& directory = run_.directory.settings().name;
    const bool is_there = stored_.contains(step.binding.object);
    if (step.difference.action == Action::Purge) {
      if (is_there)
        resources::delete_resources(work, std::array{ResourceId(step.binding.object)}, kNoMatterWhen);
      work.write([&](model::Transaction& transaction) {
        model::bindings::remove_binding(transaction, work.context(), directory, Kind::Resource,
                                        step.binding.uuid);
      });
      return;
    }
    const bool is_new = step.binding.object == 0;
    const resources::ResourceInput input = resources::parse_resource(step.values, is_new);
    work.write([&](model::Transaction& transaction) {
      Binding binding = step.binding;
      if (is_new)
        binding.object = resources::create_resource(transaction, input).id;
      else if (is_there)
        resources::update_resource(transaction, ResourceId(binding.object), input, kNoMatterWhen);
      model::bindings::store_binding(transaction, work.context(), directory, binding);
    });
  }

  const ObjectRun& run_;
  const directory::Section& section_;
  Report& report_;
  std::map<std::int64_t, resources::Resource> stored_;
  std::map<std::string, std::int64_t> id_of_name_;
  std::vector<ResourceStep> steps_;
};

}  // namespace

bool take_resources(const ObjectRun& run, Report& report) { return ResourceIntake(run, report).run(); }

}  // namespace gw::identities::intake
