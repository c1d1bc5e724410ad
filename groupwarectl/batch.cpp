#include "groupwarectl/batch.hpp"

#include <iostream>
#include <memory>

#include "core/text.hpp"
#include "groupwarectl/exit_code.hpp"
#include "groupwarectl/run_line.hpp"

namespace groupwarectl {
namespace {

struct BatchOptions {
  bool keep_going = false;
  bool report = false;
};

/// For a program that sends the next line only when it has read this. Nothing is held meanwhile.
void report_exit(Tool& tool, int code) {
  tool.release();
  std::cerr.flush();
  std::cout << "exit " << code << std::endl;
}

/// The exit code is that of the first line that failed.
int run_batch(Tool& tool, const BatchOptions& options) {
  int first_failure = kOk;
  std::string text;
  for (int number = 1; std::getline(std::cin, text); ++number) {
    const std::string_view kept = gw::trim(text);
    if (kept.empty() || kept.front() == '#') continue;
    const auto words = split_words(kept);
    int code = kUsage;
    if (words)
      code = run_line(tool, *words, Nesting::InBatch);
    else
      std::cerr << "groupwarectl: line " << number << ": a quote is not closed\n";
    if (options.report) report_exit(tool, code);
    if (code == kOk) continue;
    if (first_failure == kOk) first_failure = code;
    if (!options.keep_going) {
      std::cerr << "groupwarectl: stopped at line " << number << '\n';
      break;
    }
  }
  return first_failure;
}

}  // namespace

std::optional<std::vector<std::string>> split_words(std::string_view line) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    char c = line[i];
    if (quote == 0 && (c == ' ' || c == '\t')) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
      words.back() += line[++i];
    } else if (quote != 0) {
      if (c == quote)
        quote = 0;
      else
        words.back() += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) return std::nullopt;
  return words;
}

void add_batch_command(CommandLine line) {
  auto options = std::make_shared<BatchOptions>();
  CLI::App* command =
      add_command(line, &line.app, "batch", "Run commands from stdin, one per line, on one connection",
                  options, run_batch);
  command->add_flag("--keep-going", options->keep_going, "Go on after a line that failed");
  command->add_flag("--report", options->report,
                    "Print `exit CODE` after each line, for a program that waits for it");
}

}  // namespace groupwarectl
