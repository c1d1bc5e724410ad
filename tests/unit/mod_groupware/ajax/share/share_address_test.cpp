#include "ajax/share/share_address.hpp"

#include <gtest/gtest.h>

namespace gw::ajax {
namespace {

TEST(ShareAddress, IsTheOneUnderWhichTheClientReachesThisServer) {
  Request request;
  request.root = "/ajax";
  EXPECT_EQ(share_base(request), "/ajax/share/");
  request.host = "mail.example.test:8443";
  EXPECT_EQ(share_base(request), "http://mail.example.test:8443/ajax/share/");
  request.is_secure = true;
  EXPECT_EQ(share_base(request), "https://mail.example.test:8443/ajax/share/");
}

TEST(ShareAddress, FilesAreNamedWithTheirFolder) {
  model::shares::Target target{model::ObjectModule::Infostore, FolderId(12), {}};
  EXPECT_EQ(share_module(target.module), "infostore");
  EXPECT_EQ(share_folder(target), "12");
  EXPECT_EQ(share_item(target), "");
  target.item = ObjectId(34);
  EXPECT_EQ(share_item(target), "12/34");
}

}  // namespace
}  // namespace gw::ajax
