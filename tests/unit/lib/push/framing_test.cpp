#include "push/framing.hpp"

#include <gtest/gtest.h>

namespace gw::push {
namespace {

TEST(Framing, IsThatOfServerSentEvents) {
  EXPECT_EQ(frame_event("a-1", "ox:x", "{}"), "id: a-1\nevent: ox:x\ndata: {}\n\n");
  EXPECT_EQ(frame_event("", "ready", "{}"), "event: ready\ndata: {}\n\n");
  EXPECT_EQ(frame_event("", "x", "a\nb"), "event: x\ndata: a\ndata: b\n\n");
  EXPECT_EQ(frame_retry(std::chrono::seconds(5)), "retry: 5000\n\n");
  EXPECT_EQ(frame_heartbeat(""), ":\n\n");
  EXPECT_EQ(frame_heartbeat("a-2"), ":\nid: a-2\n\n");
}

TEST(Framing, APollIsOneEnvelope) {
  EXPECT_EQ(frame_answer("", 7), R"({"data":[],"timestamp":7})");
  EXPECT_EQ(frame_answer(frame_element("a-1", "ox:x", R"({"folder":"1"})"), 7),
            R"({"data":[{"id":"a-1","topic":"ox:x","data":{"folder":"1"}}],"timestamp":7})");
}

}  // namespace
}  // namespace gw::push
