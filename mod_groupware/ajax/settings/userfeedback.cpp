// Module `userfeedback`: what users say of the product, stored without their name. Source: spec settings
// section 7.
#include "ajax/settings/userfeedback.hpp"

#include "core/errors/servlet.hpp"
#include "model/settings/feedback_service.hpp"

namespace gw::ajax {
namespace {

Response store(Invocation& invocation) {
  if (!invocation.body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object"});
  model::settings::store_feedback(invocation.work, invocation.arguments.text("type"), invocation.body);
  return Response::with_data(Json::object());
}

constexpr Parameter kFeedbackType[] = {{"type", Type::Text, true}};

constexpr Action kFeedbackActions[] = {
    {"store", kPut | kPost, store, kBody, kFeedbackType},
};

}  // namespace

const ApiModule kUserFeedbackModule{"userfeedback", kFeedbackActions};

}  // namespace gw::ajax
