// The file stores of a context: the server's own (GroupwareFileStore), and those the context names for itself
// in rows of its own, so that they go with it to another database. Each file tells which one keeps it, so
// files can be moved one by one while everybody works. Source: spec infostore 12 "Registration"; design
// section 7.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ids.hpp"
#include "filestore/file_store.hpp"
#include "sql/connection.hpp"

namespace gw::model::files {

/// 0 is the server's own store. Numbers of a context are never used again.
using StoreNumber = std::int64_t;
inline constexpr StoreNumber kServerStore = 0;

struct NamedStore {
  StoreNumber number = kServerStore;
  std::string uri;
  /// New files go there. At most one; without one they go to the server's own.
  bool takes_new = false;
};
/// Without the server's own. Ascending. Cost: one query.
std::vector<NamedStore> list_stores(sql::Connection& connection, ContextId context);
StoreNumber store_for_new(const std::vector<NamedStore>& stores);

void insert_store(sql::Connection& connection, ContextId context, const NamedStore& store);
/// Of a store that keeps no file.
void delete_store(sql::Connection& connection, ContextId context, StoreNumber number);
/// kServerStore: none of the named ones.
void set_store_for_new(sql::Connection& connection, ContextId context, StoreNumber number);

/// What rows keep: `7:<id of the store>`, or the id alone for the server's own store.
std::string place_id(StoreNumber number, std::string_view id);
/// The two parts of it. A store's own id never has a colon.
std::pair<StoreNumber, std::string_view> split_place(std::string_view place);

/// A store by its address, opened once per process, so that all contexts share its connections. Threads: any,
/// after fork. Errors: std::invalid_argument when the address cannot be used.
std::shared_ptr<const filestore::StoreRoot> shared_root(const std::string& uri);

}  // namespace gw::model::files
