#include "archive/portable.hpp"

#include <algorithm>

#include "formats/ical/component_writer.hpp"
#include "formats/ical/event_writer.hpp"
#include "formats/ical/task_todo.hpp"
#include "formats/vcard/vcard.hpp"
#include "model/calendar/calendar_reading.hpp"
#include "model/calendar/event_originals.hpp"
#include "model/contacts/contact_pictures.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/tasks/task_service.hpp"

namespace gw::archive {
namespace {

namespace calendar = model::calendar;
namespace contacts = model::contacts;
namespace ical = formats::ical;
namespace tasks = model::tasks;
namespace vcard = formats::vcard;
using mailbox::Spool;
using model::ObjectModule;

constexpr std::size_t kObjectsAtOnce = 200;
constexpr std::size_t kLongestTitle = 60;
constexpr std::string_view kListFolders =
    "SELECT id,module,title,owner FROM folders WHERE cid=? AND module IN (1,2,3) AND id>=6 ORDER BY id";

/// Calls `use` with some of the references at a time.
template <class Ref, class Use>
void in_chunks(const std::vector<Ref>& refs, Use use) {
  const std::span<const Ref> all(refs);
  for (std::size_t start = 0; start < all.size(); start += kObjectsAtOnce)
    use(all.subspan(start, std::min(kObjectsAtOnce, all.size() - start)));
}

std::optional<vcard::Image> picture_of(model::UnitOfWork& work, const contacts::Contact& contact) {
  if (contact.number_of_images == 0) return std::nullopt;
  auto stored = contacts::load_picture(work, {ObjectId(contact.id), contact.image_last_modified});
  if (!stored) return std::nullopt;
  return vcard::Image{std::move(stored->mime_type), std::move(stored->bytes)};
}

std::string card_of(model::UnitOfWork& work, const contacts::Contact& contact) {
  const auto image = picture_of(work, contact);
  return contact.original_vcard
             ? vcard::merge_into_original(*contact.original_vcard, contact, image, vcard::Version::V30)
             : vcard::write_card(contact, image, vcard::Version::V30);
}

void write_cards(model::UnitOfWork& work, FolderId folder, Spool& into) {
  std::vector<contacts::ContactRef> refs;
  contacts::list_folder(work, folder, {.fields = contacts::fields_of(std::array{1})},
                        [&](std::size_t arrival, const contacts::Contact& contact) {
                          if (arrival >= refs.size()) refs.resize(arrival + 1);
                          refs[arrival] = {folder, ObjectId(contact.id)};
                        });
  contacts::ListRequest request{.fields = contacts::all_fields(), .original_vcard = true};
  in_chunks(refs, [&](std::span<const contacts::ContactRef> chunk) {
    contacts::ContactCollector collector;
    const auto result = contacts::list_refs(work, chunk, request, collector.visitor());
    for (const contacts::Contact& contact : collector.take(result)) into.append(card_of(work, contact));
  });
}

void write_events(model::UnitOfWork& work, const PortableFolder& folder, Spool& into) {
  using calendar::EventField;
  calendar::ReadOptions options;
  options.fields = {EventField::Id,       EventField::Folder,      EventField::StartDate,
                    EventField::EndDate,  EventField::Rrule,       EventField::RecurrenceDates,
                    EventField::SeriesId, EventField::RecurrenceId};
  options.most = 0;
  std::vector<calendar::EventRef> refs;
  std::vector<calendar::EventData> times;
  for (calendar::SeenEvent& seen : calendar::list_folder(work, folder.id, options)) {
    refs.push_back({seen.event.folder, seen.event.id, std::nullopt});
    times.push_back(std::move(seen.event));
  }
  into.append(ical::calendar_head(folder.title));
  for (const ical::Component& zone : ical::zones_of(times)) into.append(ical::format_component(zone));
  calendar::EventFields fields = calendar::EventFields::all();
  fields.set(EventField::Attachments, false);
  in_chunks(refs, [&](std::span<const calendar::EventRef> chunk) {
    for (const calendar::SeenEvent& seen : calendar::list_refs(work, chunk, fields)) {
      const std::string original = calendar::original_of(work, seen);
      into.append(ical::format_component(ical::event_component(seen.event, {true, true, original})));
    }
  });
  into.append(ical::kCalendarTail);
}

void write_todos(model::UnitOfWork& work, const PortableFolder& folder, Spool& into) {
  std::vector<tasks::TaskRef> refs;
  tasks::list_folder(work, folder.id, {.fields = tasks::fields_of(std::array{1})},
                     [&](std::size_t arrival, const tasks::Task& task) {
                       if (arrival >= refs.size()) refs.resize(arrival + 1);
                       refs[arrival] = {folder.id, ObjectId(task.id)};
                     });
  into.append(ical::calendar_head(folder.title));
  in_chunks(refs, [&](std::span<const tasks::TaskRef> chunk) {
    tasks::TaskCollector collector;
    const auto result = tasks::list_refs(work, chunk, {.fields = tasks::all_fields()}, collector.visitor());
    for (const tasks::Task& task : collector.take(result))
      into.append(ical::format_component(ical::todo_of_task(task)));
  });
  into.append(ical::kCalendarTail);
}

}  // namespace

std::vector<PortableFolder> list_portable(sql::Connection& connection, ContextId context,
                                          std::optional<std::vector<std::int64_t>> only) {
  std::vector<PortableFolder> folders;
  sql::Query row = connection.query(kListFolders, context);
  while (row.next()) {
    if (only && !std::ranges::binary_search(*only, row.integer(0))) continue;
    folders.push_back(
        {row.id<FolderId>(0), static_cast<ObjectModule>(row.integer(1)), row.string(2), row.id<UserId>(3)});
  }
  return folders;
}

std::string portable_path(const PortableFolder& folder) {
  std::string title;
  for (const char c : folder.title.substr(0, kLongestTitle)) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    title += is_plain ? c : '_';
  }
  return "portable/" + std::to_string(folder.id.value) + '-' + title +
         (folder.module == ObjectModule::Contact ? ".vcf" : ".ics");
}

Spool write_portable(model::Environment& environment, const model::Caller& caller,
                     const PortableFolder& folder) {
  model::UnitOfWork work(environment, caller);
  Spool into;
  if (folder.module == ObjectModule::Contact) write_cards(work, folder.id, into);
  if (folder.module == ObjectModule::Calendar) write_events(work, folder, into);
  if (folder.module == ObjectModule::Task) write_todos(work, folder, into);
  return into;
}

}  // namespace gw::archive
