// Pictures through dispatch: upload page, delivery, caching, 404.
#include "ajax/pictures/picture.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ajax/delivery/preconditions.hpp"
#include "ajax/pictures/picture_delivery.hpp"
#include "unit/lib/model/contacts/picture_samples.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {
namespace {

class PictureApi : public ::testing::Test {
 protected:
  PictureApi() : client(api.user("user1")) {
    folder = client.get("config/folder/contacts").get("data").to_text().value_or("");
    file = std::filesystem::temp_directory_path() / ("gwpicture" + std::to_string(::getpid()));
  }
  ~PictureApi() override { std::filesystem::remove(file); }

  ajax::Answer upload(const std::string& url, std::string json, const std::string& bytes,
                      const std::string& type = "image/png") {
    for (char& c : json)
      if (c == '\'') c = '"';
    std::ofstream(file, std::ios::binary) << bytes;
    ajax::Request request = client.request(ajax::Method::Post, url);
    request.is_multipart = true;
    request.form.add("json", json);
    request.uploads.push_back(
        {"file", "me.png", type, file.string(), static_cast<std::int64_t>(bytes.size())});
    return client.dispatch(request);
  }
  std::string created_id(const ajax::Answer& answer) {
    const std::size_t begin = answer.body.find("({") + 1;
    const std::size_t end = answer.body.rfind("})") + 1;
    const auto json = Json::parse(answer.body.substr(begin, end - begin));
    EXPECT_TRUE(json.has_value()) << answer.body;
    return json ? std::string(json->get("data").get("id").as_string()) : "";
  }

  TestApi api;
  ApiClient client;
  std::string folder;
  std::filesystem::path file;
  const std::string png = sample_png(100, 50);
};

TEST_F(PictureApi, AnUploadIsAnsweredWithThePageAndCanBeFetched) {
  const auto answer = upload("contacts?action=new", "{'folder_id':'" + folder + "','last_name':'x'}", png);
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.body.find("callback_new"), std::string::npos);
  const std::string id = created_id(answer);
  const std::string url = "image/contact/picture?folder=" + folder + "&id=" + id;
  const auto picture = client.send(ajax::Method::Get, url + "&timestamp=1");
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(picture.content_type, "image/png");
  EXPECT_EQ(picture.body, png);
  EXPECT_NE(header(picture, "Expires"), "");
  EXPECT_NE(header(picture, "Cache-Control").find("max-age=31536000"), std::string::npos);
  const std::string tag = header(picture, "ETag");
  ajax::Request again = client.request(ajax::Method::Get, url);
  again.if_none_match = tag;
  const auto unchanged = client.dispatch(again);
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.body, "");
  EXPECT_EQ(header(unchanged, "ETag"), tag);
  const auto scaled = client.send(ajax::Method::Get, "contacts/picture?action=get&contact_id=" + id +
                                                         "&folder_id=" + folder + "&width=50&height=50");
  EXPECT_EQ(model::contacts::inspect_picture(scaled.body)->width, 50);
  EXPECT_EQ(model::contacts::inspect_picture(scaled.body)->height, 25);
  EXPECT_NE(header(scaled, "ETag"), tag);
  EXPECT_EQ(client.send(ajax::Method::Get, "halo/contact/picture?id=" + id + "&folder=" + folder).body, png);
}

TEST_F(PictureApi, AnUpdateReplacesThePictureAndChangesTheTag) {
  const std::string id =
      created_id(upload("contacts?action=new", "{'folder_id':'" + folder + "','last_name':'x'}", png));
  const std::string url = "image/contact/picture?folder=" + folder + "&id=" + id;
  const std::string before = header(client.send(ajax::Method::Get, url), "ETag");
  const std::string other = sample_png(20, 20);
  upload("contacts?action=update&timestamp=9223372036854775807&id=" + id + "&folder=" + folder, "{}", other);
  const auto after = client.send(ajax::Method::Get, url);
  EXPECT_EQ(after.body, other);
  EXPECT_NE(header(after, "ETag"), before);
}

TEST_F(PictureApi, UploadErrorsArriveInThePage) {
  const auto type =
      upload("contacts?action=new", "{'folder_id':'" + folder + "'}", "<svg/>", "image/svg+xml");
  EXPECT_EQ(type.status, 200);
  EXPECT_NE(type.body.find("CON-0101"), std::string::npos);
  api.database.settings.limits.contact_image = 10;
  EXPECT_NE(upload("contacts?action=new", "{'folder_id':'" + folder + "'}", png).body.find("CON-0172"),
            std::string::npos);
}

TEST_F(PictureApi, WithoutAPictureTheAnswerIsA404Page) {
  for (const char* url :
       {"contacts/picture?action=get&user_id=4", "contacts/picture?action=get&email=nobody@x.test",
        "contacts/picture?action=get", "image/user/picture?id=4", "image/user/picture?id=abc",
        "image/contact/picture?folder=6&id=1", "halo/contact/picture?email1=x@y.test"}) {
    const auto answer = client.send(ajax::Method::Get, url);
    EXPECT_EQ(answer.status, 404) << url;
    EXPECT_NE(answer.content_type.find("text/html"), std::string::npos);
  }
  EXPECT_EQ(client.send(ajax::Method::Get, "image/contact/picture?folder=6").status, 400);
}

TEST_F(PictureApi, ThePublicSessionCookieIsEnoughAndNothingIsNot) {
  const std::string id =
      created_id(upload("contacts?action=new", "{'folder_id':'" + folder + "','last_name':'x'}", png));
  const std::string url = "image/contact/picture?folder=" + folder + "&id=" + id;
  const std::string session = std::exchange(client.session, "");
  EXPECT_EQ(client.send(ajax::Method::Get, url).body, png);
  client.cookies.clear();
  EXPECT_NE(client.send(ajax::Method::Get, url).body, png);
}

TEST(EntityTags, AreComparedAsLists) {
  EXPECT_TRUE(ajax::matches_entity_tag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(ajax::matches_entity_tag("*", "\"b\""));
  EXPECT_FALSE(ajax::matches_entity_tag("\"a\"", "\"b\""));
  EXPECT_FALSE(ajax::matches_entity_tag("", "\"b\""));
}

}  // namespace
}  // namespace gw::test
