#include "model/contacts/contact_listing.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_members.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contexts/context_directory.hpp"

namespace gw::model::contacts {
namespace {

UserId find_admin(sql::Connection& connection, ContextId context) {
  const auto found = contexts::find_context(connection, context);
  return found ? found->admin : UserId{};
}

bool includes(const FieldSet& fields, int column) { return (fields & fields_of(std::array{column})).any(); }

}  // namespace

Listing::Listing(UnitOfWork& work, sql::Connection& connection, const ListRequest& request,
                 const Visitor& visit, const FieldSet& extra, NaturalKey natural)
    : caller_(work.caller()),
      connection_(connection),
      request_(request),
      visit_(visit),
      natural_(std::move(natural)),
      keys_(request.sort, work.caller()),
      uses_sort_(request.sort.column != 0 && keys_.is_usable()),
      wants_members_(includes(request.fields, 592)) {
  fields_ = request.fields | extra;
  if (uses_sort_) fields_ |= keys_.fields();
  fields_ = store::with_dependencies(fields_);
  if (request.without_admin) hidden_admin_ = find_admin(connection, caller_.context);
}

void Listing::add(const Contact& contact) {
  if (hidden_admin_ && contact.user_id == hidden_admin_.value) return;
  const std::size_t arrival = entries_.size();
  std::string key;
  if (uses_sort_)
    key = keys_.key(contact);
  else if (natural_)
    key = natural_(contact);
  else
    key = KeyBuilder().number(contact.id).take();
  entries_.push_back({std::move(key), contact.id, arrival, contact.last_modified});
  if (wants_members_ && contact.number_of_distribution_list > 0)
    waiting_.emplace_back(arrival, contact);
  else
    visit_(arrival, contact);
}

void Listing::hand_out_lists(FolderLookup& folders) {
  std::vector<Contact*> lists;
  lists.reserve(waiting_.size());
  for (auto& [arrival, contact] : waiting_) lists.push_back(&contact);
  attach_members(connection_, caller_, folders, lists);
  for (const auto& [arrival, contact] : waiting_) visit_(arrival, contact);
  waiting_.clear();
}

ListResult Listing::finish(FolderLookup& folders) {
  hand_out_lists(folders);
  std::vector<const Entry*> entries;
  entries.reserve(entries_.size());
  for (const Entry& entry : entries_) entries.push_back(&entry);
  const bool descending =
      uses_sort_ ? keys_.is_descending() : request_.sort.column == 0 && request_.sort.descending;
  std::sort(entries.begin(), entries.end(), [descending](const Entry* a, const Entry* b) {
    const int order = descending ? b->key.compare(a->key) : a->key.compare(b->key);
    return order != 0 ? order < 0 : a->id < b->id;
  });
  const auto size = static_cast<std::int64_t>(entries.size());
  const std::int64_t left = std::clamp<std::int64_t>(request_.left, 0, size);
  const std::int64_t right = std::clamp<std::int64_t>(request_.right.value_or(size), left, size);
  return deliver({entries.begin() + left, entries.begin() + right});
}

ListResult Listing::finish_as(FolderLookup& folders, const std::vector<std::int64_t>& ids) {
  hand_out_lists(folders);
  std::unordered_map<std::int64_t, std::size_t> arrival_by_id;
  for (const Entry& entry : entries_) arrival_by_id.emplace(entry.id, entry.arrival);
  std::vector<const Entry*> entries;
  entries.reserve(ids.size());
  for (const std::int64_t id : ids)
    if (const auto found = arrival_by_id.find(id); found != arrival_by_id.end())
      entries.push_back(&entries_[found->second]);
  return deliver(entries);
}

ListResult Listing::deliver(const std::vector<const Entry*>& entries) const {
  ListResult result;
  result.order.reserve(entries.size());
  for (const Entry* entry : entries) {
    result.order.push_back(entry->arrival);
    result.timestamp = std::max(result.timestamp, entry->last_modified);
  }
  return result;
}

ListResult with_timestamp(ListResult result, sql::Connection& connection, const Caller& caller) {
  if (result.order.empty()) result.timestamp = last_stamp(connection, caller.context);
  return result;
}

}  // namespace gw::model::contacts
