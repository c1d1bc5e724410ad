// What the store makes of a service that is slow, broken, cut off or does not know us.
#include <gtest/gtest.h>

#include <functional>

#include "core/random.hpp"
#include "unit/lib/filestore/support/fault_proxy.hpp"
#include "unit/lib/filestore/support/s3_server.hpp"
#include "unit/lib/filestore/support/signature_check.hpp"

namespace gw::filestore::test {
namespace {

using Kind = StoreError::Kind;

/// Unavailable, and the text names the cause and no credential.
void expect_refusal(const std::function<void()>& call, const std::string& cause) {
  try {
    call();
    ADD_FAILURE() << "the call succeeded";
  } catch (const StoreError& problem) {
    const std::string text = problem.what();
    EXPECT_EQ(problem.kind(), Kind::Unavailable);
    EXPECT_NE(text.find(cause), std::string::npos) << text;
    EXPECT_EQ(text.find("wr0ng"), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos);
  }
}

/// The real server behind a proxy whose faults the test chooses.
class S3Faults : public testing::Test {
 protected:
  void SetUp() override {
    if (!S3Server::shared().problem().empty()) GTEST_SKIP() << S3Server::shared().problem();
    root_ = make_store_root(s3_uri(bucket_, proxy_.url(), "&stall-timeout=1&timeout=2"));
    store_ = root_->open("7_ctx_store");
    plain_root_ = make_store_root(s3_uri(bucket_, S3Server::shared().url()));
    plain_ = plain_root_->open("7_ctx_store");
    save(*plain_, "makes the bucket");
  }

  /// The first `times` requests of that method with `part` in their target get the fault.
  void break_first(int times, std::string method, std::string part, Fault fault) {
    decide_ = [=, left = times](const SeenRequest& request) mutable {
      if (request.method != method || request.target.find(part) == std::string::npos || left == 0)
        return Fault{};
      --left;
      return fault;
    };
  }
  int files() {
    int found = 0;
    plain_->list([&](const StoredFile&) { return ++found > 0; });
    return found - 1;
  }

