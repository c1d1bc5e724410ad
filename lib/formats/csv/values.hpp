// Single cells: dates, yes and no, distribution lists. Source: spec export-import section 4.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "model/contacts/contact.hpp"

namespace gw::formats::csv {

/// `dd.MM.yyyy`, `MM/dd/yyyy` (`dd/MM/yyyy` with `day_first` or where only that fits), `dd-MM-yyyy`,
/// `yyyy-MM-dd`, `--MM-dd` (year 1604), each also with a time behind it, or a number of milliseconds.
/// Two-digit years below 30 are 20xx. Errors: empty when it is no date.
std::optional<Date> parse_date(std::string_view text, bool day_first);
/// Programs that must write something write 0/0/00 or 00-00-0000 for "no date".
bool is_empty_date(std::string_view text);

/// Yes and no in the languages of the title sets, and 1 and 0. Errors: empty for other words.
std::optional<bool> parse_flag(std::string_view text);
/// True when a sensitivity cell says private or confidential in one of the languages.
bool is_private_word(std::string_view text);

/// `"Name" <a@b>, c@d`.
std::string format_members(const std::vector<model::contacts::ListMember>& members);
/// Reads what format_members writes, and bare addresses separated by comma, semicolon or line break. Limits:
/// 10,000 members.
std::vector<model::contacts::ListMember> parse_members(std::string_view text);

}  // namespace gw::formats::csv
