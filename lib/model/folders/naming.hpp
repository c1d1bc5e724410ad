// Rules for folder titles: characters, length, reserved names, one name per parent. Source: spec folders
// section 12.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/folders/folder.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::folders {

/// The title trimmed. Errors: FLD-0007 when empty, FLD-0092 for a control character (and, in the infostore,
/// one that file systems refuse), FLD-0064 above 255 characters.
std::string checked_title(std::string_view title, ObjectModule module);

/// Differ in case only. Accents count.
bool titles_equal(std::string_view a, std::string_view b);

/// Where a title must be alone: below 1 every owner has a list of his own, and trash folders never count.
struct TitleScope {
  FolderId parent;
  UserId owner;
  /// The folder itself when it is renamed.
  FolderId except;
};
/// By another folder, or by an object that shares its name space (FolderContent::has_named). Must run after
/// Transaction::stamp, whose lock makes the check hold until COMMIT.
bool is_title_taken(Transaction& transaction, ContextId context, const TitleScope& scope,
                    std::string_view title);
/// Errors: FLD-0012 taken, FLD-0093 reserved.
void check_title_free(Transaction& transaction, ContextId context, const TitleScope& scope,
                      std::string_view title);
/// The title itself, or with " (2)", " (3)" … appended until it is free. Cost: two queries per try, at
/// most 1,000 (FLD-0012).
std::string free_title(Transaction& transaction, ContextId context, const TitleScope& scope,
                       std::string_view title);

}  // namespace gw::model::folders
