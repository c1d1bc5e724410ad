#include "ajax/find/facets.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/settings/availability.hpp"

namespace gw::ajax {
namespace {

constexpr FacetChoice kFolderTypes[] = {{"private", "Private"}, {"public", "Public"}, {"shared", "Shared"}};

constexpr FacetChoice kDates[] = {
    {"last_week", "Last week"}, {"last_month", "Last month"}, {"last_year", "Last year"}};

/// Sorted by name; a test checks it.
constexpr const SearchModule* kSearchModules[] = {&kCalendarSearch, &kContactsSearch, &kDriveSearch,
                                                  &kMailSearch, &kTasksSearch};

}  // namespace

std::span<const FacetChoice> folder_type_choices() { return kFolderTypes; }
std::span<const FacetChoice> date_choices() { return kDates; }

std::span<const SearchModule* const> search_modules() { return kSearchModules; }

const SearchModule* find_search_module(std::string_view name) {
  const std::string wanted = to_lower_ascii(trim(name));
  for (const SearchModule* module : kSearchModules)
    if (module->name == wanted || std::find(module->other_names.begin(), module->other_names.end(), wanted) !=
                                      module->other_names.end())
      return module;
  return nullptr;
}

bool may_search(const Invocation& invocation, const SearchModule& module) {
  return invocation.caller().modules.has(module.right) &&
         model::settings::is_available(module.right, invocation.work.settings());
}

const FacetRow* find_facet(const SearchModule& module, std::string_view id) {
  const auto found = std::find_if(module.facets.begin(), module.facets.end(),
                                  [&](const FacetRow& facet) { return facet.id == id; });
  return found == module.facets.end() ? nullptr : &*found;
}

const FacetChoice* find_choice(const FacetRow& facet, std::string_view id) {
  const std::span<const FacetChoice> choices = facet.kind == FacetKind::Date         ? date_choices()
                                               : facet.kind == FacetKind::FolderType ? folder_type_choices()
                                                                                     : facet.choices;
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const FacetChoice& choice) { return choice.id == id; });
  return found == choices.end() ? nullptr : &*found;
}

}  // namespace gw::ajax
