// The operations: who may call them, what they take in which order, what they give, what they do. One table
// for SOAP with its WSDL, for REST with its OpenAPI document, and for the command line. Source: spec
// provisioning section 3.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "core/json.hpp"
#include "provisioning/data_types.hpp"

namespace gw::provisioning {

class Call;

enum class Who {
  Master,        ///< an administrator of the installation
  ContextAdmin,  ///< of the context that the first argument names
  Reseller,      ///< an administrator of the installation; a reseller for what is his
  /// As ContextAdmin, or the reseller to whom that context belongs.
  ContextAdminOrReseller,
};

struct Parameter {
  Member member;
  bool is_required = true;
};

/// Arguments and result of an operation, written as one line: `ctx:Context users:User* auth reassign:int?
/// >User*`. A star is a list, a question mark may be left out, what follows `>` is given back.
struct Signature {
  static constexpr std::size_t kMost = 8;
  std::array<Parameter, kMost> parameters{};
  std::size_t count = 0;
  Member result{};
  bool has_result = false;

  [[nodiscard]] constexpr std::span<const Parameter> all() const { return {parameters.data(), count}; }
};

constexpr Member parse_member(std::string_view word) {
  Member member;
  const std::size_t colon = word.find(':');
  member.name = word.substr(0, colon);
  std::string_view type = colon == word.npos ? "string" : word.substr(colon + 1);
  // Resellers' own service calls them `creds`.
  if (member.name == "auth" || member.name == "creds") type = "Credentials";
  if (type.ends_with('*')) {
    member.is_list = true;
    type.remove_suffix(1);
  }
  if (type == "string")
    member.kind = ValueKind::String;
  else if (type == "int")
    member.kind = ValueKind::Int;
  else if (type == "long")
    member.kind = ValueKind::Long;
  else if (type == "boolean")
    member.kind = ValueKind::Boolean;
  else {
    member.kind = ValueKind::Struct;
    member.type = type;
  }
  return member;
}

/// Errors: a signature that is too long does not compile.
constexpr Signature parse_signature(std::string_view text) {
  Signature signature;
  while (!text.empty()) {
    const std::size_t end = text.find(' ') == text.npos ? text.size() : text.find(' ');
    std::string_view word = text.substr(0, end);
    text.remove_prefix(end == text.size() ? end : end + 1);
    if (word.front() == '>') {
      word.remove_prefix(1);
      signature.has_result = true;
      signature.result = parse_member(word);
      // `>User*` is a type without a name of its own.
      if (word.find(':') == word.npos) {
        const std::string_view type = word.ends_with('*') ? word.substr(0, word.size() - 1) : word;
        signature.result = parse_member(type);
        signature.result.is_list = word.ends_with('*');
        signature.result.kind = type == "string"    ? ValueKind::String
                                : type == "int"     ? ValueKind::Int
                                : type == "boolean" ? ValueKind::Boolean
                                                    : ValueKind::Struct;
        signature.result.type = signature.result.kind == ValueKind::Struct ? type : std::string_view();
      }
      signature.result.name = "return";
      continue;
    }
    Parameter& parameter = signature.parameters.at(signature.count++);
    parameter.is_required = !word.ends_with('?');
    if (!parameter.is_required) word.remove_suffix(1);
    parameter.member = parse_member(word);
  }
  return signature;
}

/// Who calls; faces read it out of the message, and operations never see it.
constexpr bool is_credentials(const Member& member) { return member.type == "Credentials"; }

struct Operation {
  std::string_view name;
  Who who;
  bool is_change = false;  ///< goes into the audit log
  Signature signature;
  Json (*run)(Call&);
};

inline constexpr bool kReads = false;
inline constexpr bool kChanges = true;

struct ServiceTable {
  std::string_view name;  ///< of the endpoint, such as OXUserService
  std::span<const Operation> operations;
};

std::span<const ServiceTable> services();
/// nullptr: there is none.
const ServiceTable* find_service(std::string_view name);
const Operation* find_operation(std::string_view service, std::string_view name);

// The tables, each beside what it does.
std::span<const Operation> context_operations();
std::span<const Operation> user_operations();
/// Not one of the known services.
std::span<const Operation> user_import_operations();
std::span<const Operation> group_operations();
std::span<const Operation> resource_operations();
std::span<const Operation> registry_operations();
std::span<const Operation> secondary_account_operations();
std::span<const Operation> job_operations();
std::span<const Operation> reseller_operations();
// The same for resellers: contexts have an owner there.
std::span<const Operation> reseller_context_operations();
std::span<const Operation> reseller_user_operations();
std::span<const Operation> reseller_group_operations();
std::span<const Operation> reseller_resource_operations();

}  // namespace gw::provisioning
