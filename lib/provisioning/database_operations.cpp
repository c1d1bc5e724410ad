#include "provisioning/database_operations.hpp"

#include <fmt/format.h>

#include "core/text.hpp"
#include "model/databases/databases.hpp"
#include "model/users/provisioning_error.hpp"
#include "provisioning/fault.hpp"
#include "sql/url.hpp"

namespace gw::provisioning {
namespace {

namespace databases = model::databases;
using databases::RegisteredDatabase;

/// Of a database that is registered without a number. Source: spec provisioning section 8.
constexpr std::int64_t kUsualUnits = 1'000;
constexpr std::string_view kMysql = "mysql://";
constexpr std::string_view kJdbc = "jdbc:";

/// Empty: an SQLite file has none.
std::string login_of(const std::string& url) {
  if (!url.starts_with(kMysql)) return {};
  try {
    return sql::parse_mysql_url(url).user;
  } catch (const std::invalid_argument&) {
    return {};
  }
}

Json write_database(const RegisteredDatabase& database) {
  Json out = Json::object();
  out.set("id", Json::integer(database.id));
  out.set("name", Json::string(database.name));
  out.set("url", Json::string(databases::public_url(database.url)));
  if (const std::string login = login_of(database.url); !login.empty()) out.set("login", Json::string(login));
  out.set("master", Json::boolean(true));
  out.set("maxUnits", Json::integer(database.max_units));
  out.set("currentUnits", Json::integer(database.units));
  out.set("poolMax", Json::integer(database.pool_max));
  return out;
}

/// Members that are missing stay. An address as it is shown means the one that is kept, password included.
RegisteredDatabase database_from(const Json& data, RegisteredDatabase database) {
  if (const auto name = text_member(data, "name"); name && !name->empty()) database.name = *name;
  std::string url = text_member(data, "url").value_or("");
  if (url.empty() || url == databases::public_url(database.url)) url = database.url;
  database.url =
      complete_url(std::move(url), text_member(data, "login"), text_member(data, "password"), database.name);
  database.max_units = number_member(data, "maxUnits").value_or(database.max_units);
  database.pool_max = number_member(data, "poolMax").value_or(database.pool_max);
  if (!boolean_member(data, "master").value_or(true))
    throw Fault(FaultKind::InvalidData, "Databases that only mirror another one are not used", "master");
  return database;
}

/// Others learn of it when they next ask.
void tell_connections(Call& call) {
  if (call.environment().databases != nullptr) call.environment().databases->refresh();
}

Json list_those(Call& call, std::string_view pattern) {
  Json list = Json::array();
  for (const RegisteredDatabase& each : databases::list_databases(call.database().connection()))
    if (fits_pattern(each.name, pattern) || fits_pattern(std::to_string(each.id), pattern))
      list.append(write_database(each));
  return list;
}

}  // namespace

std::string complete_url(std::string url, const std::optional<std::string>& login,
                         const std::optional<std::string>& password, const std::string& name) {
  if (url.starts_with("sqlite:") || url.empty()) return url;
  if (url.starts_with(kJdbc)) url.erase(0, kJdbc.size());
  if (!url.starts_with(kMysql)) url.insert(0, kMysql);
  std::string rest = url.substr(kMysql.size());
  const std::size_t options = std::min(rest.find('?'), rest.size());
  const std::size_t slash = std::min(rest.substr(0, options).find('/'), options);
  std::string authority = rest.substr(0, slash);
  std::string path = rest.substr(slash, options - slash);
  const std::size_t at = authority.rfind('@');
  std::string account = at == std::string::npos ? std::string() : authority.substr(0, at);
  if (at != std::string::npos) authority.erase(0, at + 1);
  std::string user = account.substr(0, account.find(':'));
  std::string secret = account.size() > user.size() ? account.substr(user.size() + 1) : std::string();
  if (login && !login->empty()) user = percent_encode(*login);
  if (password && !password->empty()) secret = percent_encode(*password);
  if (path.empty() || path == "/") path = "/" + percent_encode(name);
  std::string made(kMysql);
  if (!user.empty()) made += user + (secret.empty() ? "" : ":" + secret) + "@";
  return made + authority + path + rest.substr(options);
}

RegisteredDatabase load_database(Call& call, const Json& named) {
  const auto id = number_member(named, "id");
  const auto name = text_member(named, "name");
  if (!id && (!name || name->empty()))
    throw Fault(FaultKind::InvalidData, "The database needs an id or a name", "id");
  for (RegisteredDatabase& each : databases::list_databases(call.database().connection()))
    if (id ? each.id == *id : each.name == *name) return std::move(each);
  throw Fault(FaultKind::NoSuchDatabase,
              fmt::format("Database {} does not exist", id ? std::to_string(*id) : *name));
}

Json register_database(Call& call) {
  RegisteredDatabase usual;
  usual.max_units = kUsualUnits;
  const RegisteredDatabase wanted = database_from(call.needed_object("db"), usual);
  call.database().release();
  databases::prepare_database(call.environment().pool.settings(), wanted);
  const RegisteredDatabase added = databases::add_database(call.database(), wanted);
  call.database().release();
  tell_connections(call);
  return write_database(added);
}

Json change_database(Call& call) {
  const Json data = call.needed_object("db");
  const RegisteredDatabase before = load_database(call, data);
  const RegisteredDatabase changed = database_from(data, before);
  call.database().release();
  if (changed.url != before.url) databases::prepare_database(call.environment().pool.settings(), changed);
  databases::change_database(call.database(), changed);
  call.database().release();
  tell_connections(call);
  return {};
}

Json unregister_database(Call& call) {
  databases::remove_database(call.database(), load_database(call, call.needed_object("database")).id);
  call.database().release();
  tell_connections(call);
  return {};
}

Json list_databases(Call& call) {
  return list_those(call, text_member(call.argument_object(), "search_pattern").value_or("*"));
}
Json list_all_databases(Call& call) { return list_those(call, "*"); }

}  // namespace gw::provisioning
