#include "model/contacts/contact_members.hpp"

#include <algorithm>
#include <array>

#include "core/error.hpp"
#include "core/errors/contact.hpp"
#include "model/contacts/contact_codecs.hpp"
#include "model/contacts/contact_rules.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/contact_store.hpp"

namespace gw::model::contacts {
namespace {

/// What a list shows of a contact.
struct Referenced {
  std::int64_t folder_id = 0;
  Text display_name;
  Text sort_name;
  std::array<Text, 3> mails;
};
using ReferencedById = std::unordered_map<std::int64_t, Referenced>;

Text own_sort_name(const ListMember& member) {
  return member.display_name ? member.display_name : member.mail;
}

ReferencedById load_referenced(sql::Connection& connection, const Caller& caller, FolderLookup& folders,
                               std::vector<ObjectId> ids) {
  ReferencedById found;
  if (ids.empty()) return found;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const FieldSet fields = store::with_dependencies(fields_of(std::array{500, 555, 556, 557, 607}));
  std::vector<Contact> rows;
  // The folder look-up needs the connection, so the rows are judged after the scan.
  store::scan(connection, caller.context, {fields, caller.user}, {.ids = std::move(ids)},
              [&](const Contact& row) { rows.push_back(row); });
  for (Contact& row : rows) {
    if (!folders.is_visible(row)) continue;
    const std::string_view name = sort_name(row);
    found[row.id] = {row.folder_id,
                     row.display_name,
                     name.empty() ? Text() : Text(std::string(name)),
                     {row.email1, row.email2, row.email3}};
  }
  return found;
}

/// False when the member does not refer to a contact that the caller may read.
bool refresh(ListMember& member, const ReferencedById& referenced) {
  const auto entry = member.mail_field == 0 ? referenced.end() : referenced.find(member.id);
  if (entry == referenced.end()) {
    member.id = member.folder_id = member.mail_field = 0;
    return false;
  }
  const Referenced& contact = entry->second;
  member.folder_id = contact.folder_id;
  if (contact.display_name) member.display_name = contact.display_name;
  if (contact.sort_name) member.sort_name = contact.sort_name;
  const Text& mail = contact.mails.at(static_cast<std::size_t>(member.mail_field - 1));
  if (mail) member.mail = mail;
  return true;
}

void collect_references(const std::vector<ListMember>& members, std::vector<ObjectId>& ids) {
  for (const ListMember& member : members)
    if (member.mail_field != 0) ids.emplace_back(member.id);
}

}  // namespace

void attach_members(sql::Connection& connection, const Caller& caller, FolderLookup& folders,
                    std::span<Contact* const> lists) {
  if (lists.empty()) return;
  std::vector<ObjectId> list_ids;
  for (const Contact* list : lists) list_ids.emplace_back(list->id);
  store::MembersOf members = store::load_members(connection, caller.context, list_ids);
  std::vector<ObjectId> references;
  for (const auto& [list, entries] : members) collect_references(entries, references);
  const ReferencedById referenced = load_referenced(connection, caller, folders, std::move(references));
  for (Contact* list : lists) {
    list->distribution_list = std::move(members[list->id]);
    for (ListMember& member : list->distribution_list) {
      refresh(member, referenced);
      if (!member.sort_name) member.sort_name = own_sort_name(member);
    }
  }
}

void complete_members(sql::Connection& connection, const Caller& caller, FolderLookup& folders, Contact& list,
                      bool check_addresses) {
  std::vector<ObjectId> references;
  collect_references(list.distribution_list, references);
  const ReferencedById referenced = load_referenced(connection, caller, folders, std::move(references));
  for (ListMember& member : list.distribution_list) {
    if (!refresh(member, referenced) || !member.sort_name) member.sort_name = own_sort_name(member);
    if (!member.mail) throw ApiError(errors::con::kListMemberAddress);
    if (check_addresses && !is_mail_address(*member.mail))
      throw ApiError(errors::con::kBadMailAddress, {*member.mail}, {{592, "distribution_list", -1, -1}});
  }
}

}  // namespace gw::model::contacts
