// One command line: understood, run, its failure reported.
#pragma once

#include <string>
#include <vector>

#include "groupwarectl/tool.hpp"

namespace groupwarectl {

enum class Nesting {
  Top,      ///< the process's own line: global options and `batch` are allowed
  InBatch,  ///< a line of a batch: one database for all of them
};

/// Gives the exit code. Prints results to stdout and failures as one line to stderr.
int run_line(Tool& tool, const std::vector<std::string>& words, Nesting nesting);

}  // namespace groupwarectl
