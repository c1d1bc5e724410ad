// How a picture leaves: transformation parameters, ETag, expiry, 304 and 404. Source: spec contacts section 1
// (images).
#pragma once

#include "ajax/action.hpp"
#include "model/contacts/contact_pictures.hpp"

namespace gw::ajax {

/// The parameters every picture request may carry. Errors of reading them: SVL-0010 no number.
model::contacts::Transformation parse_transformation(const Invocation& invocation);

/// The picture of the first contact that has one; 304 when the client has it, a 404 page when there is none.
Response deliver_picture(Invocation& invocation, const model::contacts::PictureQuery& query);

/// The entity tag of the picture as it is sent: each transformation has one of its own.
std::string transformed_tag(std::string tag, const model::contacts::Transformation& transformation);

}  // namespace gw::ajax
