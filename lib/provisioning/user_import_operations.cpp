// UserImportService: users of a context out of one CSV file, with a preview. Ours, not of the known services;
// REST has it as `contexts/{context}/import`. Source: spec provisioning section 10.
#include <stdexcept>

#include "identities/user_csv_import.hpp"
#include "provisioning/context_rights.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/operation.hpp"
#include "provisioning/rights.hpp"

namespace gw::provisioning {
namespace {

using identities::CsvLayout;
using identities::CsvLine;

CsvLayout read_layout(const Call& call) {
  const std::string format = text_member(call.argument_object(), "format").value_or("named");
  if (format == "named") return CsvLayout::Named;
  if (format == "sipxecs") return CsvLayout::SipXecs;
  throw Fault(FaultKind::InvalidData, "The format is named or sipxecs", "format");
}

const char* action_of(CsvLine::Outcome outcome) {
  switch (outcome) {
    case CsvLine::Outcome::Create:
      return "create";
    case CsvLine::Outcome::Change:
      return "change";
    case CsvLine::Outcome::Skip:
      return "skip";
    case CsvLine::Outcome::Error:
      break;
  }
  return "error";
}

Json write_report(const identities::CsvImportReport& report) {
  Json out = report.to_json();
  Json lines = Json::array();
  for (const CsvLine& line : report.lines) {
    Json each = Json::object();
    each.set("line", Json::integer(static_cast<std::int64_t>(line.number)));
    each.set("login", Json::string(line.login));
    each.set("action", Json::string(action_of(line.outcome)));
    if (!line.problem.empty()) each.set("message", Json::string(line.problem));
    lines.append(std::move(each));
  }
  return out.set("lines", std::move(lines));
}

/// What `OXUserService.create` gives a user beside his data.
identities::CsvImportOptions options_of(Call& call) {
  identities::CsvImportOptions options{
      .layout = read_layout(call),
      .is_dry = boolean_member(call.argument_object(), "dry_run").value_or(false)};
  const ContextId context = call.context().id;
  const UserId admin = call.context().admin;
  options.prepare = [context, admin](model::Transaction& transaction, model::users::NewUser& user) {
    user.modules = context_access(transaction.connection(), context, admin);
  };
  options.complete = [context](model::Transaction& transaction, UserId user) {
    const CapabilityChange forced = context_capabilities(transaction.connection(), context);
    if (!forced.is_empty()) change_capabilities(transaction, context, user, forced);
  };
  return options;
}

Json import_users(Call& call) {
  if (text_member(call.argument_object(), "type").value_or("csv") != "csv")
    throw Fault(FaultKind::InvalidData, "The type of an import is csv", "type");
  try {
    return write_report(identities::import_users(call.work(), call.needed_text("csv"), options_of(call)));
  } catch (const std::invalid_argument& problem) {
    throw Fault(FaultKind::InvalidData, problem.what(), "csv");
  }
}

constexpr Operation kUserImportOperations[] = {
    {"importUsers", Who::ContextAdmin, kChanges,
     parse_signature(
         "ctx:Context csv:string auth type:string? format:string? dry_run:boolean? >ImportReport"),
     import_users},
};

}  // namespace

std::span<const Operation> user_import_operations() { return kUserImportOperations; }

}  // namespace gw::provisioning
