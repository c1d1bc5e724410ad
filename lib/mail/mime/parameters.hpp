// Header values with parameters (Content-Type, Content-Disposition): RFC 2045 and 2231, and what mail
// programs make of them. Works on header text and on the raw pairs of a BODYSTRUCTURE.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/part.hpp"

namespace gw::mail::mime {

using Parameters = std::vector<std::pair<std::string, std::string>>;

struct ParameterizedValue {
  std::string value;      ///< as written, without comments
  Parameters parameters;  ///< decoded, names lower case, in the order of their first appearance
};

/// Errors: none; broken syntax gives what can be made of it. At most 200 parameters, 1,000 segments.
/// Cost: linear. Source: RFC 2045 section 5.1, RFC 2183.
ParameterizedValue parse_value(std::string_view header);

/// Joins continuations (`name*0*`, `name*1`), undoes charsets and percent signs, and decodes the RFC 2047
/// words and raw 8 bit that do not belong there. Of several spellings of one name `name*` wins, then pieces,
/// then the plain one. Source: RFC 2231 sections 3 and 4.
Parameters decode_parameters(const Parameters& raw);

/// The value of a parameter; name in lower case.
std::optional<std::string> find_parameter(const Parameters& parameters, std::string_view name);

/// A file name that is safe to show: folders before it and controls removed; empty becomes absent.
std::optional<std::string> clean_filename(std::string_view decoded);

/// What a Part takes from its headers' decoded parameters: charset, file name.
/// `of_type` from Content-Type, `of_disposition` from Content-Disposition; the latter's file name wins.
void apply_parameters(Part& part, Parameters of_type, const Parameters& of_disposition);

/// `name=value` pieces for a header we write: plain token, quoted string, or RFC 2231 with continuations,
/// each at most 70 characters. Source: RFC 2231 section 3.
std::vector<std::string> encode_parameter(std::string_view name, std::string_view utf8);

}  // namespace gw::mail::mime
