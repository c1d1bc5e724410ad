#include "ajax/share/share_address.hpp"

#include "model/folders/node.hpp"

namespace gw::ajax {

std::string web_origin(const Request& request) {
  if (request.host.empty()) return {};
  return (request.is_secure ? "https://" : "http://") + request.host;
}

std::string share_base(const Request& request) { return web_origin(request) + request.root + "/share/"; }

std::string_view share_module(model::ObjectModule module) { return model::folders::module_name(module); }

std::string share_folder(const model::shares::Target& target) { return std::to_string(target.folder.value); }

std::string share_item(const model::shares::Target& target) {
  return target.item ? share_folder(target) + '/' + std::to_string(target.item.value) : std::string();
}

}  // namespace gw::ajax
