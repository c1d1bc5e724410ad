#include "model/settings/jslob_service.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/settings/config_tree.hpp"
#include "model/settings/jslob_presets.hpp"
#include "sql/dialect.hpp"

namespace gw::model::settings {
namespace {

constexpr std::size_t kMaxIds = 200;
constexpr std::size_t kMaxIdLength = 190;
constexpr std::string_view kSelectJslob =
    "SELECT tree FROM jslobs WHERE cid=? AND user_id=? AND service=? AND id=?";
constexpr std::string_view kSelectIds =
    "SELECT id FROM jslobs WHERE cid=? AND user_id=? AND service=? ORDER BY id";
constexpr std::string_view kInsertJslob =
    "INSERT INTO jslobs (cid,user_id,service,id,tree,last_modified) VALUES (?,?,?,?,?,?)";
constexpr std::string_view kDelete = "DELETE FROM jslobs WHERE cid=? AND user_id=? AND service=? AND id=?";

void check_id(std::string_view id) {
  if (id.empty() || id.size() > kMaxIdLength || has_control_characters(id))
    throw ApiError(errors::svl::kBadParameter, {"id", std::string(id.substr(0, kMaxIdLength))});
}

Json load_tree(sql::Connection& connection, const Caller& caller, std::string_view service,
               std::string_view id) {
  sql::Query row = connection.query(kSelectJslob, caller.context, caller.user, service, id);
  if (!row.next()) return Json::object();
  auto tree = Json::parse(row.text(0));
  return tree && tree->is_object() ? std::move(*tree) : Json::object();
}

/// The server's part of a document: what is merged on read and taken out again on write.
struct ServerPart {
  std::vector<Preset> presets;
  std::vector<std::pair<DerivedPath, Json>> derived;
};

ServerPart load_server_part(UnitOfWork& work, std::string_view service, std::string_view id) {
  ServerPart part;
  if (service != kConfigService) return part;
  for (Preset& preset : parse_presets(work.settings()))
    if (preset.document == id) part.presets.push_back(std::move(preset));
  Json config;
  for (const DerivedPath& row : derived_paths()) {
    if (row.document != id) continue;
    if (config.is_missing()) config = read_config(work, "");
    part.derived.emplace_back(row, get_path(config, row.config));
  }
  return part;
}

bool is_writable(std::string_view config_path) {
  const ConfigNode* node = find_config_node(config_path);
  return node != nullptr && node->writable;
}

Json document(UnitOfWork& work, std::string_view service, const std::string& id) {
  Json tree = load_tree(work.connection(), work.caller(), service, id);
  Json meta = Json::object();
  const ServerPart part = load_server_part(work, service, id);
  for (const Preset& preset : part.presets) {
    if (preset.is_protected || get_path(tree, preset.path).is_missing())
      set_path(tree, preset.path, preset.value);
    if (preset.is_protected) set_path(meta, preset.path + "/configurable", Json::boolean(false));
  }
  for (const auto& [row, value] : part.derived) {
    set_path(tree, row.path, value);
    if (!is_writable(row.config))
      set_path(meta, std::string(row.path) + "/configurable", Json::boolean(false));
  }
  Json out = Json::object();
  out.set("id", Json::string(id));
  out.set("tree", std::move(tree));
  out.set("meta", std::move(meta));
  return out;
}

void store(UnitOfWork& work, std::string_view service, std::string_view id, const Json& tree) {
  const std::string text = tree.dump();
  if (static_cast<std::int64_t>(text.size()) > work.settings().limits.jslob)
    throw ApiError(errors::svl::kBodyIllegal, {"the document is larger than " +
                                               std::to_string(work.settings().limits.jslob) + " bytes"});
  work.write([&](Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    const Millis stamp = transaction.stamp();
    if (tree.size() == 0)
      connection.execute(kDelete, work.context(), work.caller().user, service, id);
    else
      connection.execute(
          sql::upsert(connection.engine(), kInsertJslob, "cid,user_id,service,id", "tree,last_modified"),
          work.context(), work.caller().user, service, id, text, stamp);
  });
}

/// Takes the server's values out of what a client sends back; differing writable ones go to the config tree.
void take_out_server_part(UnitOfWork& work, std::string_view service, std::string_view id, Json& tree) {
  const ServerPart part = load_server_part(work, service, id);
  for (const Preset& preset : part.presets) {
    const Json sent = get_path(tree, preset.path);
    if (preset.is_protected || (!sent.is_missing() && sent.equals(preset.value)))
      remove_path(tree, preset.path);
  }
  for (const auto& [row, value] : part.derived) {
    const Json sent = get_path(tree, row.path);
    if (!sent.is_missing() && !sent.equals(value) && is_writable(row.config))
      write_config(work, row.config, sent);
    remove_path(tree, row.path);
  }
}

void merge(Json& target, const Json& changes) {
  changes.for_each_member([&](std::string_view name_view, const Json& value) {
    const std::string name(name_view);
    Json current = target.get(name.c_str());
    if (current.is_object() && value.is_object())
      merge(current, value);
    else
      target.set(name, value.deep_copy());
  });
}

}  // namespace

std::string_view resolve_service(std::string_view name) {
  if (name.empty() || name == "config" || name == kConfigService) return kConfigService;
  if (name == "shared" || name == kSharedService) return kSharedService;
  throw ApiError(errors::svl::kBadParameter, {"serviceId", std::string(name)});
}

Json list_documents(UnitOfWork& work, std::string_view service, const std::vector<std::string>& ids) {
  if (ids.size() > kMaxIds) throw ApiError(errors::svl::kBodyIllegal, {"more than 200 ids"});
  Json list = Json::array();
  for (const std::string& id : ids) list.append(document(work, service, id));
  return list;
}

Json all_documents(UnitOfWork& work, std::string_view service) {
  std::set<std::string> ids;
  {
    sql::Query row = work.connection().query(kSelectIds, work.context(), work.caller().user, service);
    while (row.next()) ids.insert(row.string(0));
  }
  if (service == kConfigService) {
    for (const DerivedPath& row : derived_paths()) ids.emplace(row.document);
    for (const Preset& preset : parse_presets(work.settings())) ids.insert(preset.document);
  }
  Json list = Json::array();
  for (const std::string& id : ids) list.append(document(work, service, id));
  return list;
}

void set_document(UnitOfWork& work, std::string_view service, std::string_view id, const Json& tree) {
  check_id(id);
  Json own = tree.is_object() ? tree.deep_copy() : Json::object();
  take_out_server_part(work, service, id, own);
  store(work, service, id, own);
}

void update_document(UnitOfWork& work, std::string_view service, std::string_view id, const Json& changes) {
  check_id(id);
  Json own = changes.is_object() ? changes.deep_copy() : Json::object();
  take_out_server_part(work, service, id, own);
  Json tree = load_tree(work.connection(), work.caller(), service, id);
  merge(tree, own);
  store(work, service, id, tree);
}

}  // namespace gw::model::settings
