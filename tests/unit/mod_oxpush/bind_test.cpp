#include "mod_oxpush/bind.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "mod_oxpush/engine/state_file.hpp"

namespace oxpush {
namespace {

class BindTest : public ::testing::Test {
 protected:
  BindTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gwbindXXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~BindTest() override { std::filesystem::remove_all(folder_); }

  std::string path(const char* name) const { return folder_ + "/" + name; }
  static mode_t mode_of(const std::string& name) {
    struct stat found {};
    return lstat(name.c_str(), &found) == 0 ? found.st_mode & 0777 : 0;
  }

  std::string folder_;
};

TEST_F(BindTest, AUnixSocketIsPrivateAndReplacesAnOldOne) {
  const mode_t before = umask(0);
  const int first = bind_unix(path("s"), UnixKind::Datagram, {});
  umask(before);
  ASSERT_GE(first, 0);
  EXPECT_EQ(mode_of(path("s")), 0600u);
  close(first);
  const int second = bind_unix(path("s"), UnixKind::Listener, {});
  EXPECT_GE(second, 0);
  close(second);
}

TEST_F(BindTest, SomethingElseAtTheNameIsNeverReplaced) {
  std::ofstream(path("file")) << "precious";
  EXPECT_LT(bind_unix(path("file"), UnixKind::Datagram, {}), 0);
  EXPECT_EQ(errno, EEXIST);
  EXPECT_TRUE(std::filesystem::exists(path("file")));
  EXPECT_LT(bind_unix(path(std::string(200, 'x').c_str()), UnixKind::Datagram, {}), 0);
  EXPECT_EQ(errno, ENAMETOOLONG);
}

TEST_F(BindTest, AFolderIsPrivateAndALinkIsNotFollowed) {
  EXPECT_TRUE(make_folder(path("state"), {}));
  EXPECT_EQ(mode_of(path("state")), 0700u);
  EXPECT_TRUE(make_folder(path("state"), {}));
  std::filesystem::create_directory_symlink(path("state"), path("link"));
  EXPECT_FALSE(make_folder(path("link"), {}));
}

TEST_F(BindTest, APortIsTakenOnce) {
  const int first = bind_udp({*parse_address("127.0.0.1"), 0});
  ASSERT_GE(first, 0);
  sockaddr_storage raw{};
  socklen_t size = sizeof(raw);
  ASSERT_EQ(getsockname(first, reinterpret_cast<sockaddr*>(&raw), &size), 0);
  EXPECT_LT(bind_udp(from_socket_address(raw)), 0);
  EXPECT_EQ(errno, EADDRINUSE);
  close(first);
}

TEST_F(BindTest, AnUnknownInterfaceIsAnError) {
  EXPECT_LT(bind_multicast({*parse_address("239.192.7.7"), 0}, {"no-such-one"}), 0);
}

TEST_F(BindTest, StateIsTheOldOrTheNewOne) {
  EXPECT_EQ(read_state(path("registrations")), "");
  EXPECT_TRUE(write_state(path("registrations"), "one"));
  EXPECT_TRUE(write_state(path("registrations"), "two"));
  EXPECT_EQ(read_state(path("registrations")), "two");
  EXPECT_EQ(mode_of(path("registrations")), 0600u);
  EXPECT_FALSE(std::filesystem::exists(path("registrations.new")));
  EXPECT_FALSE(write_state(path("missing/registrations"), "x"));
}

}  // namespace
}  // namespace oxpush
