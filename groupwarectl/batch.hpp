// `groupwarectl batch`: one command per line of stdin, on one connection.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "groupwarectl/commands.hpp"

namespace groupwarectl {

void add_batch_command(CommandLine line);

/// Splits like a shell: blanks part words, single and double quotes keep them together, `\` takes the next
/// character. Errors: empty when a quote is not closed.
std::optional<std::vector<std::string>> split_words(std::string_view line);

}  // namespace groupwarectl
