#include "ajax/find/result_page.hpp"

#include "ajax/chronos/calendar_ids.hpp"
#include "core/text.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::ajax {
namespace {

namespace folders = model::folders;

FolderId parse_folder(const std::string& text, const SearchModule& module) {
  if (is_calendar_id(text)) return parse_calendar_id(text);
  const auto number = parse_integer(text);
  if (!number || *number < 0) throw ApiError(errors::find::kBadFolder, {text, std::string(module.name)});
  return FolderId(*number);
}

folders::FolderType type_named(std::string_view name) {
  if (name == "private") return folders::FolderType::Private;
  return name == "public" ? folders::FolderType::Public : folders::FolderType::Shared;
}

}  // namespace

std::optional<std::vector<FolderId>> asked_folders(Invocation& invocation, const FindQuery& query,
                                                   const SearchModule& module, model::ObjectModule objects) {
  if (query.folder) return std::vector{parse_folder(*query.folder, module)};
  if (!query.folder_type) return std::nullopt;
  const folders::FolderType wanted = type_named(*query.folder_type);
  std::vector<FolderId> ids;
  for (const auto& folder :
       folders::visible_folders(invocation.work.connection(), invocation.caller(), objects))
    if (folder.rights.read > 0 && folder.type == wanted) ids.push_back(folder.id);
  return ids;
}

std::string pattern_anywhere(std::string_view text) {
  // Without wildcards it is looked for as it is, which costs less.
  const bool has_wildcards = text.find_first_of("*?") != std::string_view::npos;
  return has_wildcards ? "*" + std::string(text) + "*" : std::string(text);
}

std::vector<int> asked_columns(const Invocation& invocation, std::string_view fallback) {
  return model::parse_column_numbers(invocation.arguments.text("columns", fallback));
}

}  // namespace gw::ajax
