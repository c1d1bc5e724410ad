#include "model/bindings/bindings.hpp"

#include "sql/dialect.hpp"

namespace gw::model::bindings {
namespace {

constexpr std::string_view kListBindings =
    "SELECT kind,uuid,object_id,state,since,mark,digest,dn FROM directory_objects WHERE cid=? AND "
    "directory=? AND "
    "kind=? ORDER BY uuid";
constexpr std::string_view kFindBinding =
    "SELECT kind,uuid,object_id,state,since,mark,digest,dn FROM directory_objects WHERE cid=? AND "
    "directory=? AND "
    "kind=? AND uuid=?";
constexpr std::string_view kFindOrigin =
    "SELECT kind,uuid,object_id,state,since,mark,digest,dn,directory FROM directory_objects WHERE cid=? AND "
    "kind=? "
    "AND object_id=?";
constexpr std::string_view kInsertBinding =
    "INSERT INTO directory_objects (cid,directory,kind,uuid,object_id,user_id,state,since,mark,digest,dn) "
    "VALUES "
    "(?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kDeleteBinding =
    "DELETE FROM directory_objects WHERE cid=? AND directory=? AND kind=? AND uuid=?";
constexpr std::string_view kFindRun =
    "SELECT started,ended,outcome,report FROM directory_runs WHERE cid=? AND directory=?";
constexpr std::string_view kInsertRun =
    "INSERT INTO directory_runs (cid,directory,started,ended,outcome,report) VALUES (?,?,?,?,?,?)";

Binding read_binding(const sql::Query& row) {
  Binding binding;
  binding.kind = static_cast<Kind>(row.integer(0));
  binding.uuid = row.string(1);
  binding.object = row.integer(2);
  binding.state = static_cast<State>(row.integer(3));
  binding.since = row.millis(4);
  binding.mark = row.string(5);
  binding.digest = row.string(6);
  binding.dn = row.string(7);
  return binding;
}

}  // namespace

std::vector<Binding> list_bindings(sql::Connection& connection, ContextId context, std::string_view directory,
                                   Kind kind) {
  std::vector<Binding> all;
  sql::Query row = connection.query(kListBindings, context, directory, static_cast<int>(kind));
  while (row.next()) all.push_back(read_binding(row));
  return all;
}

std::optional<Binding> find_binding(sql::Connection& connection, ContextId context,
                                    std::string_view directory, Kind kind, std::string_view uuid) {
  sql::Query row = connection.query(kFindBinding, context, directory, static_cast<int>(kind), uuid);
  if (!row.next()) return std::nullopt;
  return read_binding(row);
}

std::optional<Origin> find_origin(sql::Connection& connection, ContextId context, Kind kind,
                                  std::int64_t object) {
  sql::Query row = connection.query(kFindOrigin, context, static_cast<int>(kind), object);
  if (!row.next()) return std::nullopt;
  return Origin{row.string(8), read_binding(row)};
}

void store_binding(Transaction& transaction, ContextId context, std::string_view directory,
                   const Binding& binding) {
  // Not as an upsert: on MySQL that would take a conflict of the object for one of the uuid.
  const std::int64_t user = binding.kind == Kind::User ? binding.object : 0;
  sql::Connection& connection = transaction.connection();
  connection.execute(kDeleteBinding, context, directory, static_cast<int>(binding.kind), binding.uuid);
  connection.execute(kInsertBinding, context, directory, static_cast<int>(binding.kind), binding.uuid,
                     binding.object, user, static_cast<int>(binding.state), binding.since, binding.mark,
                     binding.digest, binding.dn);
}

void remove_binding(Transaction& transaction, ContextId context, std::string_view directory, Kind kind,
                    std::string_view uuid) {
  transaction.connection().execute(kDeleteBinding, context, directory, static_cast<int>(kind), uuid);
}

std::optional<Run> find_run(sql::Connection& connection, ContextId context, std::string_view directory) {
  sql::Query row = connection.query(kFindRun, context, directory);
  if (!row.next()) return std::nullopt;
  return Run{row.millis(0), row.millis(1), row.string(2), row.string(3)};
}

void store_run(Transaction& transaction, ContextId context, std::string_view directory, const Run& run) {
  sql::Connection& connection = transaction.connection();
  connection.execute(
      sql::upsert(connection.engine(), kInsertRun, "cid,directory", "started,ended,outcome,report"), context,
      directory, run.started, run.ended, run.outcome, run.report);
}

}  // namespace gw::model::bindings
