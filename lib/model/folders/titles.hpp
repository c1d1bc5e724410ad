// Names of folders that the server makes up: system folders in the reader's language, default folders in the
// owner's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"

namespace gw::model::folders {

/// Title of a system folder or virtual list (1-16) in a locale (`de_DE`); English when the language is not in
/// the table. `new_names` lets 9, 10 and 15 use the newer names ("Drive"). Errors: empty for an id without a
/// title.
std::optional<std::string_view> system_title(FolderId id, std::string_view locale, bool new_names);

enum class DefaultTitle { Calendar, Contacts, Tasks, Trash, Collected, DriveMail };
/// Title that a default folder gets when it is created.
std::string_view default_title(DefaultTitle kind, std::string_view locale);

/// True when `title` is, in any language, the name of a folder that appears beside children of `parent`.
bool is_reserved_title(FolderId parent, std::string_view title);

}  // namespace gw::model::folders
