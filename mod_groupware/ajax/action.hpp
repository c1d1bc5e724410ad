// The declaration of an API action: name, methods, needs, parameters, function. One table per module file;
// registry.cpp lists the modules. Parameters arrive parsed and typed; the dispatcher has checked session,
// rights to the module and presence.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "ajax/request.hpp"
#include "ajax/response.hpp"
#include "ajax/runtime.hpp"
#include "model/caller.hpp"
#include "model/field_json.hpp"
#include "session/session.hpp"

namespace gw::ajax {

enum class Type { Text, Integer, Boolean, Timestamp, Id, List };

struct Parameter {
  std::string_view name;
  Type type = Type::Text;
  bool required = false;
};

enum Need : unsigned {
  kNoSession = 1U << 0,      ///< open to everybody
  kPublicSession = 1U << 1,  ///< the public-session cookie is enough instead of the parameter
  kBody = 1U << 2,           ///< a JSON body is mandatory (SVL-0023); it arrives parsed
  kUpload = 1U << 3,         ///< multipart POST: the answer is the callback page
  kSerial = 1U << 4,         ///< keeps request order inside `multiple`
  kNotInMultiple = 1U << 5,
  kStreamedBody = 1U << 6,  ///< the body is no JSON and is read by the action (Request::read_body)
  kPlainErrors = 1U << 7,   ///< errors are pages with a status of their own, never 200 and JSON
};
/// Bytes that leave without an envelope, for public sessions, too.
inline constexpr unsigned kDownloads = kPublicSession | kNotInMultiple;

/// The parsed parameters of one call. Asking for an undeclared name is a programming error and asserts.
class Arguments {
 public:
  Arguments(const Request& request, std::span<const Parameter> declared);
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::string_view text(std::string_view name, std::string_view fallback = {}) const;
  /// Errors: ApiError SVL-0010 for text that is no number.
  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t fallback = 0) const;
  [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view name) const;
  [[nodiscard]] bool boolean(std::string_view name, bool fallback = false) const;

 private:
  const Request& request_;
  std::span<const Parameter> declared_;
};

/// One call of an action. `session` and a real caller exist unless the action is kNoSession.
struct Invocation {
  const Request& request;
  Runtime& runtime;
  model::UnitOfWork& work;
  const session::Session* session;
  const Arguments& arguments;
  /// The parsed JSON body; missing when there is none. For multipart: the part `json`.
  Json body;
  /// How Time values leave: parameter `timezone`, else the user's zone.
  model::WireFormat format;
  std::string_view action;

  [[nodiscard]] const model::Caller& caller() const { return work.caller(); }
};

using ActionFunction = Response (*)(Invocation&);

struct Action {
  std::string_view name;
  unsigned methods = 0;  ///< Method values, or-ed
  ActionFunction run = nullptr;
  unsigned needs = 0;
  std::span<const Parameter> parameters;
  /// The user must have this module (SVL-0016).
  std::optional<model::Module> module;
  /// Name of the callback page's function; empty: `callback_<action>`. The import module always uses
  /// `callback_import`.
  std::string_view callback;
};

inline constexpr unsigned kGet = static_cast<unsigned>(Method::Get);
inline constexpr unsigned kPut = static_cast<unsigned>(Method::Put);
inline constexpr unsigned kPost = static_cast<unsigned>(Method::Post);

/// A module of the API. `path` may have slashes; the longest known prefix of the request path wins.
struct ApiModule {
  std::string_view path;
  std::span<const Action> actions;
  /// Accepts further path segments (config/…); they are what follows `path` in Request::path.
  bool takes_path = false;
  /// The login module answers missing parameters with SVL-0002 in an envelope (not a 400 page), unknown
  /// actions with SVL-0001, and refuses `password` in the URL. Source: spec conventions sections 4 and 10.
  bool is_login = false;
  /// What an unknown action answers; nullptr: SVL-0021. The modules import and export have a code of their
  /// own.
  const ErrorCode* unknown_action = nullptr;
};

}  // namespace gw::ajax
