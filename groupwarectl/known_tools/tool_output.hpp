// What the known tools print: one line, a table, or CSV whose header is unquoted and whose data is quoted.
// Source: spec provisioning section 8.
#pragma once

#include <span>

#include "groupwarectl/known_tools/tool_table.hpp"
#include "provisioning/operation.hpp"

namespace groupwarectl::known {

struct OutputForm {
  const KnownTool& known;
  const gw::provisioning::Operation& operation;
  bool is_csv = false;
  bool has_no_line_end = false;
};
void print_result(const OutputForm& form, const gw::Json& arguments, const gw::Json& result);
void print_help(const KnownTool& known, std::span<const ToolOption> options);

}  // namespace groupwarectl::known
