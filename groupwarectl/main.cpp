// groupwarectl: administration from the command line. Options, exit codes and examples: docs/groupwarectl.md.
#include <iostream>

#include "groupwarectl/batch.hpp"
#include "groupwarectl/exit_code.hpp"
#include "groupwarectl/run_line.hpp"

int main(int argc, char** argv) {
  groupwarectl::Tool tool;
  std::vector<std::string> words(argv + 1, argv + argc);
  return groupwarectl::run_line(tool, words, groupwarectl::Nesting::Top);
}
