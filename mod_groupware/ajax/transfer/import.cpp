// Module `import`: CSV, Outlook CSV and vCard files into a contact folder, iCalendar files into a calendar, a
// task folder, or both.
// Source: spec export-import sections 3, 4 and 6.
#include "ajax/transfer/import.hpp"

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/transfer/ical_folder.hpp"
#include "ajax/transfer/import_contacts.hpp"
#include "ajax/transfer/import_events.hpp"
#include "ajax/transfer/import_file.hpp"
#include "ajax/transfer/import_tasks.hpp"
#include "core/errors/transfer.hpp"
#include "core/text.hpp"
#include "formats/csv/contact_csv.hpp"

namespace gw::ajax {
namespace {

/// Errors: I_E-1313 missing, I_E-0800 several, I_E-1100 none that could hold contacts.
FolderId target_folder(const Invocation& invocation) {
  const std::string_view text = trim(invocation.arguments.text("folder"));
  if (text.empty()) throw ApiError(errors::ie::kFolderMissing);
  if (text.find(',') != std::string_view::npos) throw ApiError(errors::ie::kSeveralFolders);
  const auto number = parse_integer(text);
  if (!number) throw ApiError(errors::ie::kNoImporter, {std::string(invocation.action), std::string(text)});
  return FolderId(*number);
}

void check_module(const Invocation& invocation) {
  if (!invocation.caller().modules.has(model::Module::Contacts))
    throw ApiError(errors::ie::kContactsDisabled);
}

/// Titles decide, not the action: CSV and OUTLOOK_CSV are the same.
Response import_csv(Invocation& invocation) {
  check_module(invocation);
  const FolderId folder = target_folder(invocation);
  const Upload& upload = single_upload(invocation.request);
  const std::string charset(trim(invocation.arguments.text("charset")));
  ContactImport import(invocation, folder, false);
  const ImportFile file(upload.path);
  formats::csv::parse_contacts(file.text(), charset, [&](formats::csv::CsvRecord&& record) {
    import.add({std::move(record.contact), {}, std::move(record.warnings), std::move(record.error), {}});
    return true;
  });
  return Response::with_data(import.finish());
}

Response import_vcard(Invocation& invocation) {
  check_module(invocation);
  const FolderId folder = target_folder(invocation);
  const Upload& upload = single_upload(invocation.request);
  ContactImport import(invocation, folder, true);
  const ImportFile file(upload.path);
  formats::vcard::Limits limits;
  limits.card = static_cast<std::size_t>(invocation.work.settings().limits.vcard);
  const std::size_t count =
      formats::vcard::parse_cards(file.text(), limits, [&](formats::vcard::ParsedCard&& card) {
        import.add({std::move(card.contact), std::move(card.image), std::move(card.warnings),
                    std::move(card.error), std::move(card.member_uids)});
        return true;
      });
  if (count == 0) throw ApiError(errors::ie::kNoVcard);
  return Response::with_data(import.finish());
}

/// Events; what a calendar cannot hold is passed over.
Response import_events(Invocation& invocation, std::string_view named) {
  if (!invocation.caller().modules.has(model::Module::Calendar))
    throw ApiError(errors::ie::kCalendarDisabled);
  const auto number = parse_integer(named);
  if (!is_calendar_id(named) && !number)
    throw ApiError(errors::ie::kNoImporter, {std::string(invocation.action), std::string(named)});
  const FolderId folder = is_calendar_id(named) ? parse_calendar_id(named) : FolderId(*number);
  const ImportFile file(single_upload(invocation.request).path);
  return import_calendar(invocation, folder, file.text(), {invocation.arguments.boolean("ignoreUIDs")});
}

Response import_into_both(Invocation& invocation, std::string_view calendar) {
  Response response = import_events(invocation, calendar);
  const Response tasks = import_tasks(invocation);
  for (std::size_t i = 0; i < tasks.data.size(); ++i) response.data.append(tasks.data.at(i));
  add_warnings(response.warnings, tasks.warnings);
  return response;
}

/// `folder` may name a calendar and a task folder: each takes what it can hold. Errors: I_E-1315 when that is
/// nothing.
Response import_ical(Invocation& invocation) {
  const std::string_view text = trim(invocation.arguments.text("folder"));
  if (text.empty()) throw ApiError(errors::ie::kFolderMissing);
  std::string_view calendar;
  bool has_tasks = false;
  for (const std::string_view part : split(text, ','))
    if (is_task_folder(invocation, part))
      has_tasks = true;
    else
      calendar = trim(part);
  Response response = calendar.empty() ? import_tasks(invocation)
                      : has_tasks      ? import_into_both(invocation, calendar)
                                       : import_events(invocation, calendar);
  if (response.data.size() == 0) throw ApiError(errors::ie::kNoContent);
  if (!response.warnings.empty())
    response.warnings.insert(response.warnings.begin(),
                             {&errors::ie::kWarnings, {std::to_string(response.warnings.size())}});
  return response;
}

constexpr Parameter kImportParameters[] = {
    {"folder"}, {"charset"}, {"ignoreUIDs", Type::Boolean}, {"suppressNotification"}};
constexpr unsigned kNeeds = kUpload | kNotInMultiple;
constexpr std::string_view kCallback = "callback_import";

constexpr Action kImportActions[] = {
    {"CSV", kPost, import_csv, kNeeds, kImportParameters, {}, kCallback},
    {"ICAL", kPost, import_ical, kNeeds, kImportParameters, {}, kCallback},
    {"OUTLOOK_CSV", kPost, import_csv, kNeeds, kImportParameters, {}, kCallback},
    {"VCARD", kPost, import_vcard, kNeeds, kImportParameters, {}, kCallback},
};

}  // namespace

const ApiModule kImportModule{
    .path = "import", .actions = kImportActions, .unknown_action = &errors::ie::kUnknownFormat};

}  // namespace gw::ajax
