// Writing rows of the contacts table and of the tables that hang on it.
#include "core/text.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/field_sql.hpp"
#include "sql/dialect.hpp"

namespace gw::model::contacts::store {
namespace {

constexpr std::string_view kInsert = "INSERT INTO contacts (cid,search_fold,original_vcard";
constexpr std::string_view kUpdate = "UPDATE contacts SET search_fold=?";
constexpr std::string_view kUpdateWhere = " WHERE cid=? AND id=?";
constexpr std::string_view kUpdateVcard = "UPDATE contacts SET original_vcard=? WHERE cid=? AND id=?";
constexpr std::string_view kSetAttachments =
    "UPDATE contacts SET number_of_attachments=?,newest_attachment=?,modified_by=?,last_modified=? WHERE "
    "cid=? "
    "AND id=?";
constexpr std::string_view kDelete = "DELETE FROM contacts WHERE cid=? AND id=?";
constexpr std::string_view kDeleteAddresses = "DELETE FROM contact_addresses WHERE cid=? AND contact=?";
constexpr std::string_view kDeleteUseCounts = "DELETE FROM contact_use_counts WHERE cid=? AND contact=?";
constexpr std::string_view kInsertAddress =
    "INSERT INTO contact_addresses (cid,contact,position,mail_fold) VALUES (?,?,?,?)";
constexpr std::string_view kChangeCreator =
    "UPDATE contacts SET created_by=?,last_modified=? WHERE cid=? AND created_by=? AND user_id=0";
constexpr std::string_view kRaiseUseCount =
    "UPDATE contact_use_counts SET use_count=use_count+1 WHERE cid=? AND user_id=? AND contact=?";
constexpr std::string_view kFirstUse =
    "INSERT INTO contact_use_counts (cid,user_id,contact,use_count) VALUES (?,?,?,1)";
constexpr std::string_view kForgetUseCounts = "DELETE FROM contact_use_counts WHERE cid=? AND user_id=?";

}  // namespace

void insert(sql::Connection& connection, ContextId context, const Contact& contact) {
  const auto table = contact_fields();
  const std::string folded = search_text(contact);
  // MySQL reads this statement as text, and most contacts fill few of a hundred columns. SQLite prepares one
  // for all.
  const bool leaves_out_nulls = connection.engine() == sql::Engine::Mysql;
  std::string statement(kInsert);
  std::vector<sql::Value> values{sql::to_value(context), sql::to_value(folded),
                                 sql::to_value(contact.original_vcard)};
  for (const Field<Contact>& field : table) {
    if (field.sql.empty()) continue;
    const sql::Value value = bind_field(contact, field);
    if (leaves_out_nulls && std::holds_alternative<std::nullptr_t>(value)) continue;
    statement += ',';
    statement += field.sql;
    values.push_back(value);
  }
  statement += ") VALUES (" + sql::placeholders(values.size()) + ")";
  connection.enqueue_values(statement, values);
}

void update(sql::Connection& connection, ContextId context, const Contact& contact) {
  const std::string folded = search_text(contact);
  std::string statement(kUpdate);
  std::vector<sql::Value> values{sql::to_value(folded)};
  for (const Field<Contact>& field : contact_fields()) {
    if (field.sql.empty() || field.sql == "id") continue;
    statement += ',';
    statement += field.sql;
    statement += "=?";
    values.push_back(bind_field(contact, field));
  }
  statement += kUpdateWhere;
  values.push_back(sql::to_value(context));
  values.push_back(sql::to_value(contact.id));
  connection.enqueue_values(statement, values);
  if (contact.original_vcard) connection.enqueue(kUpdateVcard, *contact.original_vcard, context, contact.id);
}

void set_attachments(sql::Connection& connection, ContextId context, ObjectId id, std::int64_t number,
                     Millis newest, UserId modifier, Millis stamp) {
  connection.enqueue(kSetAttachments, number, newest, modifier, stamp, context, id);
}

void remove(sql::Connection& connection, ContextId context, std::span<const ObjectId> ids) {
  for (const ObjectId id : ids) {
    for (const std::string_view statement : {kDelete, kDeleteAddresses, kDeleteUseCounts})
      connection.enqueue(statement, context, id);
    replace_members(connection, context, id, {});
    remove_picture(connection, context, id);
  }
}

void replace_addresses(sql::Connection& connection, ContextId context, const Contact& contact, bool is_new) {
  if (!is_new) connection.enqueue(kDeleteAddresses, context, contact.id);
  int position = 0;
  for (const Text* address : {&contact.email1, &contact.email2, &contact.email3}) {
    ++position;
    if (*address) connection.enqueue(kInsertAddress, context, contact.id, position, fold_address(**address));
  }
}

void change_creator(sql::Connection& connection, ContextId context, UserId from, UserId to, Millis stamp) {
  connection.enqueue(kChangeCreator, to, stamp, context, from);
}

void raise_use_count(sql::Connection& connection, ContextId context, UserId user, ObjectId contact) {
  if (connection.execute(kRaiseUseCount, context, user, contact) == 0)
    connection.execute(kFirstUse, context, user, contact);
}

void forget_use_counts(sql::Connection& connection, ContextId context, UserId user) {
  connection.enqueue(kForgetUseCounts, context, user);
}

}  // namespace gw::model::contacts::store
