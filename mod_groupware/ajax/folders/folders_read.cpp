// Reading actions of the folders module. Source: spec folders sections 10 and 11.
#include <algorithm>

#include "ajax/chronos/all_calendars.hpp"
#include "ajax/folders/folders_actions.hpp"
#include "ajax/folders/folders_json.hpp"
#include "ajax/mail/mail_tree.hpp"
#include "core/text.hpp"
#include "model/folders/folder_updates.hpp"

namespace gw::ajax::folder_actions {
namespace {

namespace folders = model::folders;

/// `asked`: the id or content type that the request named.
Response answer_rows(Invocation& invocation, folders::Tree& tree, std::vector<folders::Node> nodes,
                     std::string_view asked = {}) {
  if (asks_for_events(asked)) show_as_event_calendars(invocation, nodes);
  Json rows = write_folder_rows(invocation, tree, nodes);
  const Millis newest = newest_of(invocation, nodes);
  return Response::with_data(std::move(rows), newest);
}

}  // namespace

Response root(Invocation& invocation) {
  const FolderSources sources(invocation, folder_columns(invocation));
  folders::Tree tree(invocation.work, parse_tree_view(invocation), sources.list());
  return answer_rows(invocation, tree, tree.list("0", {.unsubscribed_too = true}));
}

Response list(Invocation& invocation) {
  const FolderSources sources(invocation, folder_columns(invocation));
  folders::Tree tree(invocation.work, parse_tree_view(invocation), sources.list());
  const folders::ListOptions options{invocation.arguments.boolean("all"),
                                     invocation.arguments.boolean("errorOnDuplicateName")};
  const std::string_view parent = invocation.arguments.text("parent");
  return answer_rows(invocation, tree, tree.list(parent, options), parent);
}

Response path(Invocation& invocation) {
  const FolderSources sources(invocation, folder_columns(invocation));
  folders::Tree tree(invocation.work, parse_tree_view(invocation), sources.list());
  const std::string_view id = invocation.arguments.text("id");
  return answer_rows(invocation, tree, tree.path(id), id);
}

Response get(Invocation& invocation) {
  const FolderSources sources(invocation);
  folders::Tree tree(invocation.work, parse_tree_view(invocation), sources.list());
  const std::string_view id = invocation.arguments.text("id");
  std::vector<folders::Node> nodes{tree.get(id)};
  if (asks_for_events(id)) show_as_event_calendars(invocation, nodes);
  folders::Wanted wanted = folders::Wanted::for_object();
  // Folder 6 has an entry for every user of the context: resolved only when asked for as a column.
  if (nodes.front().stored.value < folders::kFirstOrdinaryId) wanted.extended_permissions = false;
  tree.complete(nodes, wanted);
  Json object = model::write_object(nodes.front(), folders::folder_fields(), invocation.format);
  return Response::with_data(std::move(object), nodes.front().last_modified);
}

Response updates(Invocation& invocation) {
  const Millis since{invocation.arguments.integer("timestamp")};
  const auto found = folders::list_updates(invocation.work, parse_tree_view(invocation), since,
                                           folders::Wanted::from_columns(folder_columns(invocation)));
  Json rows = write_folder_rows(invocation, found.changed);
  const auto ignored = split(invocation.arguments.text("ignore"), ',');
  if (std::find(ignored.begin(), ignored.end(), "deleted") == ignored.end())
    for (const std::string& id : found.gone) rows.append(Json::string(id));
  return Response::with_data(std::move(rows), found.timestamp);
}

Response all_visible(Invocation& invocation) {
  const model::ObjectModule module = parse_content_type(invocation);
  const FolderSources sources(invocation, folder_columns(invocation));
  const folders::TreeView view = parse_tree_view(invocation);
  folders::Tree tree(invocation.work, view, sources.list());
  folders::Tree::ByType groups = tree.visible(module);
  if (module == model::ObjectModule::Mail) groups.own = sources.mail()->all(view);
  const bool is_for_events = asks_for_events(invocation.arguments.text("content_type"));
  if (is_for_events)
    if (auto birthdays = calendars_of(invocation).birthday_folder(invocation.work, view.locale))
      groups.own.push_back(std::move(*birthdays));
  for (auto* group : {&groups.own, &groups.shared_by_all, &groups.shared}) {
    if (is_for_events)
      show_as_event_calendars(invocation, *group);
    else
      drop_account_calendars(*group);
  }
  Json data = Json::object();
  data.set("private", write_folder_rows(invocation, tree, groups.own));
  data.set("public", write_folder_rows(invocation, tree, groups.shared_by_all));
  data.set("shared", write_folder_rows(invocation, tree, groups.shared));
  Millis newest;
  for (const auto* group : {&groups.own, &groups.shared_by_all, &groups.shared})
    if (!group->empty()) newest = std::max(newest, newest_of(invocation, *group));
  return Response::with_data(std::move(data), newest.value > 0 ? newest : newest_of(invocation, {}));
}

Response shares(Invocation& invocation) {
  const model::ObjectModule module = parse_content_type(invocation);
  folders::Tree tree(invocation.work, parse_tree_view(invocation));
  return answer_rows(invocation, tree, tree.shares(module, invocation.arguments.boolean("all")),
                     invocation.arguments.text("content_type"));
}

}  // namespace gw::ajax::folder_actions
