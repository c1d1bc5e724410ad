#include "model/infostore/item_names.hpp"

#include <fmt/format.h>

#include <set>

#include "core/errors/infostore.hpp"
#include "core/text.hpp"
#include "model/folders/folder_paths.hpp"
#include "model/infostore/item_store.hpp"

namespace gw::model::infostore {
namespace {

constexpr std::size_t kMaxName = 255;

struct NameParts {
  std::string_view stem;
  std::string_view extension;  ///< with its dot
};

/// A leading dot begins no extension.
NameParts split_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {name, {}};
  return {name.substr(0, dot), name.substr(dot)};
}

/// `report (2)` is `report`.
std::string_view without_counter(std::string_view stem) {
  if (!stem.ends_with(')')) return stem;
  const std::size_t open = stem.rfind(" (");
  if (open == std::string_view::npos || open == 0) return stem;
  const std::string_view digits = stem.substr(open + 2, stem.size() - open - 3);
  const bool is_number = !digits.empty() && digits.size() <= 9 &&
                         digits.find_first_not_of("0123456789") == std::string_view::npos;
  return is_number ? stem.substr(0, open) : stem;
}

}  // namespace

std::string with_counter(std::string_view filename, std::int64_t counter) {
  const NameParts parts = split_name(filename);
  const std::string tail = fmt::format(" ({}){}", counter, parts.extension);
  const std::size_t taken = count_characters(tail);
  const std::string_view stem = without_counter(parts.stem);
  return std::string(first_characters(stem, taken < kMaxName ? kMaxName - taken : 1)) + tail;
}

void check_name(std::string_view name) {
  const auto refuse = [](const char* why) { throw ApiError(errors::ifo::kInvalid, {"filename", why}); };
  if (name.empty()) refuse("it is empty");
  if (name == "." || name == "..") refuse("it stands for a folder");
  if (!is_valid_utf8(name)) refuse("it is no valid text");
  const bool has_control =
      std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (has_control || name.find('/') != std::string_view::npos)
    throw ApiError(errors::ifo::kBadCharacter, {"filename"});
  const auto length = static_cast<std::int64_t>(count_characters(name));
  if (length > static_cast<std::int64_t>(kMaxName))
    throw ApiError(errors::ifo::kTooLong, {"filename", std::to_string(kMaxName), std::to_string(length)},
                   {{702, "filename", length, kMaxName}});
}

std::string free_name(sql::Connection& connection, const Caller& caller, FolderId folder,
                      const std::string& name, ObjectId except, OnCollision collision) {
  const ContextId context = caller.context;
  const auto same = store::find_named(connection, context, folder, name);
  const bool by_item = same && *same != except;
  if (!by_item && !folders::find_subfolder(connection, caller, folder, name)) return name;
  if (collision == OnCollision::Refuse) throw ApiError(errors::ifo::kNameTaken, {name});
  // A stem that had to be shortened for its counter has another beginning: look at all that begin like it.
  const std::string_view stem = without_counter(split_name(name).stem);
  const auto taken =
      store::names_with_prefix(connection, context, folder, first_characters(stem, 200), except);
  const std::set<std::string> names(taken.begin(), taken.end());
  for (std::int64_t counter = 1;; ++counter) {
    std::string candidate = with_counter(name, counter);
    if (!names.contains(candidate) && !folders::find_subfolder(connection, caller, folder, candidate))
      return candidate;
  }
}

}  // namespace gw::model::infostore
