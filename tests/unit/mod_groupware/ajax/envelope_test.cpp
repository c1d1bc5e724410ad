#include "ajax/envelope.hpp"

#include <gtest/gtest.h>

#include "core/errors/contact.hpp"
#include "core/errors/folder.hpp"

namespace gw::ajax {
namespace {

TEST(Envelope, OneWarningIsAnObjectAndSeveralAreAnArray) {
  Response response = Response::with_data(Json::array());
  response.warnings.push_back({&errors::fld::kOwnerRestored, {}});
  Json envelope = make_envelope(Response(response), "en_US").members;
  EXPECT_TRUE(envelope.get("warnings").is_object());
  response.warnings.push_back({&errors::fld::kDeleteDefault, {"20"}});
  envelope = make_envelope(Response(response), "en_US").members;
  ASSERT_TRUE(envelope.get("warnings").is_array());
  EXPECT_EQ(envelope.get("warnings").at(1).get("categories").as_string(), "WARNING");
}

TEST(Envelope, TheFirstWarningStandsAtTheTopBesideData) {
  Response response = Response::empty_data();
  response.warnings.push_back({&errors::fld::kDeleteDefault, {"20"}});
  const Json envelope = make_envelope(std::move(response), "en_US").members;
  EXPECT_EQ(envelope.get("code").as_string(), "FLD-0031");
  EXPECT_EQ(envelope.get("category").as_integer(), 13);
  EXPECT_FALSE(envelope.get("data").is_missing());
}

TEST(Envelope, AListGivenAsTextStandsWhereDataBelongs) {
  EXPECT_EQ(make_envelope(Response::with_text("[[1]]"), "en_US").text(), R"({"data":[[1]]})");
  EXPECT_EQ(make_envelope(Response::with_text("[[1]]", Millis{5}), "en_US").text(),
            R"({"data":[[1]],"timestamp":5})");
  EXPECT_EQ(make_envelope(Response::with_text("[]"), "en_US").data().dump(), "[]");
  EXPECT_FALSE(make_envelope(Response::with_text("[]"), "en_US").is_failure());
}

TEST(Envelope, TooLongFieldsAreNamedByColumn) {
  const ApiError error(errors::con::kTooLong, {"note", "10", "12"}, {{518, "note", 12, 10}});
  const Json envelope = make_error_envelope(error, "en_US", "1-1");
  EXPECT_EQ(envelope.get("problematic").at(0).dump(), R"({"id":518,"length":12,"max_size":10})");
  EXPECT_EQ(envelope.get("truncated").dump(), "[518]");
}

TEST(CallbackPage, NothingInsideCanCloseTheScript) {
  Json envelope = Json::object();
  envelope.set("data", Json::string("</script><script>alert(1)</script>\xE2\x80\xA8"));
  const std::string page = make_callback_page("callback_new", envelope.dump());
  EXPECT_EQ(page.find("</script><script>"), std::string::npos);
  EXPECT_EQ(page.find("\xE2\x80\xA8"), std::string::npos);
}

TEST(CallbackPage, NonBrowserClientsFindTheJsonBetweenParenthesesAndBraces) {
  Json envelope = Json::object();
  envelope.set("data", Json::string("x < y"));
  const std::string page = make_callback_page("callback_new", envelope.dump());
  const std::size_t begin = page.find("({");
  const std::size_t end = page.rfind("})");
  ASSERT_NE(begin, std::string::npos);
  const auto parsed = Json::parse(page.substr(begin + 1, end - begin));
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->equals(envelope));
}

}  // namespace
}  // namespace gw::ajax
