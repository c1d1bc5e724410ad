// Snippets: who sees and changes them, limits, their files. What a content says is the API's business.
// Source: spec mail-push-and-extras section 5.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "model/files/incoming_file.hpp"
#include "model/snippets/snippet.hpp"

namespace gw::model::snippets {

/// Snippets of one user, files of one snippet; bytes of a content, of misc and props, of the short texts.
inline constexpr std::int64_t kMaxSnippets = 1'000, kMaxFiles = 20;
inline constexpr std::size_t kMaxContent = 1'048'576, kMaxFree = 65'536, kMaxDisplayName = 1'024,
                             kMaxType = 64, kMaxModule = 128;

/// The caller's, and those that others share. `type` empty: all. By id.
std::vector<Snippet> list(UnitOfWork& work, std::string_view type);
/// Errors: SNIPPET-0004 also for what others do not share.
Snippet load(UnitOfWork& work, std::int64_t id);

struct NewAttachment {
  Attachment facts;  ///< without an id: a new one
  std::unique_ptr<files::IncomingFile> bytes;
};

/// Errors: QUOTA-0003 more than kMaxSnippets; SNIPPET-0008, -0010 limits; FLS-0024 and others of the store.
Snippet create(UnitOfWork& work, const Snippet& snippet, std::span<NewAttachment> files);
/// `edit` may run several times; attachments that it takes out go, with their files. Gives what is stored.
/// Errors: SNIPPET-0004, SNIPPET-0007 somebody else's, and those of create.
Snippet change(UnitOfWork& work, std::int64_t id, const std::function<void(Snippet&)>& edit,
               std::span<NewAttachment> files);
/// Errors: SNIPPET-0004, -0007.
void remove(UnitOfWork& work, std::int64_t id);
/// Errors: SNIPPET-0005.
const Attachment& find_attachment(const Snippet& snippet, std::string_view id);
/// The caller's own.
std::int64_t count_own(UnitOfWork& work);

}  // namespace gw::model::snippets
