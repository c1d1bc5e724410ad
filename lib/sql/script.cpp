#include "sql/script.hpp"

#include "core/text.hpp"

namespace gw::sql {

std::vector<std::string_view> split_script(std::string_view script) {
  std::vector<std::string_view> statements;
  while (!script.empty()) {
    const std::size_t end = script.find(";\n");
    std::string_view statement = trim(script.substr(0, end));
    if (end == std::string_view::npos && statement.ends_with(';'))
      statement = trim(statement.substr(0, statement.size() - 1));
    if (!statement.empty()) statements.push_back(statement);
    script = end == std::string_view::npos ? std::string_view() : script.substr(end + 2);
  }
  return statements;
}

}  // namespace gw::sql
