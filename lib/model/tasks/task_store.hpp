// The tables of tasks: every SQL statement of this folder is behind this header. No rights, no rules, no
// stamps here.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/field.hpp"
#include "model/folders/classified_content.hpp"
#include "model/participant_search.hpp"
#include "model/tasks/task.hpp"
#include "sql/connection.hpp"

namespace gw::model::tasks::store {

/// Which rows to read. Only one of the two lists may be long; it is cut into several statements.
struct Condition {
  /// A task comes once for each of these folders that it appears in. Empty: each of its folders.
  std::vector<FolderId> folders;
  std::vector<ObjectId> ids;
  std::optional<Millis> changed_after;
  /// Folded texts that must all occur in the search text; only a prefilter.
  std::vector<std::string> pieces;
  /// The same, there or in the name of an attached file.
  std::vector<std::string> pieces_or_names;
  std::vector<ParticipantCondition> participants;  ///< all must hold
  std::vector<std::int64_t> statuses;              ///< one of these; empty: no matter
  std::optional<bool> is_series;
};

/// `fields` plus what the computed ones among them are made of, and what every decision needs: id, folder,
/// creator, private flag, last change.
FieldSet with_dependencies(FieldSet fields);

/// Calls `visit` for each row; the same object is filled again and again. `visit` must not use the
/// connection. Participants and alarms are not read.
void scan(sql::Connection& connection, ContextId context, const FieldSet& fields, const Condition& condition,
          const std::function<void(const Task&)>& visit);
/// Where it lies at home: folder_id is that of the home.
std::optional<Task> find_home(sql::Connection& connection, ContextId context, const FieldSet& fields,
                              ObjectId id);
/// As it appears in that folder.
std::optional<Task> find_in(sql::Connection& connection, ContextId context, const FieldSet& fields,
                            FolderId folder, ObjectId id);

/// The folded searchable texts, each between two separators.
std::string search_text(const Task& task);

void insert(sql::Connection& connection, ContextId context, const Task& task);
/// Writes every column.
void update(sql::Connection& connection, ContextId context, const Task& task);
/// Only what every change moves: modified_by and last_modified, also of its places.
void touch(sql::Connection& connection, ContextId context, ObjectId id, UserId modifier, Millis stamp);
void set_attachments(sql::Connection& connection, ContextId context, ObjectId id, std::int64_t number,
                     Millis newest);
/// Removes rows with participants and places.
void remove(sql::Connection& connection, ContextId context, std::span<const ObjectId> ids);

/// The home comes first.
std::vector<Place> load_places(sql::Connection& connection, ContextId context, ObjectId id);
void replace_places(sql::Connection& connection, ContextId context, ObjectId id,
                    std::span<const Place> places, Millis stamp);

struct Members {
  std::vector<Participant> participants;
  std::vector<TaskUser> users;  ///< the removed ones too
};
using MembersOf = std::map<std::int64_t, Members>;
MembersOf load_members(sql::Connection& connection, ContextId context, std::span<const ObjectId> tasks);
void replace_members(sql::Connection& connection, ContextId context, const Task& task);
void confirm(sql::Connection& connection, ContextId context, ObjectId id, const TaskUser& user);

/// Tasks of the context; stops counting at `limit`.
std::int64_t count_context(sql::Connection& connection, ContextId context, std::int64_t limit);
/// `user`: whose own are counted.
folders::ClassifiedCount count_folder(sql::Connection& connection, ContextId context, FolderId folder,
                                      UserId user);
/// In ascending order.
std::vector<ObjectId> ids_of_folder(sql::Connection& connection, ContextId context, FolderId folder);
/// Private tasks that a user created.
std::vector<ObjectId> private_ids_of(sql::Connection& connection, ContextId context, UserId user);
/// Tasks that a user takes part in or has in a folder of his.
std::vector<ObjectId> ids_with_user(sql::Connection& connection, ContextId context, UserId user);
/// Tasks that a user created.
std::vector<ObjectId> ids_created_by(sql::Connection& connection, ContextId context, UserId user);
void change_creator(sql::Connection& connection, ContextId context, UserId from, UserId to);

}  // namespace gw::model::tasks::store
