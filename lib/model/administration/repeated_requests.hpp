// Answers of requests that carry a key of their own, so that a client which lost the answer can ask again
// without doing it twice. Source: spec provisioning section 10 (idempotency key).
#pragma once

#include <optional>
#include <string>

#include "core/time.hpp"
#include "sql/scope.hpp"

namespace gw::model::administration {

/// How long an answer is kept.
inline constexpr std::int64_t kAnswerLife = 24 * 3'600 * 1'000;
/// A request that was begun and never answered, by a process that was killed, may be made again after this.
inline constexpr std::int64_t kAnswerPatience = 10 * 60 * 1'000;

struct RepeatedRequest {
  std::string subject;  ///< digest of who, what and the key
  std::string request;  ///< digest of what was sent
};
struct KeptAnswer {
  int status = 0;  ///< 0: still being worked on
  bool is_same_request = true;
  std::string body;
};

/// Empty: nobody has asked this yet, and it is noted that somebody does now. Cost: one write transaction.
std::optional<KeptAnswer> begin_request(sql::Scope& database, const RepeatedRequest& request, Millis now);
void keep_answer(sql::Scope& database, const RepeatedRequest& request, int status, const std::string& body);
/// It failed and may be tried again.
void forget_request(sql::Scope& database, const RepeatedRequest& request);

}  // namespace gw::model::administration
