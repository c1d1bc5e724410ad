#include "ajax/transfer/ical_folder.hpp"

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

}  // namespace gw::ajax
