// Module `export`: contacts as CSV or vCard, calendars and tasks as iCalendar. Source: spec export-import
// section 2.
#include "ajax/transfer/export.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/delivery/content_disposition.hpp"
#include "ajax/transfer/export_contacts.hpp"
#include "ajax/transfer/export_events.hpp"
#include "ajax/transfer/export_tasks.hpp"
#include "ajax/transfer/ical_folder.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/transfer.hpp"
#include "core/text.hpp"
#include "formats/csv/contact_csv.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;

constexpr std::size_t kMaxBatch = 100'000;

/// A contact folder of which the caller may read something. Errors: I_E-0100, I_E-1101.
model::folders::FolderAccess readable_folder(const Invocation& invocation, std::int64_t folder) {
  const std::string format(invocation.action);
  const std::string name = std::to_string(folder);
  auto access =
      model::folders::find_access(invocation.work.connection(), invocation.caller(), FolderId(folder));
  if (!access) throw ApiError(errors::ie::kNotExportable, {name, format});
  if (access->module != model::ObjectModule::Contact) throw ApiError(errors::ie::kNoExporter, {format, name});
  if (access->rights.read == 0) throw ApiError(errors::ie::kNotExportable, {name, format});
  return std::move(*access);
}

struct Selected {
  ContactExport what;
  std::string title;
};

Selected select_folder(const Invocation& invocation) {
  const std::string_view folder = trim(invocation.arguments.text("folder"));
  if (folder.empty()) throw ApiError(errors::ie::kFolderMissing);
  const auto number = parse_integer(folder);
  if (!number) throw ApiError(errors::ie::kNoExporter, {std::string(invocation.action), std::string(folder)});
  Selected selected;
  selected.title = readable_folder(invocation, *number).title;
  contacts::ListRequest request;
  std::vector<ObjectId> ids;
  const auto result = contacts::list_folder(invocation.work, FolderId(*number), request,
                                            [&](std::size_t arrival, const contacts::Contact& contact) {
                                              if (arrival >= ids.size()) ids.resize(arrival + 1);
                                              ids[arrival] = ObjectId(contact.id);
                                            });
  for (const std::size_t arrival : result.order)
    selected.what.refs.push_back({FolderId(*number), ids.at(arrival)});
  return selected;
}

/// Errors: SVL-0031 for a body that is no list of {id, folder_id}.
std::vector<contacts::ContactRef> parse_batch(const Json& body) {
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array"});
  if (body.size() > kMaxBatch) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  std::vector<contacts::ContactRef> refs;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const Json element = body.at(i);
    const Json named = element.get("folder_id");
    const auto folder = (named.is_missing() ? element.get("folder") : named).to_integer();
    const auto id = element.get("id").to_integer();
    if (!folder || !id) throw ApiError(errors::svl::kBodyIllegal, {"every element needs id and folder_id"});
    refs.push_back({FolderId(*folder), ObjectId(*id)});
  }
  return refs;
}

/// All or nothing: a folder or a contact that may not be read refuses the whole batch.
Selected select_batch(const Invocation& invocation) {
  Selected selected;
  selected.what.refs = parse_batch(invocation.body);
  const auto& refs = selected.what.refs;
  std::set<std::int64_t> folders;
  for (const auto& ref : refs)
    if (folders.insert(ref.folder.value).second) readable_folder(invocation, ref.folder.value);
  contacts::ListRequest request;
  request.fields = contacts::fields_of(std::array{500});
  std::set<std::int64_t> found;
  contacts::list_refs(invocation.work, refs, request, [&](std::size_t, const contacts::Contact& contact) {
    found.insert(contact.id);
    if (refs.size() == 1) selected.title = contact.display_name.value_or("");
  });
  for (const auto& ref : refs)
    if (!found.contains(ref.id.value)) contacts::get(invocation.work, ref, request.fields);  // throws why
  if (refs.size() != 1) selected.title = "contacts";
  return selected;
}

Selected select_contacts(const Invocation& invocation) {
  Selected selected = invocation.request.method == Method::Put || invocation.body.is_array()
                          ? select_batch(invocation)
                          : select_folder(invocation);
  selected.what.with_lists = invocation.arguments.boolean("export_dlists", true);
  return selected;
}

Response download(const Selected& selected, std::string_view suffix, std::string content_type,
                  std::function<void(const BodyWriter&)> stream) {
  Response response = Response::raw(std::move(content_type), {});
  response.stream = std::move(stream);
  response.headers.emplace_back(
      "Content-Disposition",
      content_disposition(Disposition::Attachment,
                          clean_download_name(selected.title, "export") + std::string(suffix)));
  return response;
}

