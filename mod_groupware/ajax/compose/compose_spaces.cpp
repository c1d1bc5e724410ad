// mail/compose: list, get, update, delete of spaces. Opening is in compose_open.cpp.
#include "ajax/compose/compose_route.hpp"
#include "ajax/compose/space_message.hpp"
#include "core/errors/composition.hpp"
#include "core/errors/servlet.hpp"
#include "model/compositions/composition_service.hpp"

namespace gw::ajax::compose_calls {

namespace compositions = model::compositions;

Response list(Invocation& invocation, const Route&) {
  const std::string_view columns = invocation.arguments.text("columns");
  Json spaces = Json::array();
  for (const compositions::Space& each : compositions::list(invocation.work))
    spaces.append(write_space(each, columns.empty() ? "id" : columns));
  return Response::with_data(std::move(spaces));
}

Response get(Invocation& invocation, const Route& route) {
  return Response::with_data(write_space(compositions::load(invocation.work, route.space)));
}

Response update(Invocation& invocation, const Route& route) {
  const Json changes = sent_json(invocation);
  if (changes.is_missing()) throw ApiError(errors::svl::kBodyMissing);
  const compositions::Space changed =
      compositions::change(invocation.work, route.space,
                           [&](compositions::Space& space) { merge_message(space.message, changes); });
  return Response::with_data(write_space(changed));
}

Response remove(Invocation& invocation, const Route& route) {
  bool was_there = false;
  try {
    was_there = compositions::remove(invocation.work, route.space);
  } catch (const ApiError& error) {
    if (error.code() != errors::msgcs::kNoSpace) throw;
  }
  return Response::with_data(Json::object().set("success", Json::boolean(was_there)));
}

}  // namespace gw::ajax::compose_calls
