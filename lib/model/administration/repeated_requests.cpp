#include "model/administration/repeated_requests.hpp"

namespace gw::model::administration {
namespace {

constexpr std::string_view kFindAnswer =
    "SELECT request,status,body,made FROM provisioning_answers WHERE subject=?";
constexpr std::string_view kInsertAnswer =
    "INSERT INTO provisioning_answers (subject,request,status,body,made) VALUES (?,?,0,'',?)";
constexpr std::string_view kUpdateAnswer =
    "UPDATE provisioning_answers SET status=?,body=? WHERE subject=? AND request=?";
constexpr std::string_view kDeleteAnswer = "DELETE FROM provisioning_answers WHERE subject=?";
constexpr std::string_view kPurgeAnswers = "DELETE FROM provisioning_answers WHERE made<=?";

std::optional<KeptAnswer> find_answer(sql::Connection& connection, const RepeatedRequest& request,
                                      Millis now) {
  sql::Query row = connection.query(kFindAnswer, request.subject);
  if (!row.next()) return std::nullopt;
  KeptAnswer answer;
  answer.is_same_request = row.text(0) == request.request;
  answer.status = static_cast<int>(row.integer(1));
  answer.body = row.string(2);
  const bool is_abandoned = answer.status == 0 && row.integer(3) <= now.value - kAnswerPatience;
  return is_abandoned ? std::nullopt : std::optional(std::move(answer));
}

}  // namespace

std::optional<KeptAnswer> begin_request(sql::Scope& database, const RepeatedRequest& request, Millis now) {
  std::optional<KeptAnswer> kept;
  database.write([&](sql::Connection& connection) {
    connection.execute(kPurgeAnswers, now.value - kAnswerLife);
    kept = find_answer(connection, request, now);
    if (kept) return;
    connection.execute(kDeleteAnswer, request.subject);
    connection.execute(kInsertAnswer, request.subject, request.request, now);
  });
  return kept;
}

void keep_answer(sql::Scope& database, const RepeatedRequest& request, int status, const std::string& body) {
  database.write([&](sql::Connection& connection) {
    connection.execute(kUpdateAnswer, status, body, request.subject, request.request);
  });
}

void forget_request(sql::Scope& database, const RepeatedRequest& request) {
  database.write([&](sql::Connection& connection) { connection.execute(kDeleteAnswer, request.subject); });
}

}  // namespace gw::model::administration
