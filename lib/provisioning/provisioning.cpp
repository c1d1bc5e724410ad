#include "provisioning/provisioning.hpp"

#include <fmt/format.h>

#include <new>

#include "core/log.hpp"
#include "core/text.hpp"
#include "model/users/provisioning_error.hpp"
#include "provisioning/call.hpp"
#include "provisioning/fault.hpp"

namespace gw::provisioning {
namespace {

constexpr std::size_t kMaxAuditText = 400;

void append_named(std::string& out, std::string_view name, const Json& value) {
  const std::string id = value.get("id").to_text().value_or("");
  const std::string text = value.get("name").to_text().value_or("");
  if (id.empty() && text.empty()) return;
  out += fmt::format("{}{}={}{}{}", out.empty() ? "" : " ", name, id, id.empty() || text.empty() ? "" : "/",
                     text);
}

/// Ids and names of what the call speaks of; nothing else of the arguments is logged, passwords least.
std::string describe_objects(const Operation& operation, const Json& arguments) {
  std::string out;
  for (const Parameter& parameter : operation.signature.all()) {
    const std::string name(parameter.member.name);
    if (is_credentials(parameter.member)) continue;
    const Json value = arguments.get(name.c_str());
    if (name == "id" && value.to_text())
      out += fmt::format("{}id={}", out.empty() ? "" : " ", *value.to_text());
    if (parameter.member.kind != ValueKind::Struct) continue;
    if (!value.is_array()) {
      append_named(out, name, value);
      continue;
    }
    for (std::size_t i = 0; i < value.size() && out.size() < kMaxAuditText; ++i)
      append_named(out, name, value.at(i));
  }
  return log_text(out);
}

void audit(const Operation& operation, const Login& login, const Json& arguments, std::string_view result) {
  if (!operation.is_change) return;
  log(LogLevel::Notice, "GW0783",
      fmt::format("audit: actor=\"{}\" from={} operation={} object=\"{}\" result={}", log_text(login.name),
                  log_text(login.address), operation.name, describe_objects(operation, arguments), result));
}

/// The fault for a reseller: what is taken elsewhere keeps its owner for itself.
Fault hide_others(const std::exception& error) {
  const char* text = "This name or number is taken";
  const auto* refused = dynamic_cast<const model::ProvisioningError*>(&error);
  if (refused != nullptr && refused->kind() == model::ProvisioningError::Kind::AlreadyExists)
    return {FaultKind::InvalidData, text};
  Fault fault = to_fault(error);
  if (fault.kind() == FaultKind::ContextExists) return {FaultKind::ContextExists, text};
  return fault;
}

}  // namespace

Provisioning::Provisioning(model::Environment& environment) : environment_(environment) {
  const std::string& file = environment.settings.provisioning.combinations_file;
  if (!file.empty()) combinations_.add_file(file);
}

void Provisioning::admit_call(const Operation& operation, const Login& login, Call& call) {
  if (operation.signature.result.type == "ResellerContext") call.show_owners();
  if (operation.who == Who::Master || operation.who == Who::Reseller) {
    const Wanted wanted{.admits_reseller = operation.who == Who::Reseller};
    if (const Admitted admitted = admit(environment_, known_, login, wanted, true); admitted.reseller)
      call.set_reseller(*admitted.reseller);
    return;
  }
  const std::string parameter(operation.signature.parameters[0].member.name);
  auto context = find_context(call.database().connection(), call.argument(parameter.c_str()));
  call.database().release();
  const Wanted wanted{context ? &*context : nullptr, environment_.settings.provisioning.master_override,
                      operation.who == Who::ContextAdminOrReseller};
  if (const Admitted admitted = admit(environment_, known_, login, wanted, false); admitted.reseller)
    call.set_reseller(*admitted.reseller);
  if (!context) throw Fault(FaultKind::NoSuchContext, "The context does not exist");
  call.open_context(std::move(*context));
}

void Provisioning::check(const Operation& operation, const Login& login, const Json& arguments) try {
  Call call(environment_, combinations_, arguments);
  admit_call(operation, login, call);
} catch (const std::bad_alloc&) {
  throw;
} catch (const std::exception& error) {
  throw to_fault(error);
}

Json Provisioning::perform(const Operation& operation, const Login& login, const Json& arguments) {
  bool hides_others = false;
  try {
    Call call(environment_, combinations_, arguments);
    admit_call(operation, login, call);
    hides_others = call.reseller().has_value() && operation.who == Who::Reseller;
    Json result = operation.run(call);
    audit(operation, login, arguments, "ok");
    return result;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    Fault fault = hides_others ? hide_others(error) : to_fault(error);
    audit(operation, login, arguments, fault_row(fault.kind()).word);
    throw fault;
  }
}

}  // namespace gw::provisioning
