// What requests about mail filters say beside the rule itself. Source: spec mailfilter section 5.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "mail/sieve/json.hpp"

namespace gw::ajax {

/// Member `id`. Errors: MAIL_FILTER-0003 no object, -0001 without it, -0009 no number.
std::int64_t parse_rule_id(const Json& body);
/// Member `position`; empty without it. Errors: MAIL_FILTER-0007 no number.
std::optional<std::int64_t> parse_position(const Json& body);
/// An array of ids. Errors: MAIL_FILTER-0003 no array, -0009 no number.
std::vector<std::int64_t> parse_rule_ids(const Json& body);

/// Which rules a list holds.
struct FlagFilter {
  std::string flag;  ///< empty: all
  [[nodiscard]] bool takes(const mail::sieve::Rule& rule) const {
    return flag.empty() || rule.has_flag(flag);
  }
};
/// Version 1 knows some kinds of filters, version 2 takes any flag. Errors: MAIL_FILTER-0026.
FlagFilter parse_flag_filter(std::string_view flag, mail::sieve::Version version);

}  // namespace gw::ajax
