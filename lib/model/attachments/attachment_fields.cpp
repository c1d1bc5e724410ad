#include "model/attachments/attachment_fields.hpp"

namespace gw::model::attachments {
namespace {

constexpr Field<Attachment> kTable[] = {
    {1, "id", "id", &Attachment::id, kReadOnly},
    {2, "created_by", "created_by", &Attachment::created_by, kReadOnly},
    {4, "creation_date", "creation_date", &Attachment::creation_date, kReadOnly, 0, Wire::Time},
    {800, "folder", "", &Attachment::folder, kCreateOnly | kNotStored},
    {801, "attached", "object", &Attachment::attached, kCreateOnly},
    {802, "module", "module", &Attachment::module, kCreateOnly},
    {803, "filename", "filename", &Attachment::filename, kCreateOnly, 255},
    {804, "file_size", "file_size", &Attachment::file_size, kReadOnly},
    {805, "file_mimetype", "file_mimetype", &Attachment::file_mimetype, kCreateOnly, 255},
    {806, "rtf_flag", "rtf_flag", &Attachment::rtf_flag, kCreateOnly},
};
static_assert(is_consistent(kTable));

}  // namespace

std::span<const Field<Attachment>> attachment_fields() { return kTable; }

}  // namespace gw::model::attachments
