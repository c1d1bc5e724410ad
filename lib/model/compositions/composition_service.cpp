#include "model/compositions/composition_service.hpp"

#include <algorithm>

#include "core/errors/composition.hpp"
#include "core/errors/mail.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "model/compositions/composition_store.hpp"
#include "model/compositions/owned_space.hpp"

namespace gw::model::compositions {
namespace {

void check_count(UnitOfWork& work, sql::Connection& connection) {
  const int most = work.settings().mail.compositions;
  if (count_spaces(connection, owner_of(work)) >= most)
    throw ApiError(errors::msgcs::kTooManySpaces, {std::to_string(most)});
}

/// Those that are there already count, too.
void check_size(const UnitOfWork& work, const Space& space, std::span<const NewAttachment> attachments) {
  const auto count = static_cast<std::int64_t>(space.attachments.size() + attachments.size());
  if (count > kMaxAttachments)
    throw ApiError(errors::msg::kTooManyDriveFiles, {std::to_string(kMaxAttachments)});
  std::int64_t bytes = 0;
  for (const Attachment& each : space.attachments) bytes += each.file.size;
  for (const NewAttachment& each : attachments) bytes += each.bytes->size;
  const std::int64_t limit = work.settings().limits.upload;
  if (!attachments.empty() && limit > 0 && bytes > limit)
    throw ApiError(errors::msg::kUploadQuotaTotal, {std::to_string(limit)});
}

std::vector<files::IncomingFile*> bytes_of(std::span<NewAttachment> attachments) {
  std::vector<files::IncomingFile*> incoming;
  for (NewAttachment& each : attachments) incoming.push_back(each.bytes.get());
  return incoming;
}

Attachment store_attachment(Transaction& transaction, const Space& space, const NewAttachment& taken,
                            std::int64_t position) {
  Attachment stored = taken.facts;
  if (stored.id.empty()) stored.id = random_hex(16);
  stored.position = position;
  stored.file = taken.bytes->name();
  UnitOfWork& work = transaction.work();
  files::add_used_bytes(transaction.connection(), work.context(), stored.file.owner, stored.file.size);
  insert_attachment(transaction.connection(), owner_of(work), space.id, stored);
  return stored;
}

}  // namespace

std::string make_space_id() { return random_hex(16); }

std::string parse_space_id(std::string_view text) {
  std::string id = to_lower_ascii(text);
  std::erase(id, '-');
  constexpr std::size_t kLength = 32;
  if (id.size() != kLength || id.find_first_not_of("0123456789abcdef") != std::string::npos)
    throw ApiError(errors::msgcs::kNoSpace, {std::string(first_characters(text, 64))});
  return id;
}

std::unique_ptr<files::IncomingFile> begin_file(UnitOfWork& work) {
  return std::make_unique<files::IncomingFile>(work, files::kCompositionFiles, -1);
}

void require_room(UnitOfWork& work) { check_count(work, work.connection()); }

Space open(UnitOfWork& work, Space space, std::span<NewAttachment> attachments) {
  check_size(work, space, attachments);
  const auto incoming = bytes_of(attachments);
  Space stored;
  files::write_with_files(work, incoming, [&](Transaction& transaction) {
    stored = space;
    stored.created = stored.changed = transaction.stamp();
    check_count(work, transaction.connection());
    insert_space(transaction.connection(), owner_of(work), stored);
    for (const NewAttachment& each : attachments)
      stored.attachments.push_back(
          store_attachment(transaction, stored, each, static_cast<std::int64_t>(stored.attachments.size())));
  });
  return stored;
}

Space load(UnitOfWork& work, std::string_view id) {
  const std::string wanted = parse_space_id(id);
  std::optional<StoredSpace> found;
  work.snapshot([&](sql::Connection& connection) { found = find_space(connection, owner_of(work), wanted); });
  if (!found) throw ApiError(errors::msgcs::kNoSpace, {wanted});
  return std::move(found->space);
}

std::vector<Space> list(UnitOfWork& work) {
  std::vector<Space> spaces;
  work.snapshot([&](sql::Connection& connection) {
    spaces.clear();
    for (StoredSpace& each : list_spaces(connection, owner_of(work))) spaces.push_back(std::move(each.space));
  });
  return spaces;
}

Space change(UnitOfWork& work, std::string_view id, const std::function<void(Space&)>& edit,
             const SendClaim* claim) {
  Space changed;
  work.write([&](Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    changed = load_to_change(transaction, id, claim);
    edit(changed);
    changed.changed = stamp;
    update_space(transaction.connection(), work.context(), changed);
  });
  return changed;
}

bool remove(UnitOfWork& work, std::string_view id, const SendClaim* claim) {
  bool was_there = false;
  work.write([&](Transaction& transaction) {
    transaction.stamp();
    was_there = find_to_change(transaction, id, claim).has_value();
    if (was_there) erase_space(transaction, work.context(), parse_space_id(id));
  });
  return was_there;
}

std::vector<Attachment> attach(UnitOfWork& work, std::string_view id, std::span<NewAttachment> attachments,
                               std::string_view replaces, const SendClaim* claim) {
  const auto incoming = bytes_of(attachments);
  std::vector<Attachment> stored;
  files::write_with_files(work, incoming, [&](Transaction& transaction) {
    stored.clear();
    const Millis stamp = transaction.stamp();
    Space space = load_to_change(transaction, id, claim);
    std::int64_t position = space.attachments.empty() ? 0 : space.attachments.back().position + 1;
    if (!replaces.empty()) {
      const Attachment old = find_attachment(space, replaces);
      position = old.position;
      delete_attachment(transaction.connection(), work.context(), space.id, old.id);
      files::discard_files(transaction, work.context(), {old.file});
      std::erase_if(space.attachments, [&](const Attachment& each) { return each.id == old.id; });
    }
    check_size(work, space, attachments);
    for (const NewAttachment& each : attachments)
      stored.push_back(store_attachment(transaction, space, each, replaces.empty() ? position++ : position));
    space.changed = stamp;
    update_space(transaction.connection(), work.context(), space);
  });
  return stored;
}

void detach(UnitOfWork& work, std::string_view id, std::string_view attachment) {
  work.write([&](Transaction& transaction) {
    const Millis stamp = transaction.stamp();
    Space space = load_to_change(transaction, id, nullptr);
    const Attachment old = find_attachment(space, attachment);
    delete_attachment(transaction.connection(), work.context(), space.id, old.id);
    files::discard_files(transaction, work.context(), {old.file});
    space.changed = stamp;
    update_space(transaction.connection(), work.context(), space);
  });
}

const Attachment& find_attachment(const Space& space, std::string_view id) {
  std::string wanted = to_lower_ascii(id);
  std::erase(wanted, '-');
  const auto found = std::find_if(space.attachments.begin(), space.attachments.end(),
                                  [&](const Attachment& each) { return each.id == wanted; });
  if (found == space.attachments.end())
    throw ApiError(errors::msgcs::kNoAttachment, {std::string(first_characters(id, 64)), space.id});
  return *found;
}

}  // namespace gw::model::compositions