/// Errors: I_E-1314 for an entry that is no number.
std::vector<int> asked_columns(const Invocation& invocation) {
  const std::string_view text = trim(invocation.arguments.text("columns"));
  if (text.empty()) return formats::csv::exportable_columns(formats::csv::default_columns());
  std::vector<int> columns;
  for (const std::string_view entry : split(text, ',')) {
    const auto number = parse_integer(entry);
    if (!number) throw ApiError(errors::ie::kBadColumn, {std::string(entry)});
    constexpr std::int64_t kLargest = 1'000'000;
    if (columns.size() < model::kMaxFields && *number > 0 && *number < kLargest)
      columns.push_back(static_cast<int>(*number));
  }
  return formats::csv::exportable_columns(columns);
}

Response export_csv(Invocation& invocation) {
  Selected selected = select_contacts(invocation);
  std::vector<int> columns = asked_columns(invocation);
  formats::csv::WriteOptions options;
  options.guard_formulas = invocation.arguments.boolean("guard_formulas");
  model::Environment& environment = invocation.runtime.environment;
  auto stream = [&environment, caller = invocation.caller(), what = selected.what,
                 columns = std::move(columns), options](const BodyWriter& write) {
    stream_csv(environment, caller, what, columns, options, write);
  };
  return download(selected, ".csv", "text/csv; charset=UTF-8", std::move(stream));
}

Response export_vcard(Invocation& invocation) {
  Selected selected = select_contacts(invocation);
  model::Environment& environment = invocation.runtime.environment;
  auto stream = [&environment, caller = invocation.caller(), what = selected.what](const BodyWriter& write) {
    stream_vcards(environment, caller, what, write);
  };
  return download(selected, ".vcf", "text/x-vcard; charset=UTF-8", std::move(stream));
}

Response export_calendar(Invocation& invocation) {
  if (!invocation.caller().modules.has(model::Module::Calendar))
    throw ApiError(errors::ie::kCalendarDisabled);
  EventExport what;
  if (invocation.request.method == Method::Put || invocation.body.is_array()) {
    what = select_events(invocation, invocation.body);
  } else {
    const std::string_view folder = trim(invocation.arguments.text("folder"));
    if (folder.empty()) throw ApiError(errors::ie::kFolderMissing);
    const auto number =
        is_calendar_id(folder) ? parse_calendar_id(folder).value : parse_integer(folder).value_or(0);
    if (number <= 0)
      throw ApiError(errors::ie::kNoExporter, {std::string(invocation.action), std::string(folder)});
    what = select_calendar(invocation, FolderId(number));
  }
  Selected named;
  named.title = what.title;
  model::Environment& environment = invocation.runtime.environment;
  auto stream = [&environment, caller = invocation.caller(), what = std::move(what)](
                    const BodyWriter& write) { stream_events(environment, caller, what, write); };
  return download(named, ".ics", "text/calendar; charset=UTF-8", std::move(stream));
}

/// Calendars and task folders; others have nothing that iCalendar knows. The first of several objects tells.
Response export_ical(Invocation& invocation) {
  std::string folder(invocation.arguments.text("folder"));
  if (invocation.body.is_array() && invocation.body.size() > 0) {
    const Json first = invocation.body.at(0), named = first.get("folder_id");
    folder = (named.is_missing() ? first.get("folder") : named).to_text().value_or("");
  }
  return is_task_folder(invocation, folder) ? export_tasks(invocation) : export_calendar(invocation);
}

constexpr Parameter kExportParameters[] = {
    {"folder"}, {"columns"}, {"export_dlists", Type::Boolean}, {"guard_formulas", Type::Boolean}};
constexpr auto kModule = model::Module::Contacts;

constexpr Action kExportActions[] = {
    {"CSV", kGet, export_csv, kNotInMultiple, kExportParameters, kModule},
    {"CSV", kPut | kPost, export_csv, kBody | kNotInMultiple, kExportParameters, kModule},
    {"ICAL", kGet, export_ical, kNotInMultiple, kExportParameters, {}},
    {"ICAL", kPut | kPost, export_ical, kBody | kNotInMultiple, kExportParameters, {}},
    {"VCARD", kGet, export_vcard, kNotInMultiple, kExportParameters, kModule},
    {"VCARD", kPut | kPost, export_vcard, kBody | kNotInMultiple, kExportParameters, kModule},
};

}  // namespace

const ApiModule kExportModule{
    .path = "export", .actions = kExportActions, .unknown_action = &errors::ie::kUnknownFormat};

}  // namespace gw::ajax
