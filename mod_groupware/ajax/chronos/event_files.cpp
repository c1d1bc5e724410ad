#include "ajax/chronos/event_files.hpp"

#include <algorithm>

#include "ajax/delivery/media_types.hpp"
#include "ajax/upload/upload_reading.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/servlet.hpp"

namespace gw::ajax {
namespace {

namespace attachments = model::attachments;
namespace calendar = model::calendar;

constexpr std::string_view kPartScheme = "cid:";

/// The file that an entry names by its part; nullptr when it names none.
const Upload* named_upload(const Request& request, const calendar::EventAttachment& entry) {
  const std::string_view part = std::string_view(entry.uri).substr(kPartScheme.size());
  const auto by_field = std::find_if(request.uploads.begin(), request.uploads.end(),
                                     [&](const Upload& upload) { return upload.field == part; });
  if (by_field != request.uploads.end()) return &*by_field;
  const auto by_name = std::find_if(request.uploads.begin(), request.uploads.end(),
                                    [&](const Upload& upload) { return upload.file_name == part; });
  return by_name == request.uploads.end() ? nullptr : &*by_name;
}

[[noreturn]] void refuse_attachment(std::string_view name, std::string_view why) {
  throw ApiError(errors::cal::kBadData, {"attachments", std::string(name) + ": " + std::string(why)});
}

}  // namespace

Json sent_event_json(const Invocation& invocation) {
  const Request& request = invocation.request;
  if (!request.is_multipart || !invocation.body.is_missing()) return invocation.body;
  const auto text = request.form.find("json_0");
  if (!text) throw ApiError(errors::svl::kMissing, {"json_0"});
  std::string why;
  auto parsed = Json::parse(*text, &why);
  if (!parsed) throw ApiError(errors::svl::kBodyNotJson, {why});
  return std::move(*parsed);
}

EventFiles::EventFiles(Invocation& invocation, calendar::EventInput& input) : invocation_(invocation) {
  const Request& request = invocation.request;
  std::vector<const Upload*> named;
  if (input.sent.has(calendar::EventField::Attachments)) {
    kept_.emplace();
    for (const calendar::EventAttachment& entry : input.event.attachments) {
      if (entry.managed_id != 0) {
        kept_->push_back(entry.managed_id);
        continue;
      }
      const Upload* upload = entry.uri.starts_with(kPartScheme) ? named_upload(request, entry) : nullptr;
      if (upload == nullptr) refuse_attachment(entry.uri, "there is no such part and no managedId");
      store(*upload, &entry);
      named.push_back(upload);
    }
  }
  for (const Upload& upload : request.uploads) {
    if (std::find(named.begin(), named.end(), &upload) != named.end()) continue;
    if (!named.empty()) refuse_attachment(upload.field, "no attachment of the event names this part");
    store(upload, nullptr);
  }
  input.event.attachments.clear();
  // An occurrence that gets files becomes an exception, even if nothing else of it changes.
  input.sent.set(calendar::EventField::Attachments, files_.has_value());
}

void EventFiles::store(const Upload& upload, const calendar::EventAttachment* described) {
  stored_bytes_ += upload.size;
  check_upload_size(invocation_, upload.file_name, stored_bytes_);
  attachments::Attachment facts;
  facts.filename = described != nullptr && !described->filename.empty() ? described->filename
                   : upload.file_name.empty()                           ? "file"
                                                                        : upload.file_name;
  facts.file_mimetype = described != nullptr && !described->format_type.empty()
                            ? bare_media_type(described->format_type)
                            : media_type_of_upload(upload);
  if (!files_) files_.emplace(invocation_.work, attachments::ParentModule::Appointment);
  files_->begin(facts, upload.size);
  read_upload(upload, [this](std::string_view piece) { files_->write(piece); });
}

std::vector<ObjectId> EventFiles::superfluous(const attachments::ParentRef& parent) {
  std::vector<ObjectId> ids;
  if (!kept_) return ids;
  for (const attachments::Attachment& present : attachments::list(invocation_.work, parent, {}).items)
    // Those of a series are shown with its occurrences and stay with the series.
    if (present.attached == parent.object.value &&
        std::find(kept_->begin(), kept_->end(), present.id) == kept_->end())
      ids.emplace_back(present.id);
  return ids;
}

void EventFiles::write(const std::function<void(model::Transaction&)>& body) {
  attachments::write_with(invocation_.work, files_ ? &*files_ : nullptr, body);
}

void EventFiles::settle(model::Transaction& transaction, calendar::CalendarResult& result,
                        const calendar::EventRef& event, calendar::EventFields fields) {
  const attachments::ParentRef parent{attachments::ParentModule::Appointment, event.folder, event.event};
  // Before new ones come, or they would be superfluous, too.
  const auto gone = superfluous(parent);
  if (!gone.empty()) result.timestamp = attachments::detach(transaction, parent, gone);
  if (files_) {
    files_->belong_to(parent);
    result.timestamp = attachments::attach(transaction, *files_).timestamp;
  }
  if (gone.empty() && !files_) return;
  for (auto* list : {&result.created, &result.updated})
    for (calendar::SeenEvent& seen : *list) {
      if (seen.event.id != event.event) continue;
      // Exceptions have ids of their own; expanded occurrences need their original start.
      const bool is_occurrence = seen.event.series == seen.event.id && seen.event.recurrence_id;
      seen = calendar::get(
          invocation_.work,
          {seen.event.folder, seen.event.id, is_occurrence ? seen.event.recurrence_id : std::nullopt},
          fields);
    }
}

}  // namespace gw::ajax
