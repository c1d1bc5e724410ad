#include "model/settings/feedback_service.hpp"

#include <algorithm>

#include "core/crypto.hpp"
#include "core/errors/servlet.hpp"
#include "core/random.hpp"
#include "model/server_secret.hpp"

namespace gw::model::settings {
namespace {

constexpr std::size_t kMaxContent = 65'536;
constexpr std::string_view kInsertFeedback =
    "INSERT INTO user_feedback (cid,id,kind,author,created,content) VALUES (?,?,?,?,?,?)";

bool is_type(std::string_view type) {
  return !type.empty() && type.size() <= 64 && std::all_of(type.begin(), type.end(), [](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) || c == '.' || c == '_' || c == '-');
  });
}

}  // namespace

void store_feedback(UnitOfWork& work, std::string_view type, const Json& content) {
  if (!is_type(type)) throw ApiError(errors::svl::kBadParameter, {"type", std::string(type)});
  const std::string text = content.dump();
  if (text.size() > kMaxContent) throw ApiError(errors::svl::kBodyIllegal, {"more than 65536 bytes"});
  const std::string key = server_secret(work.connection(), "feedback");
  const std::string author = to_hex(hmac_sha256(
      key, std::to_string(work.context().value) + ":" + std::to_string(work.caller().user.value)));
  work.write([&](Transaction& transaction) {
    transaction.connection().execute(kInsertFeedback, work.context(), random_uuid(), type, author,
                                     transaction.stamp(), text);
  });
}

}  // namespace gw::model::settings
