#include "model/folders/node_id.hpp"

#include <optional>

#include "core/errors/folder.hpp"
#include "core/text.hpp"
#include "model/folders/account_folders.hpp"
#include "model/folders/folder.hpp"

namespace gw::model::folders {
namespace {

constexpr std::string_view kSharerPrefix = "u:";
/// Calendars as chronos names them: rows like all others (spec chronos section 1).
constexpr std::string_view kCalendarPrefix = "cal://0/";
/// `cal://57/0`: the one calendar of account 57.
constexpr std::string_view kAccountPrefix = "cal://", kAccountSuffix = "/0";
constexpr std::int64_t kFirstList = 11;
constexpr std::int64_t kLastList = 14;
constexpr std::size_t kMaxId = 4096;  // mail folder names are paths

bool is_plain_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The row of a calendar account. Empty: it is none, or one without a row.
std::optional<FolderId> account_row(std::string_view id) {
  if (!id.starts_with(kAccountPrefix) || !id.ends_with(kAccountSuffix)) return std::nullopt;
  id.remove_prefix(kAccountPrefix.size());
  if (id.size() < kAccountSuffix.size()) return std::nullopt;
  id.remove_suffix(kAccountSuffix.size());
  const auto number = is_plain_number(id) ? parse_integer(id) : std::nullopt;
  if (!number || *number < kFirstOrdinaryId || *number >= kFirstAccountFolder) return std::nullopt;
  return folder_of_account(*number);
}

bool is_foreign(std::string_view text) {
  return text.starts_with("default") || text.find("://") != std::string_view::npos;
}

}  // namespace

NodeId parse_node_id(std::string_view text) {
  std::string_view id = trim(text);
  if (id.starts_with(kCalendarPrefix) && is_plain_number(id.substr(kCalendarPrefix.size())))
    id.remove_prefix(kCalendarPrefix.size());
  NodeId parsed;
  parsed.text = id;
  if (const auto account = account_row(id)) {
    parsed.kind = NodeKind::Stored;
    parsed.folder = *account;
    parsed.text = stored_id(*account);
    return parsed;
  }
  if (is_plain_number(id)) {
    parsed.folder = FolderId(parse_integer(id).value_or(0));
    const std::int64_t number = parsed.folder.value;
    parsed.text = std::to_string(number);
    parsed.kind = number == 0                                   ? NodeKind::Root
                  : number >= kFirstList && number <= kLastList ? NodeKind::List
                                                                : NodeKind::Stored;
    return parsed;
  }
  if (id.starts_with(kSharerPrefix) && is_plain_number(id.substr(kSharerPrefix.size()))) {
    parsed.kind = NodeKind::Sharer;
    parsed.user = UserId(parse_integer(id.substr(kSharerPrefix.size())).value_or(0));
    parsed.text = sharer_id(parsed.user);
    return parsed;
  }
  if (id.size() > kMaxId || !is_foreign(id))
    throw ApiError(errors::fld::kInvalidId, {std::string(first_characters(replace_invalid_utf8(id), 100))});
  parsed.kind = NodeKind::Foreign;
  return parsed;
}

FolderId parse_stored_id(std::string_view text) {
  NodeId parsed = parse_node_id(text);
  if (parsed.kind == NodeKind::Foreign) throw ApiError(errors::fld::kNoStorage, {parsed.text});
  if (parsed.kind != NodeKind::Stored) throw ApiError(errors::fld::kNotFound, {parsed.text});
  return parsed.folder;
}

std::string sharer_id(UserId user) { return std::string(kSharerPrefix) + std::to_string(user.value); }

}  // namespace gw::model::folders
