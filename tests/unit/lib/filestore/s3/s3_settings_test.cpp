#include "filestore/s3/s3_settings.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "filestore/file_store.hpp"
#include "unit/lib/filestore/support/store_under_test.hpp"

namespace gw::filestore::test {
namespace {

std::string refusal(const std::string& uri) {
  try {
    make_store_root(uri);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

TEST(S3Uri, EveryOptionIsRead) {
  TestFolder folder;
  std::ofstream(folder.path() + "/secret") << " top secret \n";
  std::ofstream(folder.path() + "/ca.pem") << "x";
  const S3Settings settings = parse_s3_uri(
      "s3:my-files?endpoint=http://s3.example.org:9000/"
      "&region=eu-central-1&path-style=off&key=test%3Atester&secret=file:" +
      folder.path() + "/secret&tls-ca=" + folder.path() +
      "/ca.pem&connect-timeout=1&stall-timeout=2&timeout=3&connections=4&proxy=http://proxy:3128");
  EXPECT_EQ(settings.bucket, "my-files");
  EXPECT_EQ(settings.scheme, "http");
  EXPECT_EQ(settings.host, "s3.example.org:9000");
  EXPECT_EQ(settings.region, "eu-central-1");
  EXPECT_FALSE(settings.is_path_style);
  EXPECT_EQ(settings.key, "test:tester");
  EXPECT_EQ(settings.secret, "top secret");
  EXPECT_EQ(settings.tls_authorities, folder.path() + "/ca.pem");
  EXPECT_EQ(settings.connect_timeout.count(), 1);
  EXPECT_EQ(settings.stall_timeout.count(), 2);
  EXPECT_EQ(settings.timeout.count(), 3);
  EXPECT_EQ(settings.connections, 4U);
  EXPECT_EQ(settings.proxy, "http://proxy:3128");
}

TEST(S3Uri, TheDefaultsAreThoseOfTheHeader) {
  const S3Settings settings = parse_s3_uri("s3:my-files?key=k&secret=a/b+c=");
  EXPECT_EQ(settings.scheme, "https");
  EXPECT_EQ(settings.host, "s3.us-west-2.amazonaws.com");
  EXPECT_EQ(settings.secret, "a/b+c=");
  EXPECT_TRUE(settings.is_path_style);
  EXPECT_EQ(settings.connections, 16U);
}

TEST(S3Uri, ARefusalNamesTheOptionAndNeverASecret) {
  const std::pair<std::string, std::string> cases[] = {
      {"s3:", "bucket"},
      {"s3:a/b?key=k&secret=s3cr3t", "bucket"},
      {"s3:files", "key= and secret="},
      {"s3:files?key=k", "key= and secret="},
      {"s3:files?key=k&secret=", "secret="},
      {"s3:files?key=k&secret=file:relative", "secret="},
      {"s3:files?key=k&secret=file:/no/such/file", "/no/such/file"},
      {"s3:files?key=k&secret=exec:s3cr3t", "secret="},
      {"s3:files?key=k&secret=s3cr3t%zz", "secret="},
      {"s3:files?key=k&secret=s3cr3t&key=k", "given twice"},
      {"s3:files?key=k&secret=s3cr3t&endpoint=ftp://host", "endpoint="},
      {"s3:files?key=k&secret=s3cr3t&endpoint=https://user:pw@host", "endpoint="},
      {"s3:files?key=k&secret=s3cr3t&endpoint=https://host/path", "endpoint="},
      {"s3:files?key=k&secret=s3cr3t&path-style=maybe", "path-style="},
      {"s3:files?key=k&secret=s3cr3t&tls-ca=/no/such/file", "tls-ca="},
      {"s3:files?key=k&secret=s3cr3t&timeout=0", "timeout="},
      {"s3:files?key=k&secret=s3cr3t&connections=many", "connections="},
      {"s3:files?key=k&secret=s3cr3t&colour=red", "colour"},
      {"s3:files?key=k&secret=s3cr3t&", "name=value"},
  };
  for (const auto& [uri, part] : cases) {
    const std::string text = refusal(uri);
    EXPECT_NE(text.find(part), std::string::npos) << uri << " -> " << text;
    EXPECT_EQ(text.find("s3cr3t"), std::string::npos) << text;
  }
}

TEST(StoreUri, OnlyTheTwoKindsAndAbsolutePathsAreTaken) {
  EXPECT_EQ(refusal("file:/srv/files/"), "");
  EXPECT_EQ(refusal("file:///srv/files"), "");
  for (const char* uri :
       {"", "/srv/files", "file:", "file:srv", "file:/", "file://host/srv", "http://host", "S3:files"})
    EXPECT_NE(refusal(uri).find("file:"), std::string::npos) << uri;
}

}  // namespace
}  // namespace gw::filestore::test
