#include "ajax/infostore/fileservice.hpp"

#include "ajax/infostore/infostore_actions.hpp"

#include "core/errors/filestorage.hpp"

namespace gw::ajax {
namespace {

Json service() {
  Json entry = Json::object();
  entry.set("id", Json::string(kFileService));
  entry.set("displayName", Json::string("Files"));
  // The form for a new account: nobody can make one.
  entry.set("configuration", Json::array());
  return entry;
}

Response all_services(Invocation&) {
  Json list = Json::array();
  list.append(service());
  return Response::with_data(std::move(list));
}

Response get_service(Invocation& invocation) {
  check_file_service(invocation.arguments.text("id"));
  return Response::with_data(service());
}

constexpr Parameter kGetOne[] = {{"id", Type::Text, true}};
using infostore_actions::kModule;

constexpr Action kFileServiceActions[] = {
    {"all", kGet, all_services, 0, {}, kModule},
    {"get", kGet, get_service, 0, kGetOne, kModule},
};

}  // namespace

void check_file_service(std::string_view id) {
  if (id != kFileService) throw ApiError(errors::filestorage::kUnknownService, {std::string(id)});
}

const ApiModule kFileServiceModule{"fileservice", kFileServiceActions};

}  // namespace gw::ajax
