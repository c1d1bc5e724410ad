// All modules of the API, sorted by path; one line per module in registry.cpp.
#pragma once

#include <span>

#include "ajax/action.hpp"

namespace gw::ajax {

std::span<const ApiModule* const> registry();

/// The module with the longest path that is a prefix of `path` (whole segments). nullptr when there is none.
const ApiModule* find_module(std::string_view path);
/// By name; when one name serves several methods the one that fits the method wins. nullptr: unknown action.
const Action* find_action(const ApiModule& module, std::string_view name, Method method);

/// Operations of the contract that are not offered yet, each with its reason. Source: not_offered.cpp.
struct NotOffered {
  std::string_view path;    ///< "mail"
  std::string_view action;  ///< "all"; empty: every action of the module
  std::string_view reason;
};
std::span<const NotOffered> not_offered();

}  // namespace gw::ajax
