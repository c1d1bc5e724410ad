#include "model/settings/config_tree.hpp"

#include <algorithm>
#include <map>

#include "core/errors/account.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/settings/availability.hpp"
#include "model/settings/jslob_presets.hpp"
#include "model/settings/mail_categories.hpp"
#include "model/users/user_directory.hpp"
#include "model/users/user_preferences.hpp"
#include "sql/dialect.hpp"

namespace gw::model::settings {
namespace {

constexpr std::size_t kMaxLeaf = 65'536;
constexpr std::string_view kSelectSettings = "SELECT path,value FROM user_settings WHERE cid=? AND user_id=?";
constexpr std::string_view kSelectSetting =
    "SELECT value FROM user_settings WHERE cid=? AND user_id=? AND path=?";
constexpr std::string_view kInsertSetting =
    "INSERT INTO user_settings (cid,user_id,path,value) VALUES (?,?,?,?)";

/// Two paths of the published list name the same setting: the first is kept under the second.
constexpr std::pair<std::string_view, std::string_view> kSpellings[] = {
    {"modules/mail/colorquoted", "modules/mailcolorquoted"},
    {"modules/mail/deletemail", "mail/harddelete"},
    {"modules/mail/emoticons", "mail/emoticons"},
    {"modules/mail/sendaddress", "mail/sendaddress"},
    {"modules/mail/vcard", "mail/vcard"},
};

std::string_view canonical(std::string_view path) {
  for (const auto& [spelling, kept] : kSpellings)
    if (spelling == path) return kept;
  return path;
}

using Stored = std::map<std::string, Json, std::less<>>;

Stored load_stored(UnitOfWork& work) {
  Stored stored;
  sql::Query row = work.connection().query(kSelectSettings, work.context(), work.caller().user);
  while (row.next())
    if (auto value = Json::parse(row.text(1))) stored.emplace(row.string(0), std::move(*value));
  return stored;
}

/// Missing when the user has not chosen.
Json read_stored(UnitOfWork& work, std::string_view path) {
  sql::Query row = work.connection().query(kSelectSetting, work.context(), work.caller().user, path);
  return row.next() ? Json::parse(row.text(0)).value_or(Json()) : Json();
}

Json leaf_value(const ConfigNode& node, const ConfigSource& source, const Stored& stored) {
  if (node.compute != nullptr) return node.compute(source);
  const std::string_view path = canonical(node.path);
  const auto found = stored.find(path);
  if (path == "modules/mail/contactCollectFolder" && (found == stored.end() || found->second.is_null()))
    return source.user.collected_folder ? Json::integer(source.user.collected_folder.value) : Json::null();
  if (path == kCategoriesPath)
    return to_json(make_mail_categories(source.work.caller(), source.work.settings(),
                                        found == stored.end() ? Json() : found->second, source.work.now()));
  if (found != stored.end()) return found->second;
  if (path == "mail/sendaddress") return Json::string(source.user.mail);
  return *Json::parse(node.fallback);
}

std::string_view normalize(std::string_view path) {
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return path;
}

[[noreturn]] void throw_unknown(std::string_view path) {
  throw ApiError(errors::svl::kBadParameter, {"path", std::string(path)});
}

void check_send_address(UnitOfWork& work, const Json& value) {
  const users::User user = users::load_user(work.connection(), work.context(), work.caller().user);
  const std::string address(value.as_string());
  const bool own = address == user.mail ||
                   std::find(user.aliases.begin(), user.aliases.end(), address) != user.aliases.end();
  if (!own) throw ApiError(errors::svl::kBadParameter, {"sendaddress", address});
}

/// Errors: SVL-0031 more than 64 KiB.
void write_stored(UnitOfWork& work, std::string_view path, const std::string& text) {
  if (text.size() > kMaxLeaf) throw ApiError(errors::svl::kBodyIllegal, {"more than 65536 bytes"});
  work.write([&](Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    connection.execute(sql::upsert(connection.engine(), kInsertSetting, "cid,user_id,path", "value"),
                       work.context(), work.caller().user, path, text);
  });
}

void write_leaf(UnitOfWork& work, const ConfigNode& node, const Json& value) {
  const std::string_view path = canonical(node.path);
  if (path == "language" || path == "timezone") {
    if (!value.is_string()) throw ApiError(errors::svl::kBadParameter, {std::string(path), value.dump()});
    work.write([&](Transaction& transaction) {
      const std::string text(value.as_string());
      if (path == "language")
        users::change_locale(transaction, work.caller().user, text);
      else
        users::change_timezone(transaction, work.caller().user, text);
    });
    return;
  }
  if (path == "mail/sendaddress") check_send_address(work, value);
  const std::string text =
      path == kCategoriesPath
          ? merge_category_choices(work.settings().categories, read_stored(work, path), value).dump()
          : value.dump();
  write_stored(work, path, text);
}

bool is_folder(std::string_view path) {
  const std::string prefix = std::string(path) + "/";
  return std::any_of(config_nodes().begin(), config_nodes().end(),
                     [&](const ConfigNode& node) { return node.path.starts_with(prefix); });
}

void write_children(UnitOfWork& work, const std::string& path, const Json& value) {
  value.for_each_member([&](std::string_view name, const Json& child) {
    const std::string child_path = path.empty() ? std::string(name) : path + "/" + std::string(name);
    if (const ConfigNode* node = find_config_node(child_path)) {
      if (node->writable) write_leaf(work, *node, child);
    } else if (child.is_object()) {
      write_children(work, child_path, child);
    }
  });
}

}  // namespace

ConfigSource load_source(UnitOfWork& work) {
  return {work, users::load_user(work.connection(), work.context(), work.caller().user)};
}

Json read_config(UnitOfWork& work, std::string_view path) {
  path = normalize(path);
  const ConfigSource source = load_source(work);
  const Stored stored = load_stored(work);
  if (const ConfigNode* node = find_config_node(path)) return leaf_value(*node, source, stored);
  if (!path.empty() && !is_folder(path)) throw_unknown(path);
  const std::string prefix = path.empty() ? std::string() : std::string(path) + "/";
  Json tree = Json::object();
  for (const ConfigNode& node : config_nodes())
    if (node.path.starts_with(prefix))
      set_path(tree, node.path.substr(prefix.size()), leaf_value(node, source, stored));
  return tree;
}

MailCategories load_mail_categories(UnitOfWork& work) {
  // Without the categories there is nothing to choose.
  const Json choices =
      has_mail_categories(work.caller(), work.settings()) ? read_stored(work, kCategoriesPath) : Json();
  return make_mail_categories(work.caller(), work.settings(), choices, work.now());
}

void note_category_rules(UnitOfWork& work, bool is_made) {
  const Json before = read_stored(work, kCategoriesPath);
  Json choices = before.is_object() ? before.deep_copy() : Json::object();
  choices.set("rules", is_made ? Json::boolean(true) : Json::integer(work.now().value));
  write_stored(work, kCategoriesPath, choices.dump());
}

void write_config(UnitOfWork& work, std::string_view path, const Json& value) {
  path = normalize(path);
  if (const ConfigNode* node = find_config_node(path)) {
    if (!node->writable) throw ApiError(errors::usr::kNoPermission);
    write_leaf(work, *node, value);
    return;
  }
  if (!value.is_object() || (!path.empty() && !is_folder(path))) throw_unknown(path);
  write_children(work, std::string(path), value);
}

}  // namespace gw::model::settings
