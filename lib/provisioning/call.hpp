// One call of an operation, after its caller was let in: arguments, database, and the context it speaks of.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.hpp"
#include "model/administration/resellers.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/unit_of_work.hpp"
#include "provisioning/module_access.hpp"

namespace gw::provisioning {

class Call {
 public:
  Call(model::Environment& environment, const AccessCombinations& combinations, Json arguments)
      : environment_(environment),
        combinations_(combinations),
        arguments_(std::move(arguments)),
        database_(environment.pool),
        other_(environment.pool) {}

  [[nodiscard]] model::Environment& environment() { return environment_; }
  [[nodiscard]] const AccessCombinations& combinations() const { return combinations_; }
  [[nodiscard]] const Json& argument_object() const { return arguments_; }
  /// Missing when it was not sent.
  [[nodiscard]] Json argument(const char* name) const { return arguments_.get(name); }
  /// Errors: Fault InvalidData when it is missing or not of that kind.
  [[nodiscard]] Json needed_object(const char* name) const;
  [[nodiscard]] std::string needed_text(const char* name) const;
  [[nodiscard]] std::int64_t needed_number(const char* name) const;
  [[nodiscard]] std::optional<std::int64_t> optional_number(const char* name) const;

  /// From here on the call sees what is this reseller's only.
  void set_reseller(const model::administration::Reseller& reseller) { reseller_ = reseller; }
  /// Empty: the caller is no reseller.
  [[nodiscard]] const std::optional<model::administration::Reseller>& reseller() const { return reseller_; }
  /// Results tell whose contexts are.
  void show_owners() { shows_owners_ = true; }
  [[nodiscard]] bool shows_owners() const { return shows_owners_; }
  /// Whether the caller may know of this context. Cost: nothing, or two queries for a reseller.
  [[nodiscard]] bool is_visible(ContextId context);

  /// The home database: for what belongs to no context.
  sql::Scope& database() { return database_; }
  /// Of the database that has the data of this context. Errors: Unavailable.
  sql::Connection& connection_to(const model::contexts::Context& context);
  /// Makes the call speak of the context that an argument names by id, or by name. Errors: Fault
  /// NoSuchContext (it is not there, or not the reseller's who calls), InvalidData.
  void open_context(const Json& named);
  void open_context(model::contexts::Context context);
  /// Of the open context; speaks as its administrator.
  model::UnitOfWork& work();
  [[nodiscard]] const model::contexts::Context& context() const { return *context_; }
  [[nodiscard]] bool has_context() const { return context_.has_value(); }

 private:
  model::Environment& environment_;
  const AccessCombinations& combinations_;
  const Json arguments_;
  std::optional<model::administration::Reseller> reseller_;
  bool shows_owners_ = false;
  sql::Scope database_;
  /// Of connection_to, when the context is not at home.
  sql::Scope other_;
  std::optional<model::contexts::Context> context_;
  std::unique_ptr<model::UnitOfWork> work_;
};

/// By id when there is one, else by name. Errors: Fault InvalidData with neither; empty when there is none.
std::optional<model::contexts::Context> find_context(sql::Connection& connection, const Json& named);

/// Text of a member; empty when it is missing or null. Errors: Fault InvalidData.
std::optional<std::string> text_member(const Json& object, const char* name);
std::optional<std::int64_t> number_member(const Json& object, const char* name);
std::optional<bool> boolean_member(const Json& object, const char* name);

/// Whether a text fits `pattern` (`*` and `?`), without case and accents. Empty and `*` fit everything.
bool fits_pattern(std::string_view text, std::string_view pattern);

/// Megabytes of the wire in bytes; -1 stays. Errors: Fault InvalidData.
std::int64_t to_bytes(std::int64_t megabytes);
/// Rounded up.
std::int64_t to_megabytes(std::int64_t bytes);

}  // namespace gw::provisioning
