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

/// True when the header If-None-Match names this entity tag. Source: RFC 9110 section 13.1.2.
bool matches_entity_tag(std::string_view if_none_match, std::string_view tag);

}  // namespace gw::ajax
