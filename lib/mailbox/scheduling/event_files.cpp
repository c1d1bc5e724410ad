#include "mailbox/scheduling/event_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/crypto.hpp"
#include "core/error.hpp"
#include "mailbox/scheduling/itip_files.hpp"
#include "model/attachments/attachment_account.hpp"
#include "model/files/file_spaces.hpp"

namespace gw::mailbox::scheduling {
namespace {

namespace attachments = model::attachments;
namespace files = model::files;

/// Bytes of a stored file.
class FileBytes {
 public:
  FileBytes(std::shared_ptr<filestore::FileStore> store, std::string id)
      : store_(std::move(store)), id_(std::move(id)) {}
  std::string operator()(std::size_t most) try {
    if (!reader_) reader_ = store_->open(id_);
    std::string piece(std::min(most, kPiece), '\0');
    piece.resize(reader_->read(piece));
    return piece;
  } catch (const filestore::StoreError& error) {
    throw files::to_api_error(error);
  }

 private:
  static constexpr std::size_t kPiece = 65'536;
  std::shared_ptr<filestore::FileStore> store_;
  std::string id_;
  std::shared_ptr<filestore::Reader> reader_;
};

/// Empty: no store has it.
std::shared_ptr<filestore::FileStore> store_of(model::UnitOfWork& work, const std::string& id) {
  try {
    std::shared_ptr<filestore::FileStore> store = files::open_space_of(work, files::kContextFiles, id);
    store->size(id);
    return store;
  } catch (const filestore::StoreError&) {
    return nullptr;
  } catch (const ApiError&) {
    return nullptr;
  }
}

std::vector<ObjectId> told_events(const model::calendar::SchedulingEvent& told) {
  std::vector<ObjectId> ids{told.event.id};
  if (told.event.series && told.event.series != told.event.id) ids.push_back(told.event.series);
  for (const model::calendar::EventData& exception : told.exceptions) ids.push_back(exception.id);
  return ids;
}

}  // namespace

EventFiles files_of(model::UnitOfWork& work, const model::scheduling::Letter& letter) {
  EventFiles found;
  if (letter.event.method != model::calendar::SchedulingMethod::Request || !letter.event.event.id)
    return found;
  std::int64_t bytes = 0;
  const auto rows = attachments::list_of_parents(
      work.connection(), work.context(), attachments::ParentModule::Appointment, told_events(letter.event));
  for (const attachments::Attachment& row : rows) {
    const std::string name = row.filename.value_or("file"), id = row.file_id.value_or("");
    if (found.enclosed.size() >= kMostFiles || bytes + row.file_size > kLargestFilesSent) {
      found.left_out.push_back(name);
      continue;
    }
    const auto store = store_of(work, id);
    if (!store) continue;
    bytes += row.file_size;
    EventFile file{ObjectId(row.attached), row.file_size, {}};
    file.part.open = [store, id]() -> mail::ByteSource { return FileBytes(store, id); };
    file.part.name = name;
    file.part.type = row.file_mimetype.value_or("application/octet-stream");
    const std::string seed = fmt::format("{}/{}/{}", work.context().value, row.id, row.creation_date.value);
    file.part.content_id = fmt::format("{}.{}@groupware", row.id, to_hex(sha256(seed)).substr(0, 16));
    found.enclosed.push_back(std::move(file));
  }
  work.release();
  return found;
}

}  // namespace gw::mailbox::scheduling
