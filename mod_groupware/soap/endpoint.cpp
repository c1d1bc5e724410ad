#include "soap/endpoint.hpp"

#include <fmt/format.h>

#include "core/metric.hpp"
#include "core/text.hpp"
#include "soap/message.hpp"
#include "soap/wsdl.hpp"

namespace gw::soap {
namespace {

using provisioning::Fault;
using provisioning::FaultKind;
using provisioning::HttpAnswer;
using provisioning::HttpRequest;
using provisioning::Operation;
using provisioning::ServiceTable;

HttpAnswer page(int status, std::string_view text) {
  return {status, "text/plain; charset=UTF-8", std::string(text) + "\n", {}};
}

HttpAnswer xml(int status, std::string body, bool is_soap12) {
  return {status,
          is_soap12 ? "application/soap+xml; charset=UTF-8" : "text/xml; charset=UTF-8",
          std::move(body),
          {}};
}

HttpAnswer fault_answer(const Fault& fault, bool is_soap12) {
  // SOAP says 500 for every fault; who guesses passwords learns to wait.
  HttpAnswer made =
      xml(fault.kind() == FaultKind::Throttled ? 429 : 500, write_fault(fault, is_soap12), is_soap12);
  if (made.status == 429) made.headers.emplace_back("Retry-After", "60");
  return made;
}

HttpAnswer call(provisioning::Provisioning& provisioning, const ServiceTable& service,
                const HttpRequest& request) {
  bool is_soap12 = false;
  const Operation* operation = nullptr;
  const Stopwatch watch;
  const auto tell = [&](std::string_view status) {
    watch.tell(Metric::SoapRequests,
               {service.name, operation == nullptr ? "other" : operation->name, status});
  };
  try {
    const Envelope envelope = read_envelope(request.body);
    is_soap12 = envelope.is_soap12;
    operation = provisioning::find_operation(service.name, envelope.call->name);
    if (operation == nullptr)
      throw Fault(FaultKind::InvalidData, fmt::format("{} has no operation \"{}\"", service.name,
                                                      first_characters(envelope.call->name, 64)));
    const CallMessage message = read_call(*operation, *envelope.call);
    const Json result = provisioning.perform(
        *operation, {message.login, message.password, request.address, request.user_agent},
        message.arguments);
    tell("OK");
    return xml(200, write_response(*operation, result, is_soap12), is_soap12);
  } catch (const Fault& fault) {
    tell(provisioning::fault_row(fault.kind()).name);
    return fault_answer(fault, is_soap12);
  }
}

}  // namespace

HttpAnswer answer(provisioning::Provisioning& provisioning, const HttpRequest& request) {
  std::string_view name = request.path;
  while (name.ends_with('/')) name.remove_suffix(1);
  const ServiceTable* service = provisioning::find_service(name);
  if (service == nullptr) return page(404, "There is no such service.");
  if (request.method == "POST") return call(provisioning, *service, request);
  if (request.method == "GET" && to_lower_ascii(request.query).starts_with("wsdl"))
    return xml(200, write_wsdl(*service, request.own_url), false);
  HttpAnswer refusal = page(405, "Send a SOAP message, or ask for ?wsdl.");
  refusal.headers.emplace_back("Allow", "GET, HEAD, POST");
  return refusal;
}

}  // namespace gw::soap
