// SOAP messages: the call out of an envelope, and answers and faults as envelopes. Document style, wrapped;
// members are accepted in any order and from any namespace, unknown ones are passed over, and written in the
// order of the tables. Source: spec provisioning sections 2 and 10; SOAP 1.1, 1.2.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/json.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"
#include "soap/xml_element.hpp"

namespace gw::soap {

inline constexpr std::string_view kServiceSpace = "http://soap.admin.openexchange.com";
inline constexpr std::string_view kDataSpace = "http://dataobjects.soap.admin.openexchange.com/xsd";
inline constexpr std::string_view kPlainSpace = "http://dataobjects.rmi.admin.openexchange.com/xsd";
inline constexpr std::string_view kFaultSpace = "http://exceptions.rmi.admin.openexchange.com/xsd";
inline constexpr std::string_view kEnvelope11 = "http://schemas.xmlsoap.org/soap/envelope/";
inline constexpr std::string_view kEnvelope12 = "http://www.w3.org/2003/05/soap-envelope";

/// The prefix of a type's namespace in everything that is written here.
std::string_view prefix_of(provisioning::TypeSpace space);

/// The first element of the body; headers are passed over. Errors: Fault InvalidData when it is no envelope.
struct Envelope {
  XmlElement document;
  const XmlElement* call = nullptr;  ///< in `document`
  bool is_soap12 = false;
};
Envelope read_envelope(std::string_view body);

struct CallMessage {
  std::string login, password;
  Json arguments;
};
/// Errors: Fault InvalidData for a value that is not of its kind.
CallMessage read_call(const provisioning::Operation& operation, const XmlElement& call);

std::string write_response(const provisioning::Operation& operation, const Json& result, bool is_soap12);
std::string write_fault(const provisioning::Fault& fault, bool is_soap12);

}  // namespace gw::soap
