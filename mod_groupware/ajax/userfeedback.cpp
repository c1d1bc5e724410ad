// Module `userfeedback`: what users say of the product, stored without their name. Source: spec settings
// section 7.
#include "ajax/userfeedback.hpp"

#include "core/errors/servlet.hpp"
#include "model/settings/feedback_service.hpp"

namespace gw::ajax {
namespace {

Response store(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  model::settings::store_feedback(invocation.work, invocation.arguments.text("type"), invocation.body);
  return Response::with_data(Json::object());
}

constexpr Parameter kType[] = {{"type", Type::Text, true}};

constexpr Action kActions[] = {
    {"store", kPut | kPost, store, kBody, kType},
};

}  // namespace

const ApiModule kUserFeedbackModule{"userfeedback", kActions};

}  // namespace gw::ajax
