// From httpd's request to ours: which URLs are the API's, and the parts of a request but for its body.
#pragma once

#include <httpd.h>

#include <optional>
#include <string>

#include "ajax/request.hpp"
#include "core/settings.hpp"

namespace gw::apache {

/// What `SetHandler` calls us.
inline constexpr const char* kHandlerName = "groupware";

/// Whether a section around this URL says `SetHandler name`. To be asked in translate_name, as find_api_path.
bool has_section_handler(request_rec* request, const char* name);

/// The path below the API's root when this request is ours, in the request's pool. nullptr: not ours. To be
/// asked in translate_name: there the sections of <Location> are merged, in map_to_storage they are not.
/// Cost: a few comparisons; called for every request of the server.
const char* find_api_path(request_rec* request);

/// Errors: empty for a method that the API does not take.
std::optional<ajax::Method> to_method(const request_rec* request);

/// Everything but the body. `path` is what find_api_path gave.
ajax::Request make_request(request_rec* request, const char* path, ajax::Method method);

/// GroupwareMailOAuth's variable. Limits: 16 KiB. Errors: empty where there is none, or what can be no token.
std::string read_mail_token(request_rec* request, const MailSettings& mail);

}  // namespace gw::apache
