#include "mail/imap/refusal.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace gw::mail::imap {
namespace {

namespace msg = errors::msg;

/// Which arguments the text of a code takes.
enum class Takes { Folder, HostAndText, Text };
struct Row {
  std::string_view code;
  const ErrorCode& error;
  Takes takes;
};

constexpr Row kRows[] = {
    {"UNAVAILABLE", msg::kServerNo, Takes::HostAndText},
    {"SERVERBUG", msg::kServerNo, Takes::HostAndText},
    {"CONTACTADMIN", msg::kServerNo, Takes::HostAndText},
    {"PRIVACYREQUIRED", msg::kEncryptionRequired, Takes::HostAndText},
    {"NONEXISTENT", msg::kFolderNotFound, Takes::Folder},
    {"TRYCREATE", msg::kFolderNotFound, Takes::Folder},
    {"ALREADYEXISTS", msg::kFolderExists, Takes::Folder},
    {"LIMIT", msg::kServerNo, Takes::HostAndText},
    {"INUSE", msg::kInUse, Takes::HostAndText},
    {"CANNOT", msg::kFolderNameInvalid, Takes::Folder},
    {"CORRUPTION", msg::kInUse, Takes::HostAndText},
    {"EXPUNGEISSUED", msg::kInUse, Takes::HostAndText},
};

/// What people see of a server's text: one line, not endless.
std::string shown(std::string_view text) {
  std::string clean = replace_invalid_utf8(first_characters(text, 300));
  std::replace_if(
      clean.begin(), clean.end(), [](unsigned char c) { return c < ' '; }, ' ');
  return clean;
}

}  // namespace

bool is_over_quota(const Response& status) {
  return status.word == "NO" &&
         (status.code == "OVERQUOTA" || to_lower_ascii(status.text).find("quota") != std::string::npos);
}

void require_ok(const Response& status, const std::string& host, const Attempt& attempt) {
  if (status.is_ok()) return;
  const std::string text = shown(status.text);
  if (status.word == "BAD") throw ApiError(msg::kServerBad, {host, text});
  if (is_over_quota(status)) throw ApiError(*attempt.over_quota, {text});
  if (status.code == "NOPERM") throw ApiError(*attempt.no_permission, {attempt.folder, text});
  const auto row = std::find_if(std::begin(kRows), std::end(kRows),
                                [&](const Row& each) { return each.code == status.code; });
  if (row == std::end(kRows)) throw ApiError(msg::kServerNo, {host, text});
  if (row->takes == Takes::Folder) throw ApiError(row->error, {attempt.folder});
  throw ApiError(row->error, {host, text});
}

void throw_login_refusal(const Response& status, const std::string& host, const std::string& login,
                         bool is_primary) {
  const std::string text = shown(status.text);
  if (status.code == "UNAVAILABLE" || status.code == "SERVERBUG" || status.code == "INUSE" ||
      status.word == "BYE")
    throw ApiError(msg::kConnectFailed, {host, text});
  if (status.code == "CONTACTADMIN") throw ApiError(msg::kServerNo, {host, text});
  if (status.code == "PRIVACYREQUIRED") throw ApiError(msg::kEncryptionRequired, {host});
  if (status.word == "BAD") throw ApiError(msg::kServerBad, {host, text});
  throw ApiError(is_primary ? msg::kLoginFailed : msg::kBadCredentials, {host, login});
}

}  // namespace gw::mail::imap
