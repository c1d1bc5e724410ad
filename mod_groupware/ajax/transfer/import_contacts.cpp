#include "ajax/transfer/import_contacts.hpp"

#include <array>

#include "ajax/envelope.hpp"
#include "core/errors/transfer.hpp"
#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_rules.hpp"
#include "model/contacts/picture.hpp"
#include "model/folders/folder_access.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;
using contacts::Contact;

/// Records per transaction, and bytes of original cards and pictures that may wait for it.
constexpr std::size_t kChunkRecords = 500;
constexpr std::size_t kChunkBytes = 16'777'216;
constexpr std::size_t kMaxGroups = 1'000;
constexpr std::size_t kMaxRememberedMembers = 100'000;
constexpr int kUid = 223;
constexpr int kImage = 570;

bool has_value(const std::optional<std::string>& value) { return value.has_value(); }
bool has_value(const std::optional<Date>& value) { return value.has_value(); }
bool has_value(const std::optional<std::int64_t>& value) { return value.has_value(); }
bool has_value(std::int64_t value) { return value != 0; }
bool has_value(Millis value) { return value.value != 0; }
bool has_value(bool value) { return value; }

/// Which rows of the table the file filled.
model::FieldSet filled_fields(const Contact& contact) {
  const auto table = contacts::contact_fields();
  model::FieldSet filled;
  for (std::size_t i = 0; i < table.size(); ++i) {
    bool is_filled = std::visit([&](auto member) { return has_value(contact.*member); }, table[i].member);
    if (table[i].column == kImage) is_filled = contact.image1.has_value();
    filled.set(i, is_filled && !(table[i].flags & model::kReadOnly));
  }
  return filled;
}

/// Files carry no rules about lengths: what does not fit is refused as a whole. Source: spec export-import
/// section 4.
std::optional<ApiError> too_long(const Contact& contact) {
  using TextField = contacts::Text Contact::*;
  std::vector<ProblematicField> fields;
  std::vector<std::string> names;
  for (const auto& field : contacts::contact_fields()) {
    const auto* member = std::get_if<TextField>(&field.member);
    if (member == nullptr || field.max_length == 0 || field.column == kImage || !(contact.*(*member)))
      continue;
    const std::string& text = *(contact.*(*member));
    if (text.size() <= static_cast<std::size_t>(field.max_length)) continue;
    const auto length = static_cast<std::int64_t>(count_characters(text));
    if (length <= field.max_length) continue;
    fields.push_back({field.column, std::string(field.json), length, field.max_length});
    names.emplace_back(field.json);
  }
  if (fields.empty()) return std::nullopt;
  return ApiError(errors::ie::kTooLong, {join(names, ", ")}, std::move(fields));
}

std::size_t weight(const Contact& contact) {
  return (contact.original_vcard ? contact.original_vcard->size() : 0) +
         (contact.image1 ? contact.image1->size() : 0);
}

}  // namespace

ContactImport::ContactImport(Invocation& invocation, FolderId folder, bool keeps_uids)
    : invocation_(invocation), folder_(folder), keeps_uids_(keeps_uids) {
  const auto access = model::folders::find_access(invocation.work.connection(), invocation.caller(), folder);
  const std::string name = std::to_string(folder.value);
  if (!access) throw ApiError(errors::ie::kNoCreate, {name});
  if (access->module != model::ObjectModule::Contact)
    throw ApiError(errors::ie::kNoImporter, {std::string(invocation.action), name});
  if (!access->rights.may_create_objects()) throw ApiError(errors::ie::kNoCreate, {name});
  // Without the right to read nobody may learn which UIDs exist: every card gets a new one.
  if (keeps_uids_ && access->rights.read == 0) keeps_uids_ = false;
  if (keeps_uids_) load_uids();
  invocation.work.release();
}

void ContactImport::load_uids() {
  contacts::ListRequest request;
  request.fields = contacts::fields_of(std::array{kUid});
  contacts::list_folder(invocation_.work, folder_, request, [&](std::size_t, const Contact& contact) {
    if (contact.uid) taken_uids_.insert(*contact.uid);
  });
}

void ContactImport::claim_uid(Contact& contact) {
  if (!contact.uid) return;
  if (!keeps_uids_ || !taken_uids_.insert(*contact.uid).second) contact.uid.reset();
}

void ContactImport::check_addresses(ImportRecord& record) const {
  if (!invocation_.work.settings().check_mail_addresses) return;
  Contact& contact = record.contact;
  const std::array<std::pair<const char*, contacts::Text*>, 3> addresses{
      {{"email1", &contact.email1}, {"email2", &contact.email2}, {"email3", &contact.email3}}};
  for (const auto& [name, address] : addresses) {
    if (!*address || contacts::is_mail_address(**address)) continue;
    record.warnings.push_back(formats::problem(errors::ie::kValueIgnored, {name, **address}));
    address->reset();
  }
  std::erase_if(contact.distribution_list, [&](const contacts::ListMember& member) {
    if (member.mail && contacts::is_mail_address(*member.mail)) return false;
    record.warnings.push_back(
        formats::problem(errors::ie::kValueIgnored, {"distribution_list", member.mail.value_or("")}));
    return true;
  });
}

