// What clients write into composition spaces, and how spaces are read.
#include "ajax/compose/space_message.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "ajax/compose/space_mail.hpp"

namespace gw::ajax {
namespace {

Json parsed(const std::string& text) { return Json::parse(text).value_or(Json()); }

std::string code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

TEST(SpaceMessage, TakesWhatWasSentAndClearsWhatIsNull) {
  Json message = parsed(R"({"subject":"a","content":"b"})");
  merge_message(message,
                parsed(R"({"subject":null,"to":[["A","a@x.test"]],"priority":"LOW","id":"x","other":1,
    "from":["Me","me@x.test"],"replyTo":[["R","r@x.test"]],"contentType":"ALTERNATIVE"})"));
  EXPECT_EQ(message.dump(),
            R"({"content":"b","from":["Me","me@x.test"],"to":[["A","a@x.test"]],"replyTo":["R","r@x.test"],)"
            R"("contentType":"multipart/alternative","priority":"low"})");
}

TEST(SpaceMessage, IsNotChangedByWhatIsRefused) {
  Json message = parsed(R"({"subject":"a"})");
  const std::string long_name(kMaxOneAddress, 'x');
  for (const auto& [change, code] : std::vector<std::pair<std::string, std::string>>{
           {R"("priority":1)", "MSG-0046"},
           {R"("contentType":"text/xml")", "MSG-0046"},
           {R"("requestReadReceipt":[])", "MSG-0046"},
           {R"("sharedAttachments":1)", "MSG-0046"},
           {R"("to":[[null,null]])", "MSG-1008"},
           {R"("from":[")" + long_name + R"(","a@x.test"])", "MSGCS-0016"},
           {R"("security":{"sign":true})", "MSG-0087"},
           {R"("content":")" + std::string(kMaxContent + 1, 'x') + '"', "MSG-0102"}})
    EXPECT_EQ(
        code_of([&, &part = change] { merge_message(message, parsed(R"({"subject":"b",)" + part + "}")); }),
        code)
        << change.substr(0, 40);
  EXPECT_EQ(code_of([&] { merge_message(message, parsed("[]")); }), "SVL-0028");
  EXPECT_EQ(message.dump(), R"({"subject":"a"})");
}

TEST(SpaceMessage, KeepsCustomHeadersOnly) {
  Json message = Json::object();
  merge_message(message, parsed(R"({"customHeaders":{"X-A":"1","Subject":"2","x-b":3}})"));
  EXPECT_EQ(message.dump(), R"({"customHeaders":{"X-A":"1"}})");
}

TEST(SpaceMessage, ASpaceIsShownWithDefaultsAndInColumns) {
  model::compositions::Space space;
  space.id = "1";
  space.message = parsed(R"({"subject":"s"})");
  space.meta = parsed(R"({"type":"EDIT","draft":"secret"})");
  space.attachments.push_back({"2", 0, "a.png", "image/png", "c@x", true, {}, "src", {0, "file", 7}});
  EXPECT_EQ(
      write_space(space).dump(),
      R"({"id":"1","to":[],"cc":[],"bcc":[],"subject":"s","content":"","contentType":"text/plain",)"
      R"("requestReadReceipt":false,"priority":"normal","attachments":[{"id":"2","name":"a.png",)"
      R"("size":7,"mimeType":"image/png","cid":"c@x","contentDisposition":"inline","origin":"upload"}],)"
      R"("meta":{"type":"EDIT"}})");
  EXPECT_EQ(write_space(space, "subject,none, id").dump(), R"({"subject":"s","id":"1"})");
}

TEST(SpaceMessage, AddressesNameAttachmentsOfTheirOwnSpaceOnly) {
  EXPECT_EQ(attachment_of_address("/ajax/mail/compose/ab/attachments/C-D?session=1", "ab"), "cd");
  EXPECT_EQ(attachment_of_address("/appsuite/api/mail/compose/A-B/attachments/cd&amp;x", "ab"), "cd");
  for (const char* foreign :
       {"/ajax/mail/compose/ab/attachments/cd", "//x.test/mail/compose/ac/attachments/cd",
        "http://x.test/ajax/mail/compose/ac/attachments/cd", "/ajax/mail/compose/ac/send", ""})
    EXPECT_FALSE(attachment_of_address(foreign, "ac")) << foreign;
}

}  // namespace
}  // namespace gw::ajax
