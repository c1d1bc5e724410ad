// A composition space as clients write and read it. Source: spec mail-compose section 4.
#pragma once

#include <string_view>

#include "ajax/action.hpp"
#include "mail/address.hpp"
#include "model/compositions/composition.hpp"

namespace gw::ajax {

/// Limits of a message. Units: bytes of one address pair, of a list, of the text; characters of the subject.
inline constexpr std::size_t kMaxOneAddress = 1'024, kMaxAddressList = 262'144, kMaxContent = 4'194'304,
                             kMaxSubject = 4'096;
inline constexpr std::size_t kMaxCustomHeaders = 100;
/// Bytes of all members as JSON; a packet of MySQL holds 16 MiB.
inline constexpr std::size_t kMaxMessage = 8'388'608;

/// The words of `contentType`.
inline constexpr std::string_view kPlainContent = "text/plain", kHtmlContent = "text/html",
                                  kAlternativeContent = "multipart/alternative";

/// Takes over the members that were sent; null clears one. Members that clients may not change, and unknown
/// ones, are passed over. `message` is changed only when all of them are good. Errors: SVL-0028 no object;
/// MSGCS-0015 to -0021 too long; MSG-1008, MSG-0076 addresses; MSG-0046 a word that there is not; MSG-0102
/// the text is too long; MSG-0087 encryption and signatures.
void merge_message(Json& message, const Json& changes);
/// Errors: MSG-0046 for an unknown word.
std::string parse_content_type(std::string_view word);
/// `["Name", "address"]`.
Json write_pair(const mail::Address& address);
Json write_pairs(const mail::AddressList& list);

/// The object of the API. `columns`: names, separated by commas; empty: all members.
Json write_space(const model::compositions::Space& space, std::string_view columns = {});
Json write_attachment(const model::compositions::Attachment& attachment);

/// The JSON that a call brings: the part `JSON` of a form, or the body. Missing: there is none.
/// Errors: SVL-0029 no JSON.
Json sent_json(const Invocation& invocation);

}  // namespace gw::ajax
