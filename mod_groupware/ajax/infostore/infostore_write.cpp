// infostore: move, delete, restore.
#include "ajax/infostore/infostore_actions.hpp"
#include "ajax/infostore/infostore_input.hpp"
#include "core/errors/infostore.hpp"

namespace gw::ajax::infostore_actions {
namespace {

namespace infostore = model::infostore;

/// The ids that were refused.
Response answer_bulk(const infostore::BulkResult& result) {
  Json refused = Json::array();
  for (const infostore::Refused& one : result.refused) refused.append(Json::string(format_file_ref(one.ref)));
  return Response::with_data(std::move(refused), result.timestamp);
}

/// A request about one file that is refused has failed, and its error tells why; among several it is one that
/// was left.
Response answer_moved(const infostore::BulkResult& result, std::size_t asked) {
  if (asked == 1 && result.refused.size() == 1) throw ApiError(result.refused.front().error);
  return answer_bulk(result);
}

}  // namespace

Response move_one(Invocation& invocation) {
  const Arguments& arguments = invocation.arguments;
  const infostore::ItemRef ref = infostore::parse_item_id(arguments.text("id"));
  const FolderId target = parse_file_folder(arguments.text("folder"));
  return answer_moved(
      infostore::move(invocation.work, std::span(&ref, 1), target, known_timestamp(arguments)), 1);
}

Response move(Invocation& invocation) {
  const auto refs = parse_file_refs(invocation.body);
  const FolderId target = parse_file_folder(invocation.arguments.text("folder"));
  return answer_moved(infostore::move(invocation.work, refs, target, known_timestamp(invocation.arguments)),
                      refs.size());
}

Response remove(Invocation& invocation) {
  const auto refs = parse_file_refs(invocation.body);
  const auto result = infostore::remove(invocation.work, refs, known_timestamp(invocation.arguments),
                                        invocation.arguments.boolean("hardDelete"));
  // Gone and changed files are what the list of ids is for, also of one file.
  if (refs.size() == 1 && result.refused.size() == 1) {
    const ApiError& error = result.refused.front().error;
    if (error.code() != errors::ifo::kNotFound && error.code() != errors::ifo::kChanged)
      throw ApiError(error);
  }
  return answer_bulk(result);
}

Response restore(Invocation& invocation) {
  const auto refs = parse_file_refs(invocation.body);
  Json data = Json::array();
  for (const infostore::Restored& restored : infostore::restore(invocation.work, refs)) {
    Json path = Json::array();
    for (std::size_t i = 0; i < restored.path.size(); ++i) {
      Json folder = Json::object();
      if (i < restored.folders.size())
        folder.set("id", Json::string(std::to_string(restored.folders[i].value)));
      folder.set("title", Json::string(restored.path[i]));
      path.append(std::move(folder));
    }
    Json entry = Json::object();
    entry.set("id", Json::string(format_file_ref(restored.ref)));
    entry.set("path", std::move(path));
    data.append(std::move(entry));
  }
  return Response::with_data(std::move(data));
}

}  // namespace gw::ajax::infostore_actions
