// OXUtilService: file stores, servers and reasons of maintenance; databases are in database_operations.cpp.
#include <fmt/format.h>

#include "core/text.hpp"
#include "model/administration/registry.hpp"
#include "model/users/provisioning_error.hpp"
#include "provisioning/call.hpp"
#include "provisioning/database_operations.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"

namespace gw::provisioning {
namespace {

using model::administration::EntryKind;
using model::administration::NamedEntry;
using model::administration::RegisteredStore;

Json write_store(const RegisteredStore& store) {
  Json out = Json::object();
  out.set("id", Json::integer(store.id));
  out.set("url", Json::string(store.uri));
  out.set("size", Json::integer(store.size));
  out.set("maxContexts", Json::integer(store.max_contexts));
  out.set("currentContexts", Json::integer(store.contexts));
  return out;
}

RegisteredStore store_from(const Json& data, RegisteredStore store) {
  store.uri = text_member(data, "url").value_or(store.uri);
  store.size = number_member(data, "size").value_or(store.size);
  store.max_contexts = number_member(data, "maxContexts").value_or(store.max_contexts);
  return store;
}

RegisteredStore load_store(Call& call, const Json& named) {
  const auto id = number_member(named, "id");
  if (!id) throw Fault(FaultKind::InvalidData, "The file store needs an id", "id");
  for (const RegisteredStore& store :
       model::administration::list_registered_stores(call.database().connection()))
    if (store.id == *id) return store;
  throw Fault(FaultKind::NoSuchFilestore, fmt::format("File store {} does not exist", *id));
}

Json register_store(Call& call) {
  return write_store(
      model::administration::add_store(call.database(), store_from(call.needed_object("fstore"), {})));
}

Json change_store(Call& call) {
  const Json data = call.needed_object("fstore");
  model::administration::change_store(call.database(), store_from(data, load_store(call, data)));
  return {};
}

Json unregister_store(Call& call) {
  model::administration::remove_store(call.database(), load_store(call, call.needed_object("store")).id);
  return {};
}

Json list_those_stores(Call& call, std::string_view pattern) {
  Json list = Json::array();
  for (const RegisteredStore& store :
       model::administration::list_registered_stores(call.database().connection()))
    if (fits_pattern(store.uri, pattern) || fits_pattern(std::to_string(store.id), pattern))
      list.append(write_store(store));
  return list;
}

Json list_stores(Call& call) {
  return list_those_stores(call, text_member(call.argument_object(), "search_pattern").value_or("*"));
}
Json list_all_stores(Call& call) { return list_those_stores(call, "*"); }

Json write_entry(EntryKind kind, const NamedEntry& entry) {
  Json out = Json::object();
  out.set("id", Json::integer(entry.id));
  out.set(kind == EntryKind::Server ? "name" : "text", Json::string(entry.text));
  return out;
}

Json list_those_entries(Call& call, EntryKind kind, std::string_view pattern) {
  Json list = Json::array();
  for (const NamedEntry& entry : model::administration::list_entries(call.database().connection(), kind))
    if (fits_pattern(entry.text, pattern)) list.append(write_entry(kind, entry));
  return list;
}

std::string pattern_of(Call& call) {
  return text_member(call.argument_object(), "search_pattern").value_or("*");
}

Json list_servers(Call& call) { return list_those_entries(call, EntryKind::Server, pattern_of(call)); }
Json list_all_servers(Call& call) { return list_those_entries(call, EntryKind::Server, "*"); }
Json list_reasons(Call& call) { return list_those_entries(call, EntryKind::Reason, pattern_of(call)); }
Json list_all_reasons(Call& call) { return list_those_entries(call, EntryKind::Reason, "*"); }

Json register_server(Call& call) {
  const std::string name = text_member(call.needed_object("srv"), "name").value_or("");
  return write_entry(EntryKind::Server,
                     model::administration::add_entry(call.database(), EntryKind::Server, name));
}

Json unregister_server(Call& call) {
  const Json data = call.needed_object("srv");
  auto id = number_member(data, "id");
  if (!id)
    for (const NamedEntry& entry :
         model::administration::list_entries(call.database().connection(), EntryKind::Server))
      if (entry.text == text_member(data, "name").value_or("")) id = entry.id;
  if (!id || !model::administration::remove_entry(call.database(), EntryKind::Server, *id))
    throw Fault(FaultKind::InvalidData, "There is no such server", "srv");
  return {};
}

Json create_reason(Call& call) {
  const std::string text = text_member(call.needed_object("reason"), "text").value_or("");
  return write_entry(EntryKind::Reason,
                     model::administration::add_entry(call.database(), EntryKind::Reason, text));
}

Json delete_reasons(Call& call) {
  const Json list = call.argument("reasons");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto id = number_member(list.at(i), "id");
    if (!id || !model::administration::remove_entry(call.database(), EntryKind::Reason, *id))
      throw Fault(FaultKind::NoSuchReason, "There is no such reason");
  }
  return {};
}

constexpr Operation kRegistryOperations[] = {
    {"registerDatabase", Who::Master, kChanges, parse_signature("db:Database auth >Database"),
     register_database},
    {"changeDatabase", Who::Master, kChanges, parse_signature("db:Database auth"), change_database},
    {"unregisterDatabase", Who::Master, kChanges, parse_signature("database:Database auth"),
     unregister_database},
    {"listDatabase", Who::Master, kReads, parse_signature("search_pattern auth >Database*"), list_databases},
    {"listAllDatabase", Who::Master, kReads, parse_signature("auth >Database*"), list_all_databases},
    {"registerFilestore", Who::Master, kChanges, parse_signature("fstore:Filestore auth >Filestore"),
     register_store},
    {"changeFilestore", Who::Master, kChanges, parse_signature("fstore:Filestore auth"), change_store},
    {"unregisterFilestore", Who::Master, kChanges, parse_signature("store:Filestore auth"), unregister_store},
    {"listFilestore", Who::Master, kReads, parse_signature("search_pattern auth >Filestore*"), list_stores},
    {"listAllFilestore", Who::Master, kReads, parse_signature("auth >Filestore*"), list_all_stores},
    {"registerServer", Who::Master, kChanges, parse_signature("srv:Server auth >Server"), register_server},
    {"unregisterServer", Who::Master, kChanges, parse_signature("srv:Server auth"), unregister_server},
    {"listServer", Who::Master, kReads, parse_signature("search_pattern auth >Server*"), list_servers},
    {"listAllServer", Who::Master, kReads, parse_signature("auth >Server*"), list_all_servers},
    {"createMaintenanceReason", Who::Master, kChanges,
     parse_signature("reason:MaintenanceReason auth >MaintenanceReason"), create_reason},
    {"deleteMaintenanceReason", Who::Master, kChanges, parse_signature("reasons:MaintenanceReason* auth"),
     delete_reasons},
    {"listMaintenanceReason", Who::Master, kReads, parse_signature("search_pattern auth >MaintenanceReason*"),
     list_reasons},
    {"listAllMaintenanceReason", Who::Master, kReads, parse_signature("auth >MaintenanceReason*"),
     list_all_reasons},
};

}  // namespace

std::span<const Operation> registry_operations() { return kRegistryOperations; }

}  // namespace gw::provisioning
