// Walks the contract: every operation is offered or listed with the reason why not. Prints both counts.
#include "ajax/registry.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/json.hpp"
#include "support/source_folder.hpp"

namespace gw::ajax {
namespace {

Json load_contract() {
  std::ifstream file(gw::test::source_folder() / "tests/data/http-api.json");
  std::stringstream text;
  text << file.rdbuf();
  auto json = Json::parse(text.str());
  return json ? *json : Json();
}

/// "/ajax/login;jsessionid=1.OX1" -> "login", "/ajax/config/{path}" -> "config/x".
std::string module_path(std::string path) {
  path = path.substr(std::string("/ajax/").size());
  path = path.substr(0, path.find(';'));
  for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{'))
    path.replace(open, path.find('}') - open + 1, "x");
  return path;
}

Method method_of(const Json& operation) {
  const std::string_view name = operation.get("method").as_string();
  for (const Method method : {Method::Get, Method::Put, Method::Post, Method::Delete, Method::Patch})
    if (method_name(method) == name) return method;
  return Method::Other;
}

bool is_offered(const std::string& path, const std::string& action, Method method) {
  const ApiModule* module = find_module(path);
  return module != nullptr && find_action(*module, action, method) != nullptr;
}

bool is_listed(const std::string& path, const std::string& action) {
  const auto list = not_offered();
  return std::any_of(list.begin(), list.end(), [&](const NotOffered& row) {
    const bool module = path == row.path || path.starts_with(std::string(row.path) + "/");
    return module && (row.action.empty() || row.action == action);
  });
}

TEST(Registry, EveryOperationOfTheContractIsOfferedOrListedWithAReason) {
  const Json operations = load_contract().get("operations");
  ASSERT_EQ(operations.size(), 361U);
  int offered = 0;
  int listed = 0;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const Json operation = operations.at(i);
    const std::string path = module_path(std::string(operation.get("path").as_string()));
    const Method method = method_of(operation);
    std::string action(operation.get("query").get("action").as_string());
    if (action.empty()) action = method_name(method);
    if (is_offered(path, action, method))
      ++offered;
    else if (is_listed(path, action))
      ++listed;
    else
      ADD_FAILURE() << "neither offered nor listed: " << path << " " << action;
  }
  std::cout << "operations of the contract: " << offered << " offered, " << listed << " not offered yet\n";
}

TEST(Registry, NothingIsBothOfferedAndListed) {
  for (const NotOffered& row : not_offered()) {
    const ApiModule* module = find_module(row.path);
    if (module == nullptr || module->path != row.path) continue;
    EXPECT_FALSE(row.action.empty()) << row.path;
    EXPECT_EQ(find_action(*module, row.action, Method::Get), nullptr) << row.path << " " << row.action;
  }
}

TEST(Registry, ModulesAreSortedAndHaveNoActionTwice) {
  const auto modules = registry();
  for (std::size_t i = 1; i < modules.size(); ++i) EXPECT_LT(modules[i - 1]->path, modules[i]->path);
  for (const ApiModule* module : modules)
    for (const Action& a : module->actions)
      for (const Action& b : module->actions)
        EXPECT_TRUE(&a == &b || a.name != b.name || (a.methods & b.methods) == 0)
            << module->path << " " << a.name;
}

TEST(Registry, TheLongestKnownPrefixOfThePathWins) {
  ASSERT_NE(find_module("contacts/picture"), nullptr);
  EXPECT_EQ(find_module("contacts/picture")->path, "contacts/picture");
  EXPECT_EQ(find_module("config/modules/mail")->path, "config");
  EXPECT_EQ(find_module("contactsx"), nullptr);
  EXPECT_EQ(find_module(""), nullptr);
}

}  // namespace
}  // namespace gw::ajax
