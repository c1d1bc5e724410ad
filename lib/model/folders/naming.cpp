#include "model/folders/naming.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors/folder.hpp"
#include "core/text.hpp"
#include "model/folders/folder_store.hpp"
#include "model/folders/titles.hpp"

namespace gw::model::folders {
namespace {

constexpr int kTitleColumn = 300;
constexpr int kMaxTries = 1'000;
constexpr std::string_view kNoFileName = "/\\:*?\"<>|";

/// The part of a sort key that tells letters and accents: primary and secondary level, which 0x01 bytes end.
/// Source: Unicode UTS 10, section 7.
std::string without_case(std::string key) {
  const std::size_t first = key.find('\x01');
  const std::size_t second = first == std::string::npos ? first : key.find('\x01', first + 1);
  if (second != std::string::npos) key.resize(second);
  return key;
}

bool competes(const Folder& other, const TitleScope& scope) {
  if (other.id == scope.except || other.default_kind == DefaultKind::Trash) return false;
  return scope.parent != system_folder::kPrivate || other.owner == scope.owner;
}

}  // namespace

std::string checked_title(std::string_view title, ObjectModule module) {
  const std::string_view kept = trim(title);
  if (kept.empty()) throw ApiError(errors::fld::kNameMissing);
  for (const char c : kept) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    if (control)
      throw ApiError(errors::fld::kBadCharacter, {fmt::format("0x{:02X}", static_cast<unsigned>(c))});
    if (module == ObjectModule::Infostore && kNoFileName.find(c) != std::string_view::npos)
      throw ApiError(errors::fld::kBadCharacter, {std::string(1, c)});
  }
  const std::size_t length = count_characters(kept);
  if (length > kMaxTitle)
    throw ApiError(
        errors::fld::kTooLong, {"title"},
        {{kTitleColumn, "title", static_cast<std::int64_t>(length), static_cast<std::int64_t>(kMaxTitle)}});
  return std::string(kept);
}

bool titles_equal(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const Collator root("");
  return without_case(root.sort_key(a)) == without_case(root.sort_key(b));
}

bool is_title_taken(Transaction& transaction, ContextId context, const TitleScope& scope,
                    std::string_view title) {
  const auto same_key = list_children_named(transaction.connection(), context, scope.parent, title);
  if (std::any_of(same_key.begin(), same_key.end(), [&](const Folder& other) {
        return competes(other, scope) && titles_equal(other.title, title);
      }))
    return true;
  const ContentRegistry& contents = transaction.work().environment().contents;
  return std::any_of(contents.begin(), contents.end(), [&](const FolderContent* content) {
    return content->has_named(transaction, scope.parent, title);
  });
}

void check_title_free(Transaction& transaction, ContextId context, const TitleScope& scope,
                      std::string_view title) {
  if (is_reserved_title(scope.parent, title))
    throw ApiError(errors::fld::kReservedName, {std::string(title)});
  if (is_title_taken(transaction, context, scope, title))
    throw ApiError(errors::fld::kDuplicateName, {std::string(title)});
}

std::string free_title(Transaction& transaction, ContextId context, const TitleScope& scope,
                       std::string_view title) {
  std::string tried(title);
  for (int number = 2; is_title_taken(transaction, context, scope, tried); ++number) {
    if (number > kMaxTries) throw ApiError(errors::fld::kDuplicateName, {std::string(title)});
    const std::string suffix = fmt::format(" ({})", number);
    tried = std::string(first_characters(title, kMaxTitle - suffix.size())) + suffix;
  }
  return tried;
}

}  // namespace gw::model::folders
