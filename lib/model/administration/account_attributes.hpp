// Named texts that administrators keep beside a user or a context: never seen or changed by users themselves.
// The names, by prefix: `a/<namespace>/<key>` userAttributes, `kept/<field>` fields that nothing here reads,
// `cap/<id>` forced capabilities, `quota/<module>`, `access`, `reason`, `store`, `note/<name>` of services.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "model/caller.hpp"
#include "model/unit_of_work.hpp"
#include "sql/connection.hpp"

namespace gw::model::administration {

/// Stands for the context itself where a user is asked for.
inline constexpr UserId kContextItself{0};
inline constexpr std::size_t kMaxAttributeName = 255;     ///< characters
inline constexpr std::size_t kMaxAttributeValue = 8'192;  ///< bytes
inline constexpr std::size_t kMaxAttributes = 1'000;      ///< of one user

using Attributes = std::map<std::string, std::string>;

/// Those whose name begins with `prefix`, by the rest of their name. Cost: one query.
Attributes read_attributes(sql::Connection& connection, ContextId context, UserId user,
                           std::string_view prefix);
std::optional<std::string> find_attribute(sql::Connection& connection, ContextId context, UserId user,
                                          std::string_view name);
/// Without value it is removed. Errors: ProvisioningError Invalid (name or value too long, too many of them).
void store_attribute(Transaction& transaction, ContextId context, UserId user, std::string_view name,
                     const std::optional<std::string>& value);

/// What a service notes for itself beside the context, below `note/`: no administrator sees it or counts it
/// among his own. Without value it is removed.
void store_note(Transaction& transaction, ContextId context, std::string_view name,
                const std::optional<std::string>& value);
std::optional<std::string> find_note(sql::Connection& connection, ContextId context, std::string_view name);

/// How many objects of a module the context may hold: its own number (`quota/<module>`), else `configured`.
/// Units: objects; below 0: no limit. Cost: one query, none when this process has asked under the same
/// `marks`, if they are known.
std::int64_t count_limit(sql::Connection& connection, ContextId context, std::string_view module,
                         std::int64_t configured, const Marks& marks = {});

}  // namespace gw::model::administration
