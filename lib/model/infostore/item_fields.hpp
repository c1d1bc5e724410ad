// The one table of file item fields; SQL, JSON and sorting read it. Rows of the item itself are stored as
// `i.…` (infostore_items), those of a version as `v.…` (infostore_versions). Source: spec columns section 8.
#pragma once

#include <span>

#include "model/field.hpp"
#include "model/infostore/item.hpp"

namespace gw::model::infostore {

std::span<const Field<Item>> item_fields();

/// True when the row with this column number is set.
bool is_sent(const FieldSet& sent, int column);

inline constexpr int kFolderColumn = 20, kPermissionsColumn = 108, kTitleColumn = 700, kUrlColumn = 701,
                     kFilenameColumn = 702, kMimeTypeColumn = 703, kVersionColumn = 705,
                     kDescriptionColumn = 706, kExtendedColumn = 7010;

}  // namespace gw::model::infostore
