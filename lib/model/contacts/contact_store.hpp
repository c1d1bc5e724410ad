// The tables of contacts: every SQL statement of this folder is behind this header. No rights, no rules, no
// stamps here.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/contacts/contact.hpp"
#include "model/field.hpp"
#include "model/folders/classified_content.hpp"
#include "sql/connection.hpp"

namespace gw::model::contacts::store {

/// Days of a year that begin at `from`.
struct YearWindow {
  Date from;
  std::int32_t days = 0;
};

/// Which rows to read. Only one of the three lists may be long; each is cut into several statements.
struct Condition {
  std::vector<FolderId> folders;
  std::vector<ObjectId> ids;
  std::vector<UserId> users;
  /// Folded addresses; a row that has two of them comes twice.
  std::vector<std::string> addresses;
  std::optional<Millis> changed_after;
  bool has_birthday = false;
  bool has_anniversary = false;
  /// Birthdays around these days of any year; some more are read. Only a prefilter.
  std::optional<YearWindow> born_around;
  /// Folded pieces of text of which all (or, with `any_piece`, one) must occur in the search text. Only a
  /// prefilter.
  std::vector<std::string> pieces;
  bool any_piece = false;
};

/// What to read of each row. `fields` are rows of contact_fields(); the use count is that of `reader`.
struct Selection {
  FieldSet fields;
  UserId reader;
  bool original_vcard = false;
};

/// `fields` plus what the computed ones among them are made of, and what every decision needs: id, folder,
/// creator, private flag, last change, user id, number of list members.
FieldSet with_dependencies(FieldSet fields);

/// Calls `visit` for each row; the same object is filled again and again. `visit` must not use the
/// connection. Members of distribution lists are not read.
void scan(sql::Connection& connection, ContextId context, const Selection& selection,
          const Condition& condition, const std::function<void(const Contact&)>& visit);
std::optional<Contact> find(sql::Connection& connection, ContextId context, const Selection& selection,
                            ObjectId id);

/// The folded searchable texts, each between two separators.
std::string search_text(const Contact& contact);

void insert(sql::Connection& connection, ContextId context, const Contact& contact);
/// Writes every column but the original vCard, which is written when the contact holds one.
void update(sql::Connection& connection, ContextId context, const Contact& contact);
void set_attachments(sql::Connection& connection, ContextId context, ObjectId id, std::int64_t number,
                     Millis newest, UserId modifier, Millis stamp);
/// Removes rows with members, addresses, pictures and use counts.
void remove(sql::Connection& connection, ContextId context, std::span<const ObjectId> ids);

using MembersOf = std::map<std::int64_t, std::vector<ListMember>>;
MembersOf load_members(sql::Connection& connection, ContextId context, std::span<const ObjectId> lists);
void replace_members(sql::Connection& connection, ContextId context, ObjectId list,
                     std::span<const ListMember> members);
/// Keeps the table of folded addresses in step with email1, email2, email3.
void replace_addresses(sql::Connection& connection, ContextId context, const Contact& contact, bool is_new);
/// How addresses are compared: folded, at most 255 characters.
std::string fold_address(std::string_view address);

struct Picture {
  std::string bytes;
  std::string mime_type;
  Millis last_modified;
};
void store_picture(sql::Connection& connection, ContextId context, ObjectId contact, const Picture& picture);
void remove_picture(sql::Connection& connection, ContextId context, ObjectId contact);
std::optional<Picture> find_picture(sql::Connection& connection, ContextId context, ObjectId contact);

/// Contacts of the context; stops counting at `limit`.
std::int64_t count_context(sql::Connection& connection, ContextId context, std::int64_t limit);
/// `user`: whose own are counted.
folders::ClassifiedCount count_folder(sql::Connection& connection, ContextId context, FolderId folder,
                                      UserId user);
/// In ascending order.
std::vector<ObjectId> ids_of_folder(sql::Connection& connection, ContextId context, FolderId folder);
/// Contacts a user created; with `private_only` those with the private flag.
std::vector<ObjectId> ids_created_by(sql::Connection& connection, ContextId context, UserId user,
                                     bool private_only);
/// Where contacts lie that he made, contacts of users left out.
std::vector<FolderId> folders_created_by(sql::Connection& connection, ContextId context, UserId user);
void change_creator(sql::Connection& connection, ContextId context, UserId from, UserId to, Millis stamp);
/// A user's contact (not `except`) that has exactly this display name.
bool display_name_is_taken(sql::Connection& connection, ContextId context, std::string_view name,
                           UserId except);

void raise_use_count(sql::Connection& connection, ContextId context, UserId user, ObjectId contact);
void forget_use_counts(sql::Connection& connection, ContextId context, UserId user);

}  // namespace gw::model::contacts::store
