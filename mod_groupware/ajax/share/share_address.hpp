// Addresses of shares as the client of this request reaches this server. Source: spec settings section "share
// and guests".
#pragma once

#include <string>
#include <string_view>

#include "ajax/request.hpp"
#include "model/shares/target.hpp"

namespace gw::ajax {

/// `https://host`; empty when the request named no host.
std::string web_origin(const Request& request);
/// `https://host/ajax/share/`; only a path when the request named no host.
std::string share_base(const Request& request);

/// The name that the API has for a module ("infostore").
std::string_view share_module(model::ObjectModule module);
/// The folder and the file as clients name them in answers.
std::string share_folder(const model::shares::Target& target);
std::string share_item(const model::shares::Target& target);

}  // namespace gw::ajax
