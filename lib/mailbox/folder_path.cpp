#include "mailbox/folder_path.hpp"

#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/text.hpp"

namespace gw::mailbox {
namespace {

constexpr std::string_view kPrefix = "default";
constexpr std::size_t kMaxDigits = 9;

/// Digits behind the prefix, up to the end or a slash; 0 when it is the name of an ordinary folder.
std::size_t count_digits(std::string_view id) {
  if (!id.starts_with(kPrefix)) return 0;
  const std::string_view rest = id.substr(kPrefix.size());
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  return digits <= kMaxDigits && (digits == rest.size() || rest[digits] == '/') ? digits : 0;
}

bool is_uid(std::string_view text) {
  return !text.empty() && text.size() <= 10 && text.find_first_not_of("0123456789") == text.npos;
}

std::optional<mail::Uid> to_uid(std::string_view text) {
  if (!is_uid(text)) return std::nullopt;
  const auto number = parse_integer(text);
  if (!number || *number == 0 || *number > UINT32_MAX) return std::nullopt;
  return static_cast<mail::Uid>(*number);
}

}  // namespace

bool is_mail_folder(std::string_view id) { return count_digits(trim(id)) > 0; }

FolderPath parse_folder_path(std::string_view id) {
  // A trailing blank may belong to the name.
  if (trim(id).empty()) throw ApiError(errors::msg::kFolderNotFound, {std::string(id)});
  const std::size_t digits = count_digits(id);
  if (digits == 0) return {0, std::string(id)};
  const std::string_view rest = id.substr(kPrefix.size());
  FolderPath path{parse_integer(rest.substr(0, digits)).value_or(0), {}};
  if (rest.size() > digits + 1) path.fullname = rest.substr(digits + 1);
  return path;
}

std::string format_folder_path(std::int64_t account, std::string_view fullname) {
  std::string id = std::string(kPrefix) + std::to_string(account);
  if (!fullname.empty()) id.append("/").append(fullname);
  return id;
}

std::string format_folder_path(const FolderPath& path) {
  return format_folder_path(path.account, path.fullname);
}

mail::Uid parse_mail_id(std::string_view id, std::string_view folder) {
  const std::string_view text = trim(id);
  if (text == "undefined") throw ApiError(errors::msg::kTryAgain);
  const auto uid = to_uid(text);
  if (!uid)
    throw ApiError(errors::msg::kMailNotFound,
                   {std::string(first_characters(replace_invalid_utf8(text), 100)), std::string(folder)});
  return *uid;
}

MailPath parse_mail_path(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const auto uid = slash == path.npos ? std::nullopt : to_uid(path.substr(slash + 1));
  if (!uid || slash == 0)
    throw ApiError(errors::msg::kBadMailPath,
                   {std::string(first_characters(replace_invalid_utf8(path), 200))});
  return {parse_folder_path(path.substr(0, slash)), *uid};
}

std::string format_mail_path(const FolderPath& folder, mail::Uid uid) {
  return format_folder_path(folder) + "/" + std::to_string(uid);
}

}  // namespace gw::mailbox
