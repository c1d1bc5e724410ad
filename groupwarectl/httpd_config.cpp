#include "groupwarectl/httpd_config.hpp"

#include <glob.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/text.hpp"
#include "groupwarectl/tool.hpp"

namespace groupwarectl {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxDepth = 20;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

/// One line with its continuations. False at the end of the file.
bool read_logical_line(std::istream& file, std::string& line) {
  line.clear();
  std::string piece;
  bool any = false;
  while (std::getline(file, piece)) {
    any = true;
    if (!piece.empty() && piece.back() == '\r') piece.pop_back();
    const bool goes_on = !piece.empty() && piece.back() == '\\';
    if (goes_on) piece.pop_back();
    line += piece;
    if (!goes_on) break;
  }
  return any;
}

/// Sections whose contents count for the whole server, when their condition holds.
bool is_conditional(std::string_view section) {
  for (const char* name : {"ifmodule", "ifdefine", "ifversion", "iffile", "ifdirective", "ifsection"})
    if (gw::equal_ignoring_ascii_case(section, name)) return true;
  return false;
}

std::vector<std::string> find_files(const std::string& pattern) {
  glob_t found{};
  std::vector<std::string> paths;
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0)
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  return paths;
}

class Reader {
 public:
  Reader(fs::path root, const DirectiveVisitor& visit) : root_(std::move(root)), visit_(visit) {}

  void read_file(const std::string& path, int depth) {
    if (depth > kMaxDepth) throw UsageError("includes are nested too deeply at " + path);
    std::ifstream file(path);
    if (!file || fs::is_directory(path)) throw UsageError("cannot read the configuration file " + path);
    // Each entry says whether the contents of an open section count.
    std::vector<bool> sections;
    std::string line;
    while (read_logical_line(file, line)) {
      const std::string text = resolve_variables(gw::trim(line));
      if (text.empty() || text.front() == '#') continue;
      if (text.front() == '<')
        enter_or_leave(text, sections);
      else if (std::find(sections.begin(), sections.end(), false) == sections.end())
        take_directive(text, depth);
    }
  }

 private:
  void enter_or_leave(std::string_view text, std::vector<bool>& sections) const {
    if (text.starts_with("</")) {
      if (!sections.empty()) sections.pop_back();
      return;
    }
    const std::size_t end = std::min(text.find('>'), text.size());
    const auto words = split_arguments(text.substr(1, end - 1));
    sections.push_back(!words.empty() && is_conditional(words[0]) && holds(words));
  }

  [[nodiscard]] bool holds(const std::vector<std::string>& words) const {
    if (words.size() < 2) return true;
    const bool is_negated = words[1].starts_with('!');
    const std::string subject = words[1].substr(is_negated ? 1 : 0);
    bool is_true = true;
    if (gw::equal_ignoring_ascii_case(words[0], "ifdefine"))
      is_true = defines_.contains(subject);
    else if (gw::equal_ignoring_ascii_case(words[0], "iffile"))
      is_true = fs::exists(absolute(subject));
    return is_true != is_negated;
  }

  void take_directive(std::string_view text, int depth) {
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    const std::string_view name = text.substr(0, end);
    const auto arguments = split_arguments(text.substr(end));
    const auto is = [&](std::string_view other) { return gw::equal_ignoring_ascii_case(name, other); };
    if (is("Include") || is("IncludeOptional")) {
      if (!arguments.empty()) include(arguments[0], is("IncludeOptional"), depth);
    } else if (is("ServerRoot")) {
      if (!arguments.empty()) root_ = arguments[0];
      visit_(name, arguments);
    } else if (is("Define")) {
      if (!arguments.empty()) defines_[arguments[0]] = arguments.size() > 1 ? arguments[1] : "";
    } else if (is("UnDefine")) {
      if (!arguments.empty()) defines_.erase(arguments[0]);
    } else {
      visit_(name, arguments);
    }
  }

  void include(const std::string& argument, bool is_optional, int depth) {
    const auto paths = find_files(absolute(argument));
    if (paths.empty() && !is_optional)
      throw UsageError("the configuration includes " + argument + ", which is not there");
    for (const std::string& path : paths) include_path(path, depth);
  }

  /// A folder stands for everything in it, sorted by name.
  void include_path(const std::string& path, int depth) {
    if (!fs::is_directory(path)) return read_file(path, depth + 1);
    if (depth > kMaxDepth) throw UsageError("includes are nested too deeply at " + path);
    std::vector<std::string> inside;
    for (const auto& entry : fs::directory_iterator(path)) inside.push_back(entry.path().string());
    std::sort(inside.begin(), inside.end());
    for (const std::string& entry : inside) include_path(entry, depth + 1);
  }

  [[nodiscard]] std::string absolute(const std::string& path) const { return (root_ / path).string(); }

  [[nodiscard]] std::string resolve_variables(std::string_view text) const {
    std::string out;
    for (std::size_t start = text.find("${"); start != std::string_view::npos; start = text.find("${")) {
      const std::size_t end = text.find('}', start);
      if (end == std::string_view::npos) break;
      out += text.substr(0, start);
      const std::string name(text.substr(start + 2, end - start - 2));
      const char* variable = std::getenv(name.c_str());
      if (const auto known = defines_.find(name); known != defines_.end())
        out += known->second;
      else
        out += variable != nullptr ? variable : "${" + name + "}";
      text.remove_prefix(end + 1);
    }
    return out += text;
  }

  fs::path root_;
  const DirectiveVisitor& visit_;
  std::map<std::string, std::string> defines_;
};

}  // namespace

std::vector<std::string> split_arguments(std::string_view line) {
  std::vector<std::string> words;
  std::size_t i = 0;
  while (true) {
    while (i < line.size() && is_blank(line[i])) ++i;
    if (i >= line.size()) return words;
    const char quote = line[i] == '"' || line[i] == '\'' ? line[i++] : '\0';
    std::string word;
    for (; i < line.size() && (quote != 0 ? line[i] != quote : !is_blank(line[i])); ++i) {
      const char next = i + 1 < line.size() ? line[i + 1] : '\0';
      if (line[i] == '\\' && (next == '\\' || (quote != 0 && next == quote))) ++i;
      word += line[i];
    }
    if (quote != 0 && i < line.size()) ++i;
    words.push_back(std::move(word));
  }
}

void read_httpd_config(const std::string& path, const DirectiveVisitor& visit) {
  Reader(fs::absolute(path).parent_path(), visit).read_file(path, 0);
}

}  // namespace groupwarectl
