#include "apache/provisioning_words.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "apache/words.hpp"
#include "core/text.hpp"
#include "provisioning/module_access.hpp"

namespace gw::apache {
namespace {

constexpr std::string_view kProvisioningForm =
    "off, or on and then override=on, combinations=/etc/groupware/ModuleAccessDefinitions.properties";

[[noreturn]] void refuse_provisioning(std::string_view name, std::string_view word) {
  throw DirectiveError(fmt::format("{}: unknown word \"{}\"; write {}", name, word, kProvisioningForm));
}

}  // namespace

void set_provisioning(ProvisioningSettings& provisioning, std::string_view name,
                      std::span<const std::string_view> words) {
  ProvisioningSettings wanted;
  const bool is_off = words.size() == 1 && equal_ignoring_ascii_case(words.front(), "off");
  if (!is_off && (words.empty() || !equal_ignoring_ascii_case(words.front(), "on")))
    throw DirectiveError(fmt::format("{}: write {}", name, kProvisioningForm));
  wanted.enabled = !is_off;
  for (const std::string_view word : words.subspan(1)) {
    const auto [key, value] = split_word(word);
    const bool is_on = equal_ignoring_ascii_case(value, "on");
    if (key == "override" && (is_on || equal_ignoring_ascii_case(value, "off")))
      wanted.master_override = is_on;
    else if (key == "combinations" && value.starts_with('/'))
      wanted.combinations_file = value;
    else
      refuse_provisioning(name, word);
  }
  try {
    if (!wanted.combinations_file.empty())
      provisioning::AccessCombinations().add_file(wanted.combinations_file);
  } catch (const std::invalid_argument& error) {
    throw DirectiveError(fmt::format("{}: {}", name, error.what()));
  }
  provisioning = std::move(wanted);
}

}  // namespace gw::apache
