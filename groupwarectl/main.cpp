// groupwarectl: administration from the command line. Options, exit codes and examples: docs/groupwarectl.md.
#include <filesystem>
#include <iostream>

#include "groupwarectl/batch.hpp"
#include "groupwarectl/exit_code.hpp"
#include "groupwarectl/known_tools/known_tools.hpp"
#include "groupwarectl/run_line.hpp"

int main(int argc, char** argv) {
  groupwarectl::Tool tool;
  std::vector<std::string> words(argv + 1, argv + argc);
  const std::string called = std::filesystem::path(argc > 0 ? argv[0] : "").filename().string();
  if (groupwarectl::known::is_known_tool(called))
    return groupwarectl::known::run_known_tool(tool, called, words);
  if (!words.empty() && groupwarectl::known::is_known_tool(words.front())) {
    const std::string name = words.front();
    words.erase(words.begin());
    return groupwarectl::known::run_known_tool(tool, name, words);
  }
  if (called == "showruntimestats") words.insert(words.begin(), called);
  return groupwarectl::run_line(tool, words, groupwarectl::Nesting::Top);
}
