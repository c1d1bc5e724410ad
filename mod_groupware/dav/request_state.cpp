#include "dav/request_state.hpp"

#include "boundary/pool_new.hpp"
#include "core/error.hpp"
#include "dav/dav_api.hpp"
#include "dav/host.hpp"
#include "model/users/user_directory.hpp"

namespace gw::dav {
namespace {

constexpr const char* kKey = "groupware:dav";
Host* the_host = nullptr;

model::Caller admitted_caller(request_rec* request) {
  const model::Caller* caller = host().find_caller(request);
  if (caller == nullptr)
    throw HttpError(
        HTTP_FORBIDDEN,
        "WebDAV needs a signed-in user: AuthType Basic, AuthBasicProvider groupware, Require valid-user");
  if (!caller->modules.has(model::Module::Webdav) || !caller->modules.has(model::Module::Infostore))
    throw HttpError(HTTP_FORBIDDEN, "this user may not use files over WebDAV");
  return *caller;
}

}  // namespace

void set_host(Host& host) { the_host = &host; }
Host& host() { return *the_host; }

RequestState& RequestState::of(request_rec* request) {
  while (request->main != nullptr) request = request->main;
  void* found = nullptr;
  apr_pool_userdata_get(&found, kKey, request->pool);
  if (found != nullptr) return *static_cast<RequestState*>(found);
  model::Environment& environment = host().environment();
  model::Caller caller = admitted_caller(request);
  std::shared_ptr<void> place = host().admit(caller);
  auto* made =
      boundary::pool_new<RequestState>(request->pool, environment, std::move(caller), std::move(place));
  apr_pool_userdata_setn(made, kKey, nullptr, request->pool);
  return *made;
}

const Node& RequestState::find(std::string_view path) {
  std::string key(path);
  if (const auto known = by_path_.find(key); known != by_path_.end()) return *known->second;
  const Node& node = keep(tree.find(path));
  by_path_.emplace(std::move(key), &node);
  return node;
}

const std::vector<model::infostore::Lock>& RequestState::locks() {
  if (!locks_) locks_ = model::infostore::running_locks(work);
  return *locks_;
}

const std::string& RequestState::name_of(UserId user) {
  const auto known = names_.find(user);
  if (known != names_.end()) return known->second;
  const auto found = model::users::find_user(work.connection(), work.context(), user);
  return names_.emplace(user, found ? found->display_name : std::string()).first->second;
}

void RequestState::forget() {
  by_path_.clear();
  tree.forget();
  locks_.reset();
}

}  // namespace gw::dav
