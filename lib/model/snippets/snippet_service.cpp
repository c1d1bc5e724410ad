#include "model/snippets/snippet_service.hpp"

#include <algorithm>

#include "core/errors/account.hpp"
#include "core/errors/snippet.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "model/snippets/snippet_store.hpp"

namespace gw::model::snippets {
namespace {

void check_limit(std::string_view what, std::size_t bytes, std::size_t most) {
  if (bytes > most) throw ApiError(errors::snippet::kTooLong, {std::string(what), std::to_string(most)});
}

void check_limits(const Snippet& snippet, std::size_t new_files) {
  check_limit("content", snippet.content.size(), kMaxContent);
  check_limit("displayname", snippet.display_name.size(), kMaxDisplayName);
  check_limit("type", count_characters(snippet.type), kMaxType);
  check_limit("module", count_characters(snippet.module), kMaxModule);
  check_limit("misc", snippet.misc.is_missing() ? 0 : snippet.misc.dump().size(), kMaxFree);
  check_limit("props", snippet.props.is_missing() ? 0 : snippet.props.dump().size(), kMaxFree);
  if (static_cast<std::int64_t>(snippet.attachments.size() + new_files) > kMaxFiles)
    throw ApiError(errors::snippet::kTooManyFiles, {std::to_string(kMaxFiles)});
}

std::vector<files::IncomingFile*> bytes_of(std::span<NewAttachment> attachments) {
  std::vector<files::IncomingFile*> incoming;
  for (NewAttachment& each : attachments) incoming.push_back(each.bytes.get());
  return incoming;
}

void add_files(Transaction& transaction, Snippet& snippet, std::span<const NewAttachment> attachments) {
  const ContextId context = transaction.work().context();
  std::int64_t position = snippet.attachments.empty() ? 0 : snippet.attachments.back().position + 1;
  for (const NewAttachment& each : attachments) {
    Attachment stored = each.facts;
    if (stored.id.empty()) stored.id = random_hex(16);
    stored.position = position++;
    stored.file = each.bytes->name();
    files::check_room(files::load_space(transaction.connection(), context, stored.file.owner),
                      stored.file.size);
    files::add_used_bytes(transaction.connection(), context, stored.file.owner, stored.file.size);
    insert_attachment(transaction.connection(), context, snippet, stored);
    snippet.attachments.push_back(std::move(stored));
  }
}

/// What `edit` has taken out.
void drop_files(Transaction& transaction, const Snippet& before, const Snippet& after) {
  const ContextId context = transaction.work().context();
  std::vector<files::FileName> dropped;
  for (const Attachment& each : before.attachments) {
    const auto is_same = [&](const Attachment& other) { return other.id == each.id; };
    if (std::any_of(after.attachments.begin(), after.attachments.end(), is_same)) continue;
    delete_attachment(transaction.connection(), context, before.id, each.id);
    dropped.push_back(each.file);
  }
  files::discard_files(transaction, context, dropped);
}

Snippet load_own(Transaction& transaction, std::int64_t id) {
  const UnitOfWork& work = transaction.work();
  auto found = find_snippet(transaction.connection(), work.context(), id);
  const bool is_own = found && found->owner == work.caller().user;
  if (found && !is_own && found->is_shared) throw ApiError(errors::snippet::kNotYours, {std::to_string(id)});
  if (!is_own) throw ApiError(errors::snippet::kNotFound, {std::to_string(id)});
  return std::move(*found);
}

}  // namespace

std::vector<Snippet> list(UnitOfWork& work, std::string_view type) {
  std::vector<Snippet> found;
  work.snapshot([&](sql::Connection& connection) {
    found = list_snippets(connection, work.context(), work.caller().user);
  });
  if (!type.empty()) std::erase_if(found, [&](const Snippet& each) { return each.type != type; });
  return found;
}

Snippet load(UnitOfWork& work, std::int64_t id) {
  std::optional<Snippet> found;
  work.snapshot([&](sql::Connection& connection) { found = find_snippet(connection, work.context(), id); });
  if (!found || (found->owner != work.caller().user && !found->is_shared))
    throw ApiError(errors::snippet::kNotFound, {std::to_string(id)});
  return std::move(*found);
}

Snippet create(UnitOfWork& work, const Snippet& snippet, std::span<NewAttachment> files) {
  check_limits(snippet, files.size());
  const auto incoming = bytes_of(files);
  Snippet stored;
  files::write_with_files(work, incoming, [&](Transaction& transaction) {
    stored = snippet;
    stored.attachments.clear();
    stored.changed = transaction.stamp(1);
    const std::int64_t used = count_snippets(transaction.connection(), work.context(), work.caller().user);
    if (used >= kMaxSnippets)
      throw ApiError(errors::quota::kExceeded,
                     {"snippet", std::to_string(used), std::to_string(kMaxSnippets)});
    stored.id = transaction.next_id();
    stored.owner = work.caller().user;
    insert_snippet(transaction.connection(), work.context(), stored);
    add_files(transaction, stored, files);
  });
  return stored;
}

Snippet change(UnitOfWork& work, std::int64_t id, const std::function<void(Snippet&)>& edit,
               std::span<NewAttachment> files) {
  const auto incoming = bytes_of(files);
  Snippet stored;
  files::write_with_files(work, incoming, [&](Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    const Snippet before = load_own(transaction, id);
    stored = before;
    edit(stored);
    check_limits(stored, files.size());
    stored.changed = stamp;
    drop_files(transaction, before, stored);
    update_snippet(transaction.connection(), work.context(), stored);
    add_files(transaction, stored, files);
  });
  return stored;
}

void remove(UnitOfWork& work, std::int64_t id) {
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    const Snippet snippet = load_own(transaction, id);
    std::vector<files::FileName> dropped;
    for (const Attachment& each : snippet.attachments) dropped.push_back(each.file);
    delete_snippet(transaction.connection(), work.context(), id);
    files::discard_files(transaction, work.context(), dropped);
  });
}

const Attachment& find_attachment(const Snippet& snippet, std::string_view id) {
  const auto found = std::find_if(
      snippet.attachments.begin(), snippet.attachments.end(),
      [&](const Attachment& each) { return each.id == id || (!id.empty() && each.content_id == id); });
  if (found == snippet.attachments.end())
    throw ApiError(errors::snippet::kNoAttachment,
                   {std::string(first_characters(id, 64)), std::to_string(snippet.id)});
  return *found;
}

std::int64_t count_own(UnitOfWork& work) {
  return count_snippets(work.connection(), work.context(), work.caller().user);
}

}  // namespace gw::model::snippets
