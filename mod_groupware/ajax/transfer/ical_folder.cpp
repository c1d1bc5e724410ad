#include "ajax/transfer/ical_folder.hpp"

#include <algorithm>
#include <set>

#include "core/errors/transfer.hpp"
#include "core/text.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::ajax {

bool is_task_folder(const Invocation& invocation, std::string_view folder) {
  const auto number = parse_integer(trim(folder));
  if (!number) return false;
  const auto access =
      model::folders::find_access(invocation.work.connection(), invocation.caller(), FolderId(*number));
  return access && access->module == model::ObjectModule::Task;
}

std::vector<Warning> file_warnings(const std::vector<formats::ical::Warning>& found) {
  constexpr std::size_t kMostTold = 20;
  const std::set<formats::ical::Warning> distinct(found.begin(), found.end());
  std::vector<Warning> warnings;
  for (const formats::ical::Warning& warning : distinct) {
    if (warnings.size() >= kMostTold) break;
    warnings.push_back({&errors::ie::kValueIgnored, {warning.where, ""}});
  }
  return warnings;
}

void add_warnings(std::vector<Warning>& warnings, const std::vector<Warning>& more) {
  for (const Warning& warning : more) {
    const bool is_known = std::any_of(warnings.begin(), warnings.end(), [&](const Warning& known) {
      return known.code == warning.code && known.arguments == warning.arguments;
    });
    if (!is_known) warnings.push_back(warning);
  }
}

}  // namespace gw::ajax
