// infostore: detach, revert, lock, unlock.
#include "ajax/infostore/infostore_actions.hpp"
#include "ajax/infostore/infostore_input.hpp"
#include "core/errors/servlet.hpp"
#include "model/infostore/infostore_locks.hpp"

namespace gw::ajax::infostore_actions {
namespace {

namespace infostore = model::infostore;

/// Numbers, or texts of them.
std::vector<std::int64_t> parse_versions(const Json& body) {
  constexpr std::size_t kMaxVersions = 10'000;
  if (!body.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of version numbers"});
  if (body.size() > kMaxVersions) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  std::vector<std::int64_t> versions;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto number = body.at(i).to_integer();
    if (!number) throw ApiError(errors::svl::kBodyIllegal, {body.at(i).dump()});
    versions.push_back(*number);
  }
  return versions;
}

}  // namespace

Response detach(Invocation& invocation) {
  const infostore::ItemRef ref = asked_item(invocation);
  Millis timestamp;
  Json kept = Json::array();
  for (const std::int64_t version : infostore::detach(invocation.work, ref, parse_versions(invocation.body),
                                                      known_timestamp(invocation.arguments), timestamp))
    kept.append(Json::integer(version));
  return Response::with_data(std::move(kept), timestamp);
}

Response revert(Invocation& invocation) {
  const infostore::ItemRef ref = asked_item(invocation);
  return Response::with_data(Json::object(),
                             infostore::revert(invocation.work, ref, known_timestamp(invocation.arguments)));
}

Response lock(Invocation& invocation) {
  const infostore::ItemRef ref = asked_item(invocation);
  std::optional<std::chrono::milliseconds> duration;
  if (const auto diff = invocation.arguments.optional_integer("diff")) {
    if (*diff < 0) throw ApiError(errors::svl::kBadParameter, {"diff", std::to_string(*diff)});
    duration = std::chrono::milliseconds(*diff);
  }
  return Response::with_data(Json::object(), infostore::lock(invocation.work, ref, duration));
}

Response unlock(Invocation& invocation) {
  return Response::with_data(Json::object(), infostore::unlock(invocation.work, asked_item(invocation)));
}

}  // namespace gw::ajax::infostore_actions
