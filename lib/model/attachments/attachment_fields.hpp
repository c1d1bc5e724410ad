// The field table of attachments. Source: spec columns 9.
#pragma once

#include <span>

#include "model/attachments/attachment.hpp"
#include "model/field.hpp"

namespace gw::model::attachments {

inline constexpr int kFilenameColumn = 803;
inline constexpr int kMimeTypeColumn = 805;

/// Proof: tests/unit/lib/model/attachments/attachment_fields_test.cpp.
std::span<const Field<Attachment>> attachment_fields();

}  // namespace gw::model::attachments
