// infostore: all, list, updates, search, shares, versions.
#include <algorithm>

#include "ajax/infostore/infostore_actions.hpp"
#include "ajax/infostore/infostore_input.hpp"
#include "ajax/list_window.hpp"
#include "ajax/share/share_address.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/infostore/infostore_search.hpp"
#include "model/infostore/item_fields.hpp"

namespace gw::ajax::infostore_actions {
namespace {

namespace infostore = model::infostore;
using ItemRows = RowText<infostore::Item>;

ItemRows make_rows(const Invocation& invocation) { return {invocation, infostore::item_fields()}; }

infostore::ListRequest make_request(const Arguments& arguments, const ListWindow& window = {}) {
  const SortOrder order = parse_sort_order(arguments);
  return {{order.column, order.descending}, window.left, window.right};
}

/// Column 7010 costs further queries.
void complete(const Invocation& invocation, const ItemRows& rows, std::vector<infostore::Item>& items) {
  const int extended = model::find_column(infostore::item_fields(), infostore::kExtendedColumn);
  const auto& columns = rows.columns();
  if (std::find(columns.begin(), columns.end(), extended) != columns.end())
    infostore::extend_permissions(invocation.work, items, share_base(invocation.request));
}

Response answer(const Invocation& invocation, infostore::ItemList found) {
  ItemRows rows = make_rows(invocation);
  complete(invocation, rows, found.items);
  for (const infostore::Item& item : found.items) rows.add(item);
  return Response::with_text(rows.join_as_arrived(), found.timestamp);
}

/// `start` and `end` are indexes, both inclusive; `limit` counts.
ListWindow search_window(const Arguments& arguments) {
  ListWindow window{arguments.integer("start"), arguments.optional_integer("end")};
  if (window.left < 0 || (window.right && *window.right < window.left))
    throw ApiError(errors::svl::kBadParameter, {"end", std::string(arguments.text("end"))});
  if (window.right) ++*window.right;
  return parse_limit(arguments, window);
}

}  // namespace

Response all(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const ListWindow window = parse_limit(arguments, parse_limits(arguments));
  const infostore::ListRequest request = make_request(arguments, window);
  const FolderId folder = parse_file_folder(arguments.text("folder"));
  return answer(invocation, infostore::list_folder(invocation.work, folder, request));
}

Response list(Invocation& invocation) {
  const auto refs = parse_file_refs(invocation.body);
  return answer(invocation, infostore::list_refs(invocation.work, refs));
}

Response updates(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  ItemRows rows = make_rows(invocation);
  const FolderId folder = parse_file_folder(arguments.text("folder"));
  auto found = infostore::updates(invocation.work, folder, Millis{arguments.integer("timestamp")},
                                  make_request(arguments).sort);
  complete(invocation, rows, found.changed.items);
  for (const infostore::Item& item : found.changed.items) rows.add(item);
  std::vector<std::string> removed;
  // Files name deleted ids unless a client asks not to (spec conventions section 6).
  if (arguments.text("ignore") != "deleted")
    for (const infostore::ItemRef& ref : found.removed) removed.push_back(format_file_ref(ref));
  return Response::with_text(rows.join_as_arrived(removed), found.timestamp);
}

Response search(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with pattern"});
  infostore::SearchQuery query;
  query.pattern = invocation.body.get("pattern").to_text().value_or("");
  if (const auto folder = trim(arguments.text("folder")); !folder.empty())
    query.folder = parse_file_folder(folder);
  query.include_subfolders = arguments.boolean("includeSubfolders");
  const infostore::ListRequest request = make_request(arguments, search_window(arguments));
  return answer(invocation, infostore::search(invocation.work, query, request));
}

Response shares(Invocation& invocation) {
  const infostore::ListRequest request = make_request(invocation.arguments);
  return answer(invocation, infostore::list_shares(invocation.work, request));
}

Response versions(Invocation& invocation) {
  const infostore::Sort sort = make_request(invocation.arguments).sort;
  return answer(invocation, infostore::list_versions(invocation.work, asked_item(invocation), sort));
}

}  // namespace gw::ajax::infostore_actions
