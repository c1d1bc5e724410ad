// Options of the known provisioning tools, such as `createuser -c 1 -u anna`: what each is called and where
// its value goes among the arguments of an operation. Source: spec provisioning section 8.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"

namespace groupwarectl::known {

enum class OptionKind {
  Text,
  List,     ///< between commas
  OnOff,    ///< on, off, true, false
  Pair,     ///< key=value, may be repeated
  Several,  ///< may be repeated; the tool itself reads it
  Flag,     ///< takes no value
};

struct ToolOption {
  char short_name = 0;
  std::string long_name;
  /// `usrdata.name`: an argument, or a member of one. Names of the tool itself begin with `:`.
  std::string path;
  OptionKind kind = OptionKind::Text;
  bool is_required = false;
};

/// Ends the tool with the exit code that scripts know.
class ToolError : public std::runtime_error {
 public:
  ToolError(int exit_code, const std::string& text) : std::runtime_error(text), exit_code_(exit_code) {}
  [[nodiscard]] int exit_code() const { return exit_code_; }

 private:
  int exit_code_;
};
inline constexpr int kMissingOption = 104, kIllegalValue = 109, kUnknownOption = 111;

/// -A, -P, -h, --csv … which every tool has.
std::vector<ToolOption> common_options();
/// -c and -N.
std::vector<ToolOption> context_choice(bool is_required);
/// Every field of a user below `object`, by its name in lower case, and the short ones.
std::vector<ToolOption> user_options(const std::string& object, bool is_creating);
/// --access-… below `object`, and --access-combination-name.
std::vector<ToolOption> access_options(const std::string& object);

/// Values by the path of their option.
using OptionValues = std::multimap<std::string, std::string>;
/// Errors: ToolError 111, 109 (no value, or a wrong one).
OptionValues read_options(std::span<const ToolOption> options, const std::vector<std::string>& words);
/// Errors: ToolError 104.
void require_options(std::span<const ToolOption> options, const OptionValues& values);
/// The arguments that the values make; those of the tool itself are left out. Errors: ToolError 109.
gw::Json to_arguments(std::span<const ToolOption> options, const OptionValues& values);

std::optional<std::string> find_value(const OptionValues& values, const std::string& path);

}  // namespace groupwarectl::known
