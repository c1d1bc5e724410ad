// Uploads for the tests of import and export.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/random.hpp"
#include "model/users/user_directory.hpp"
#include "unit/mod_groupware/ajax/support/api.hpp"

namespace gw::test {

/// A spooled upload that goes away with the test.
class SpooledFile {
 public:
  explicit SpooledFile(const std::string& bytes)
      : path_(std::filesystem::temp_directory_path() / ("gwupload." + random_hex(8))), size_(bytes.size()) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~SpooledFile() { std::filesystem::remove(path_); }
  SpooledFile(const SpooledFile&) = delete;
  SpooledFile& operator=(const SpooledFile&) = delete;
  [[nodiscard]] ajax::Upload upload() const {
    return {"file", "file.dat", "application/octet-stream", path_.string(), static_cast<std::int64_t>(size_)};
  }

 private:
  std::filesystem::path path_;
  std::size_t size_;
};

class TransferTest : public testing::Test {
 protected:
  void SetUp() override {
    client = std::make_unique<ApiClient>(api.user("user1"));
    folder = std::to_string(folder_of("user1").value);
  }
  FolderId folder_of(const std::string& login) {
    const auto user = model::users::find_by_login(*api.database.pool->acquire(), ContextId(1), login);
    return user->contacts_folder;
  }
  /// The answer of an upload to `import?action=…`.
  ajax::Answer upload(const std::string& action, const std::string& bytes, const std::string& more = {}) {
    const SpooledFile file(bytes);
    ajax::Request request =
        client->request(ajax::Method::Post, "import?action=" + action + "&folder=" + folder + more);
    request.is_multipart = true;
    request.uploads.push_back(file.upload());
    return client->dispatch(request);
  }
  Json import(const std::string& action, const std::string& bytes, const std::string& more = {}) {
    return Json::parse(upload(action, bytes, "&plainJson=true" + more).body).value_or(Json());
  }
  /// The whole body of an export.
  std::string text_of(const ajax::Answer& answer) {
    std::string text = answer.body;
    if (answer.stream)
      answer.stream([&](std::string_view piece) {
        text += piece;
        return true;
      });
    return text;
  }
  std::string export_text(const std::string& action, const std::string& more = {}) {
    return text_of(client->send(ajax::Method::Get, "export?action=" + action + "&folder=" + folder + more));
  }
  Json contact(const std::string& id) {
    return client->get("contacts?action=get&folder=" + folder + "&id=" + id).get("data");
  }
  std::string code(const Json& json) { return std::string(json.get("code").as_string()); }

  TestApi api;
  std::unique_ptr<ApiClient> client;
  std::string folder;
};

}  // namespace gw::test
