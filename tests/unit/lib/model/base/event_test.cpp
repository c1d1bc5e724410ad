#include "model/event.hpp"

#include <gtest/gtest.h>

namespace gw::model {
namespace {

TEST(Event, AudiencesAreSortedAndKeptPerFolder) {
  Event event;
  event.tell(FolderId(31), std::vector{UserId(4), UserId(3), UserId(4)});
  event.tell(FolderId(32), std::vector{UserId(5)});
  event.tell(FolderId(31), std::vector{UserId(2)});
  event.tell(FolderId(33), {});
  ASSERT_EQ(event.audiences.size(), 2U);
  EXPECT_EQ(event.audiences[0].folder, FolderId(31));
  EXPECT_EQ(event.audiences[0].users, (std::vector{UserId(2), UserId(3), UserId(4)}));
  EXPECT_EQ(event.audiences[1].folder, FolderId(32));
}

}  // namespace
}  // namespace gw::model
