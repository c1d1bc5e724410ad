#include "model/folders/meta.hpp"

#include "core/errors/folder.hpp"

namespace gw::model::folders {
namespace {

constexpr std::size_t kMaxMeta = 64UL * 1024;  // MySQL's TEXT holds one byte less than 64 KiB, and so do we
constexpr int kMetaColumn = 23;

}  // namespace

std::optional<std::string> checked_meta(const std::optional<std::string>& text) {
  if (!text || *text == "{}" || *text == "null") return std::nullopt;
  if (text->size() >= kMaxMeta)
    throw ApiError(errors::fld::kTooLong, {"meta"},
                   {{kMetaColumn, "meta", static_cast<std::int64_t>(text->size()),
                     static_cast<std::int64_t>(kMaxMeta - 1)}});
  return text;
}

}  // namespace gw::model::folders
