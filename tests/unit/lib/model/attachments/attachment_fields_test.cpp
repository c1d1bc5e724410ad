// The table against the published columns.
#include "model/attachments/attachment_fields.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "core/json.hpp"

namespace gw::model::attachments {
namespace {

TEST(AttachmentFields, EveryColumnOfTheApiHasItsName) {
  const std::pair<int, const char*> columns[] = {
      {1, "id"},       {2, "created_by"}, {4, "creation_date"}, {800, "folder"},        {801, "attached"},
      {802, "module"}, {803, "filename"}, {804, "file_size"},   {805, "file_mimetype"}, {806, "rtf_flag"}};
  ASSERT_EQ(attachment_fields().size(), std::size(columns));
  for (const auto& [number, name] : columns) {
    const int row = find_column(attachment_fields(), number);
    ASSERT_GE(row, 0) << number;
    EXPECT_EQ(attachment_fields()[static_cast<std::size_t>(row)].json, name);
  }
}

}  // namespace
}  // namespace gw::model::attachments
