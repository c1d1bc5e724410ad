#include "provisioning/call.hpp"

#include <fmt/format.h>

#include "core/text.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/databases/databases.hpp"
#include "provisioning/fault.hpp"

namespace gw::provisioning {
namespace {

constexpr std::int64_t kMegabyte = 1'048'576;

[[noreturn]] void refuse_missing(std::string_view name) {
  throw Fault(FaultKind::InvalidData, fmt::format("{} is missing", name), std::string(name));
}

[[noreturn]] void refuse_kind(std::string_view name, std::string_view kind) {
  throw Fault(FaultKind::InvalidData, fmt::format("{} is no {}", name, kind), std::string(name));
}

}  // namespace

Json Call::needed_object(const char* name) const {
  Json value = argument(name);
  if (value.is_missing() || value.is_null()) refuse_missing(name);
  if (!value.is_object()) refuse_kind(name, "object");
  return value;
}

std::string Call::needed_text(const char* name) const {
  const auto text = text_member(arguments_, name);
  if (!text || text->empty()) refuse_missing(name);
  return *text;
}

std::int64_t Call::needed_number(const char* name) const {
  const auto number = number_member(arguments_, name);
  if (!number) refuse_missing(name);
  return *number;
}

std::optional<std::int64_t> Call::optional_number(const char* name) const {
  return number_member(arguments_, name);
}

bool Call::is_visible(ContextId context) {
  return !reseller_ || model::administration::owns_context(database_.connection(), reseller_->id, context);
}

void Call::open_context(const Json& named) {
  auto found = find_context(database_.connection(), named);
  if (found && !is_visible(found->id)) found.reset();
  database_.release();
  if (!found)
    throw Fault(FaultKind::NoSuchContext,
                fmt::format("Context {} does not exist", named.get("id").is_missing()
                                                             ? named.get("name").to_text().value_or("")
                                                             : named.get("id").to_text().value_or("")));
  open_context(std::move(*found));
}

void Call::open_context(model::contexts::Context context) {
  work_ = std::make_unique<model::UnitOfWork>(
      environment_, model::contexts::provisioning_caller(context.id, context.admin));
  // The home database has a copy that lags behind a change which was cut off.
  if (context.database != 0)
    if (auto there = model::contexts::find_context(work_->connection(), context.id)) {
      there->database = context.database;
      context = std::move(*there);
    }
  context_ = std::move(context);
}

sql::Connection& Call::connection_to(const model::contexts::Context& context) {
  if (context.database == 0 || environment_.databases == nullptr) return database_.connection();
  database_.release();
  other_.use(environment_.databases->pool(context.database));
  return other_.connection();
}

model::UnitOfWork& Call::work() { return *work_; }

std::optional<model::contexts::Context> find_context(sql::Connection& connection, const Json& named) {
  if (!named.is_object()) throw Fault(FaultKind::InvalidData, "No context was named", "ctx");
  if (const auto id = number_member(named, "id"))
    return model::contexts::find_context(connection, ContextId(*id));
  const auto name = text_member(named, "name");
  if (!name || name->empty()) throw Fault(FaultKind::InvalidData, "A context needs id or name", "ctx");
  return model::contexts::find_context(connection, *name);
}

std::optional<std::string> text_member(const Json& object, const char* name) {
  const Json value = object.get(name);
  if (value.is_missing() || value.is_null()) return std::nullopt;
  auto text = value.to_text();
  if (!text) refuse_kind(name, "text");
  return text;
}

std::optional<std::int64_t> number_member(const Json& object, const char* name) {
  const Json value = object.get(name);
  if (value.is_missing() || value.is_null() || (value.is_string() && value.as_string().empty()))
    return std::nullopt;
  const auto number = value.to_integer();
  if (!number) refuse_kind(name, "number");
  return number;
}

std::optional<bool> boolean_member(const Json& object, const char* name) {
  const Json value = object.get(name);
  if (value.is_missing() || value.is_null()) return std::nullopt;
  const auto flag = value.to_boolean();
  if (!flag) refuse_kind(name, "true or false");
  return flag;
}

bool fits_pattern(std::string_view text, std::string_view pattern) {
  if (pattern.empty() || pattern == "*") return true;
  return matches_wildcards(fold(text), fold(pattern));
}

std::int64_t to_bytes(std::int64_t megabytes) {
  if (megabytes == -1) return -1;
  if (megabytes < -1 || megabytes > INT64_MAX / kMegabyte)
    throw Fault(FaultKind::InvalidData, "A quota is a number of megabytes, or -1 for unlimited", "maxQuota");
  return megabytes * kMegabyte;
}

std::int64_t to_megabytes(std::int64_t bytes) {
  return bytes < 0 ? -1 : (bytes / kMegabyte) + (bytes % kMegabyte != 0 ? 1 : 0);
}

}  // namespace gw::provisioning
