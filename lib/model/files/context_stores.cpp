#include "model/files/context_stores.hpp"

#include <map>
#include <mutex>

#include "core/text.hpp"

namespace gw::model::files {
namespace {

constexpr std::string_view kListStores =
    "SELECT number,uri,takes_new FROM file_stores WHERE cid=? ORDER BY number";
constexpr std::string_view kInsertStore =
    "INSERT INTO file_stores (cid,number,uri,takes_new) VALUES (?,?,?,?)";
constexpr std::string_view kDeleteStore = "DELETE FROM file_stores WHERE cid=? AND number=?";
constexpr std::string_view kTakeNoNew = "UPDATE file_stores SET takes_new=0 WHERE cid=?";
constexpr std::string_view kTakeNew = "UPDATE file_stores SET takes_new=1 WHERE cid=? AND number=?";

}  // namespace

std::vector<NamedStore> list_stores(sql::Connection& connection, ContextId context) {
  std::vector<NamedStore> stores;
  sql::Query row = connection.query(kListStores, context);
  while (row.next()) stores.push_back({row.integer(0), row.string(1), row.integer(2) != 0});
  return stores;
}

StoreNumber store_for_new(const std::vector<NamedStore>& stores) {
  for (const NamedStore& store : stores)
    if (store.takes_new) return store.number;
  return kServerStore;
}

void insert_store(sql::Connection& connection, ContextId context, const NamedStore& store) {
  connection.execute(kInsertStore, context, store.number, store.uri, store.takes_new ? 1 : 0);
}

void delete_store(sql::Connection& connection, ContextId context, StoreNumber number) {
  connection.execute(kDeleteStore, context, number);
}

void set_store_for_new(sql::Connection& connection, ContextId context, StoreNumber number) {
  connection.execute(kTakeNoNew, context);
  if (number != kServerStore) connection.execute(kTakeNew, context, number);
}

std::string place_id(StoreNumber number, std::string_view id) {
  return number == kServerStore ? std::string(id) : std::to_string(number) + ":" + std::string(id);
}

std::pair<StoreNumber, std::string_view> split_place(std::string_view place) {
  const std::size_t colon = place.find(':');
  if (colon == std::string_view::npos) return {kServerStore, place};
  const auto number = parse_integer(place.substr(0, colon));
  // No such store: whoever opens it is told that the file is missing.
  return {number && *number > 0 ? *number : -1, place.substr(colon + 1)};
}

std::shared_ptr<const filestore::StoreRoot> shared_root(const std::string& uri) {
  struct Roots {
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<const filestore::StoreRoot>, std::less<>> by_uri;
  };
  // Never destroyed: a static object would run its exit handler in every forked process.
  static Roots* const roots = new Roots;
  {
    const std::lock_guard lock(roots->mutex);
    if (const auto known = roots->by_uri.find(uri); known != roots->by_uri.end()) return known->second;
  }
  // Outside of the lock: it may read a file with a key.
  std::shared_ptr<const filestore::StoreRoot> made = filestore::make_store_root(uri);
  const std::lock_guard lock(roots->mutex);
  return roots->by_uri.try_emplace(uri, std::move(made)).first->second;
}

}  // namespace gw::model::files