/// A card is worth more than its picture: one that cannot be used becomes a warning.
void ContactImport::take_image(ImportRecord& record) const {
  if (!record.image) return;
  try {
    auto picture = contacts::prepare_picture(record.image->bytes, record.image->content_type,
                                             invocation_.work.settings().limits.contact_image);
    record.contact.image1 = std::move(picture.bytes);
    record.contact.image1_content_type = std::move(picture.mime_type);
  } catch (const ApiError& refused) {
    record.warnings.push_back(formats::problem(errors::ie::kValueIgnored, {"PHOTO", refused.what()}));
  }
  record.image.reset();
}

void ContactImport::resolve_members(ImportRecord& record) {
  for (const std::string& uid : record.member_uids) {
    const auto found = members_by_uid_.find(uid);
    if (found == members_by_uid_.end())
      record.warnings.push_back(formats::problem(errors::ie::kValueIgnored, {"MEMBER", uid}));
    else
      record.contact.distribution_list.push_back(found->second);
  }
}

void ContactImport::add(ImportRecord record) {
  const int limit = invocation_.work.settings().limits.import_contacts;
  if (limit >= 0 && elements_.size() >= static_cast<std::size_t>(limit)) {
    ++beyond_limit_;
    return;
  }
  const std::size_t position = elements_.size();
  elements_.emplace_back();
  if (!record.error && !record.member_uids.empty() && groups_.size() < kMaxGroups)
    groups_.emplace_back(position, std::move(record));
  else
    enqueue(position, std::move(record));
}

void ContactImport::enqueue(std::size_t position, ImportRecord record) {
  if (record.error) {
    elements_[position] = problem_element(*record.error);
    return;
  }
  if (const auto refused = too_long(record.contact)) {
    elements_[position] = refused_element(*refused);
    return;
  }
  check_addresses(record);
  take_image(record);
  Waiting waiting{position, {}, std::move(record.warnings), record.contact.uid.value_or("")};
  claim_uid(record.contact);
  record.contact.folder_id = folder_.value;
  waiting.input.sent = filled_fields(record.contact);
  waiting.input.contact = std::move(record.contact);
  if (!waiting.input.contact.distribution_list.empty())
    waiting.input.sent |= contacts::fields_of(std::array{592, 602});
  waiting_bytes_ += weight(waiting.input.contact);
  waiting_.push_back(std::move(waiting));
  if (waiting_.size() >= kChunkRecords || waiting_bytes_ >= kChunkBytes) flush();
}

void ContactImport::flush() {
  if (waiting_.empty()) return;
  std::vector<contacts::ContactInput> inputs;
  inputs.reserve(waiting_.size());
  for (Waiting& waiting : waiting_) inputs.push_back(std::move(waiting.input));
  const std::vector<contacts::CreateOutcome> outcomes = contacts::create_many(invocation_.work, inputs);
  // The next chunk is parsed first: no connection is held meanwhile.
  invocation_.work.release();
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    waiting_[i].input = std::move(inputs[i]);
    if (outcomes[i].error) {
      elements_[waiting_[i].position] = refused_element(*outcomes[i].error);
    } else {
      elements_[waiting_[i].position] = stored_element(waiting_[i], outcomes[i]);
      remember(waiting_[i], outcomes[i].id);
    }
  }
  waiting_.clear();
  waiting_bytes_ = 0;
}

void ContactImport::remember(const Waiting& stored, ObjectId id) {
  const Contact& contact = stored.input.contact;
  if (stored.uid.empty() || !contact.email1 || members_by_uid_.size() >= kMaxRememberedMembers) return;
  contacts::ListMember member;
  member.id = id.value;
  member.folder_id = folder_.value;
  member.mail_field = 1;
  member.mail = contact.email1;
  member.display_name = contact.display_name;
  members_by_uid_.emplace(stored.uid, std::move(member));
}

Json ContactImport::finish() {
  flush();
  for (auto& [position, record] : groups_) {
    resolve_members(record);
    enqueue(position, std::move(record));
  }
  groups_.clear();
  flush();
  if (beyond_limit_ > 0) {
    const auto kept = static_cast<std::int64_t>(elements_.size());
    throw ApiError(errors::ie::kLimitReached, {std::to_string(kept), std::to_string(kept + beyond_limit_)});
  }
  Json data = Json::array();
  for (Json& element : elements_) data.append(std::move(element));
  return data;
}

Json ContactImport::stored_element(const Waiting& waiting, const contacts::CreateOutcome& outcome) const {
  Json element = waiting.warnings.empty() ? Json::object() : problem_element(waiting.warnings.front());
  if (!waiting.warnings.empty()) {
    Json warnings = Json::array();
    for (const formats::Problem& warning : waiting.warnings) warnings.append(problem_element(warning));
    element.set("warnings", std::move(warnings));
  }
  element.set("id", Json::string(std::to_string(outcome.id.value)));
  element.set("folder_id", Json::string(std::to_string(folder_.value)));
  element.set("last_modified", Json::integer(to_zone_time(outcome.timestamp, invocation_.format.zone)));
  return element;
}

Json ContactImport::refused_element(const ApiError& error) const {
  return make_error_envelope(error, invocation_.caller().locale, next_error_id());
}

Json ContactImport::problem_element(const formats::Problem& problem) const {
  return make_error_members(*problem.code, problem.arguments, invocation_.caller().locale, next_error_id());
}

}  // namespace gw::ajax