  std::string bucket_ = new_bucket();
  std::function<Fault(const SeenRequest&)> decide_ = [](const SeenRequest&) { return Fault{}; };
  FaultProxy proxy_{S3Server::shared().port(),
                    [this](const SeenRequest& request) { return decide_(request); }};
  std::unique_ptr<StoreRoot> root_, plain_root_;
  std::unique_ptr<FileStore> store_, plain_;
};

TEST_F(S3Faults, APassingErrorIsTriedAgain) {
  const Fault faults[] = {Fault::status(500, "InternalError"),
                          Fault::status(503, "SlowDown"),
                          Fault::status(429, "TooManyRequests"),
                          {Fault::Kind::Cut, {}, 0},
                          {Fault::Kind::LoseAnswer, {}, 0}};
  for (const Fault& fault : faults) {
    break_first(3, "PUT", "", fault);
    const std::string id = save(*store_, "0123456789");
    break_first(3, "GET", id, fault);
    EXPECT_EQ(read_all(*store_, id), "0123456789");
    break_first(3, "HEAD", id, fault);
    EXPECT_EQ(store_->size(id), 10);
    break_first(3, "DELETE", id, fault);
    EXPECT_TRUE(store_->remove(id));
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(S3Faults, AfterThreeRepetitionsTheStoreIsUnavailableAndNothingRemains) {
  break_first(1'000, "PUT", "", Fault::status(500, "InternalError"));
  EXPECT_EQ(kind_of_failure([&] { save(*store_, "x"); }), Kind::Unavailable);
  EXPECT_EQ(proxy_.count("PUT"), 4);
  break_first(1'000, "PUT", "", {Fault::Kind::LoseAnswer, {}, 0});
  EXPECT_EQ(kind_of_failure([&] { save(*store_, "x"); }), Kind::Unavailable);
  EXPECT_EQ(files(), 0);
}

TEST_F(S3Faults, WhatIsWrongForGoodIsNotTriedAgain) {
  break_first(1'000, "PUT", "", Fault::status(400, "InvalidRequest"));
  EXPECT_EQ(kind_of_failure([&] { save(*store_, "x"); }), Kind::Io);
  EXPECT_EQ(proxy_.count("PUT"), 1);
}

TEST_F(S3Faults, AFullServiceIsFull) {
  for (const Fault& fault :
       {Fault::status(507, "InsufficientStorage"), Fault::status(403, "QuotaExceeded")}) {
    break_first(1'000, "PUT", "", fault);
    EXPECT_EQ(kind_of_failure([&] { save(*store_, "x"); }), Kind::Full);
  }
}

TEST_F(S3Faults, AServiceThatDoesNotAnswerIsGivenUpInTime) {
  const std::string id = save(*store_, "0123456789");
  decide_ = [](const SeenRequest&) { return Fault{Fault::Kind::Stall, {}, 0}; };
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(kind_of_failure([&] { read_all(*store_, id); }), Kind::Unavailable);
  EXPECT_EQ(kind_of_failure([&] { store_->size(id); }), Kind::Unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15));
}

TEST_F(S3Faults, AReadThatIsCutGoesOnWhereItWasCut) {
  const std::string bytes = random_bytes(3 * kMebibyte);
  const std::string id = save(*store_, bytes);
  break_first(3, "GET", id, {Fault::Kind::CutAnswer, {}, 700'000});
  EXPECT_TRUE(read_all(*store_, id) == bytes);
  EXPECT_EQ(proxy_.count("GET", id), 4);
  break_first(2, "GET", id, {Fault::Kind::CutAnswer, {}, 300'000});
  EXPECT_TRUE(read_all(*store_, id, 1'000, 2'000'000) == bytes.substr(1'000, 2'000'000));
}

TEST_F(S3Faults, AReadThatIsAlwaysCutAtOnceEnds) {
  const std::string id = save(*store_, random_bytes(3 * kMebibyte));
  break_first(1'000, "GET", id, {Fault::Kind::CutAnswer, {}, 30});
  EXPECT_EQ(kind_of_failure([&] { read_all(*store_, id); }), Kind::Unavailable);
}

TEST_F(S3Faults, APartThatFailsIsSentAgain) {
  const std::string bytes = random_bytes(17 * kMebibyte);
  break_first(2, "PUT", "partNumber=2", {Fault::Kind::Cut, {}, 0});
  EXPECT_TRUE(read_all(*plain_, save(*store_, bytes)) == bytes);
  EXPECT_EQ(proxy_.count("PUT", "partNumber=2"), 3);
}

TEST_F(S3Faults, AnUploadInPartsThatFailsIsAborted) {
  break_first(1'000, "PUT", "partNumber=2", Fault::status(500, "InternalError"));
  EXPECT_EQ(kind_of_failure([&] { save(*store_, std::string(17 * kMebibyte, 'x')); }), Kind::Unavailable);
  EXPECT_EQ(proxy_.count("DELETE", "uploadId="), 1);
  EXPECT_EQ(proxy_.count("POST", "uploadId="), 0);
  const int before = proxy_.count("DELETE", "uploadId=");
  store_->create()->write(std::string(9 * kMebibyte, 'x'));
  EXPECT_EQ(proxy_.count("DELETE", "uploadId="), before + 1) << "and one that is given up";
  EXPECT_EQ(files(), 0);
}

TEST_F(S3Faults, JoiningPartsIsNotRepeatedButALostAnswerIsLookedUp) {
  const std::string bytes = random_bytes(9 * kMebibyte);
  break_first(1, "POST", "uploadId=", {Fault::Kind::LoseAnswer, {}, 0});
  const std::string id = save(*store_, bytes);
  EXPECT_EQ(proxy_.count("POST", "uploadId="), 1);
  EXPECT_TRUE(read_all(*plain_, id) == bytes);
  break_first(1, "POST", "uploadId=", {Fault::Kind::Cut, {}, 0});
  EXPECT_EQ(kind_of_failure([&] { save(*store_, bytes); }), Kind::Unavailable);
  EXPECT_EQ(proxy_.count("POST", "uploadId="), 2);
  EXPECT_EQ(files(), 1);
}

TEST_F(S3Faults, AnErrorInsideOf200IsAnError) {
  const std::string body = "<Error><Code>InternalError</Code></Error>";
  break_first(1'000, "POST", "uploadId=",
              {Fault::Kind::Answer,
               "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
                   "\r\n\r\n" + body,
               0});
  EXPECT_EQ(kind_of_failure([&] { save(*store_, std::string(9 * kMebibyte, 'x')); }), Kind::Unavailable);
  EXPECT_EQ(files(), 0);
}

TEST_F(S3Faults, RangesNeverCountFromTheEnd) {
  const std::string id = save(*store_, "0123456789");
  read_all(*store_, id, 7);
  read_all(*store_, id, 0, 3);
  for (const SeenRequest& request : proxy_.seen()) EXPECT_EQ(request.head.find("bytes=-"), std::string::npos);
  EXPECT_EQ(proxy_.seen().back().target.find('?'), std::string::npos);
}

TEST_F(S3Faults, EveryKindOfRequestIsSignedAsTheProtocolWants) {
  decide_ = [](const SeenRequest& request) {
    return is_signed_with("S3RVER", request) ? Fault{} : Fault::status(403, "SignatureDoesNotMatch");
  };
  // A bucket that is not there yet, and a region that must be written into the request that makes it.
  const auto root = make_store_root("s3:" + new_bucket() + "?endpoint=" + proxy_.url() +
                                    "&region=us-east-1&key=S3RVER&secret=S3RVER");
  const auto store = root->open("7_ctx_store");
  const std::string bytes = random_bytes(9 * kMebibyte);
  const std::string id = save(*store, bytes);
  EXPECT_EQ(read_all(*store, id, 3, 4), bytes.substr(3, 4));
  store->append(id, static_cast<std::int64_t>(bytes.size()))->commit();
  for (int i = 0; i < 1'001; ++i) save(*plain_, "");
  int listed = 0;
  store_->list([&](const StoredFile&) { return ++listed > 0; });
  EXPECT_EQ(listed, 1'002);
  EXPECT_EQ(store->remove_stale_uploads(std::chrono::seconds(0)), 0);
  EXPECT_TRUE(store->remove(id));
  for (const char* part : {"uploads=", "uploadId=", "continuation-token="})
    EXPECT_GT(proxy_.count("POST", part) + proxy_.count("GET", part), 0) << part;
}

TEST_F(S3Faults, WrongCredentialsNameTheirLikelyCauseAndNeverThemselves) {
  decide_ = [](const SeenRequest& request) {
    const bool knows_key = request.head.find("Credential=S3RVER/") != std::string::npos;
    return !knows_key || is_signed_with("S3RVER", request) ? Fault{}
                                                           : Fault::status(403, "SignatureDoesNotMatch");
  };
  const std::string front = "s3:" + bucket_ + "?endpoint=" + proxy_.url() + "&region=us-east-1";
  const std::pair<std::string, std::string> cases[] = {{"&key=S3RVER&secret=wr0ngsecret", "secret="},
                                                       {"&key=wr0ngkey&secret=S3RVER", "key="}};
  for (const auto& [credentials, cause] : cases) {
    const auto store = make_store_root(front + credentials)->open("7_ctx_store");
    const std::function<void()> calls[] = {[&] { save(*store, "x"); },
                                           [&] { store->size("0123456789abcdef0123456789abcdef"); },
                                           [&] { store->list([](const StoredFile&) { return true; }); }};
    for (const auto& call : calls) expect_refusal(call, cause);
  }
  break_first(1, "PUT", "", Fault::status(403, "RequestTimeTooSkewed"));
  expect_refusal([&] { save(*store_, "x"); }, "clock");
}

TEST_F(S3Faults, WithoutItsBucketTheStoreIsUnavailableAndNothingIsMissing) {
  const auto root = make_store_root(s3_uri(new_bucket(), proxy_.url()));
  const auto store = root->open("7_ctx_store");
  const std::string id = "0123456789abcdef0123456789abcdef";
  EXPECT_EQ(kind_of_failure([&] { store->size(id); }), Kind::Unavailable);
  EXPECT_EQ(kind_of_failure([&] { store->open(id); }), Kind::Unavailable);
  EXPECT_EQ(kind_of_failure([&] { store->remove(id); }), Kind::Unavailable);
  EXPECT_EQ(kind_of_failure([&] { store->list([](const StoredFile&) { return true; }); }), Kind::Unavailable);
  store->remove_all();
  EXPECT_EQ(read_all(*store, save(*store, "makes the bucket")), "makes the bucket");
}

TEST_F(S3Faults, TheNumberOfConnectionsIsBounded) {
  const auto root = make_store_root(s3_uri(bucket_, proxy_.url(), "&connections=1&stall-timeout=1"));
  const auto store = root->open("7_ctx_store");
  const std::string id = save(*store, random_bytes(2 * kMebibyte));
  auto reader = store->open(id);
  EXPECT_EQ(kind_of_failure([&] { store->size(id); }), Kind::Unavailable);
  reader.reset();
  EXPECT_EQ(store->size(id), static_cast<std::int64_t>(2 * kMebibyte));
}

/// A service of which only the answers matter.
TEST(S3Service, AStaleUploadOfThisNameSpaceIsAborted) {
  const auto answer = [](const std::string& body) {
    return Fault{Fault::Kind::Answer,
                 "HTTP/1.1 200 OK\r\nConnection: close\r\nETag: \"e\"\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body,
                 0};
  };
  FaultProxy service(0, [&](const SeenRequest& request) {
    if (request.target.find("uploads=") != std::string::npos && request.method == "GET")
      return answer(
          "<ListMultipartUploadsResult><Upload><Key>7_ctx_store/0123456789abcdef0123456789abcdef</Key>"
          "<UploadId>old</UploadId><Initiated>2020-01-01T00:00:00.000Z</Initiated></Upload><Upload>"
          "<Key>7_ctx_store/0123456789abcdef0123456789abcdef</Key><UploadId>new</UploadId>"
          "<Initiated>2999-01-01T00:00:00.000Z</Initiated></Upload><Upload><Key>other/x</"
          "Key><UploadId>foreign</UploadId>"
          "<Initiated>2020-01-01T00:00:00.000Z</Initiated></Upload></ListMultipartUploadsResult>");
    return answer("");
  });
  const auto store = make_store_root(s3_uri("files", service.url()))->open("7_ctx_store");
  EXPECT_EQ(store->remove_stale_uploads(std::chrono::hours(24)), 1);
  EXPECT_EQ(service.count("DELETE", "uploadId=old"), 1);
  EXPECT_EQ(service.count("DELETE"), 1);
}

// The copy inside the service, which the test server does not know: only the requests are looked at.
TEST(S3Service, AnAppendCopiesInPiecesWithinTheLimitsOfTheProtocol) {
  constexpr std::int64_t kSize = 513 * 1'048'576LL;
  FaultProxy service(0, [&](const SeenRequest& request) {
    std::string head = "HTTP/1.1 200 OK\r\nConnection: close\r\nETag: \"e\"\r\n", body;
    if (request.method == "HEAD")
      return Fault{Fault::Kind::Answer, head + "Content-Length: " + std::to_string(kSize) + "\r\n\r\n", 0};
    if (request.target.ends_with("uploads=")) body = "<R><UploadId>u</UploadId></R>";
    if (request.head.find("x-amz-copy-source:") != std::string::npos)
      body = "<CopyPartResult><ETag>&quot;c&quot;</ETag></CopyPartResult>";
    return Fault{Fault::Kind::Answer,
                 head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body, 0};
  });
  const auto store = make_store_root(s3_uri("files", service.url()))->open("7_ctx_store");
  const auto upload = store->append("0123456789abcdef0123456789abcdef", kSize);
  upload->write("more");
  upload->commit();
  for (const SeenRequest& request : service.seen())
    EXPECT_TRUE(is_signed_with("S3RVER", request)) << request.head;
  std::vector<std::string> ranges;
  for (const SeenRequest& request : service.seen()) {
    const std::string name = "x-amz-copy-source-range: bytes=";
    const std::size_t at = request.head.find(name);
    if (at == std::string::npos) continue;
    const std::size_t begin = at + name.size();
    ranges.push_back(request.head.substr(begin, request.head.find("\r\n", begin) - begin));
    EXPECT_NE(request.head.find("x-amz-copy-source: /files/7_ctx_store/0123456789abcdef0123456789abcdef\r\n"),
              std::string::npos);
  }
  // 256 MiB, and the rest of 257 MiB: one of 1 MiB would be refused.
  EXPECT_EQ(ranges, (std::vector<std::string>{"0-268435455", "268435456-537919487"}));
  EXPECT_EQ(service.count("PUT", "partNumber=3"), 1);
  EXPECT_EQ(service.count("POST", "uploadId=u"), 1);
}

TEST(S3Service, BucketsMayStandInTheNameOfTheHost) {
  FaultProxy service(0, [&](const SeenRequest&) { return Fault::status(404, "NoSuchKey"); });
  const std::string uri = s3_uri("files", "http://localhost:" + service.url().substr(17), "&path-style=off");
  const auto store = make_store_root(uri)->open("7_ctx_store");
  EXPECT_EQ(kind_of_failure([&] { store->open("0123456789abcdef0123456789abcdef"); }), Kind::Missing);
  EXPECT_NE(service.seen().at(0).head.find("Host: files.localhost"), std::string::npos);
  EXPECT_EQ(service.seen().at(0).target, "/7_ctx_store/0123456789abcdef0123456789abcdef");
}

TEST(S3Service, NobodyListensIsUnavailable) {
  std::string url;
  {
    FaultProxy gone(0, [](const SeenRequest&) { return Fault{}; });
    url = gone.url();
  }
  const auto store = make_store_root(s3_uri("files", url))->open("7_ctx_store");
  EXPECT_EQ(kind_of_failure([&] { save(*store, "x"); }), Kind::Unavailable);
}

}  // namespace
}  // namespace gw::filestore::test
