// The known tools by name: the operation behind each, its options, what it prints. Source: spec provisioning
// section 8.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "groupwarectl/known_tools/tool_options.hpp"

namespace groupwarectl::known {

struct KnownTool {
  std::string_view name;
  std::string_view service;
  std::string_view operation;
  std::vector<ToolOption> (*options)();
  /// `argument=operation,…`: with that argument it is that operation instead.
  std::string_view instead{};
  /// `argument=operation,…`: with that argument it is that operation, too, afterwards.
  std::string_view also{};
  /// What is said when all went well; `%1` stands for the object, `%2` for the context, `%3` for the result.
  std::string_view message{};
  /// Members that a list shows to people, between commas; --csv shows all of the type.
  std::string_view columns{};
  /// Lists of users have ids only: this operation reads the rest.
  std::string_view details{};
};

/// nullptr: there is no such tool.
const KnownTool* find_tool(std::string_view name);
/// Tools that exist elsewhere and do nothing here, with the reason. Empty: not one of them.
std::string_view why_not_offered(std::string_view name);

}  // namespace groupwarectl::known
