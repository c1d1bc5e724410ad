#include "ajax/settings/sync.hpp"

#include <algorithm>

#include "ajax/folders/folders_json.hpp"
#include "model/folders/folder_service.hpp"

namespace gw::ajax {
namespace {

/// Unlike folders?action=clear it stops at the first folder that cannot be cleared, with that error.
Response refresh_server(Invocation& invocation) {
  Millis stamp = model::last_stamp(invocation.work.connection(), invocation.work.context());
  for (const std::string& id : parse_folder_ids(invocation.body))
    stamp = std::max(stamp, model::folders::clear_folder(invocation.work, id));
  return Response::with_data(Json::array(), stamp);
}

constexpr Action kSyncActions[] = {
    {"refresh_server", kPut, refresh_server, kBody | kSerial},
};

}  // namespace

const ApiModule kSyncModule{"sync", kSyncActions};

}  // namespace gw::ajax
