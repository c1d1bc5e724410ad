// Cleans every string of a JSON array on stdin, and says which results could run something or change when
// they are cleaned again, for xss_lists_test.py; or prints what it made of them, with --print, for
// browser_test.py.
#include <cstdio>
#include <iostream>
#include <iterator>

#include "core/json.hpp"
#include "mail/html/cleaner.hpp"
#include "mail/html/plain_text.hpp"
#include "support/html_judge.hpp"

namespace {

void print_cleaned(const gw::Json& texts) {
  gw::Json cleaned = gw::Json::array();
  for (std::size_t i = 0; i < texts.size(); ++i)
    cleaned.append(gw::Json::string(gw::mail::html::clean_html(texts.at(i).as_string(), {}).html));
  std::puts(cleaned.dump().c_str());
}

}  // namespace

int main(int count, char** arguments) {
  using namespace gw;
  using namespace gw::mail::html;
  const std::string input{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  const auto texts = Json::parse(input);
  if (!texts || !texts->is_array()) return 2;
  if (count > 1 && std::string_view(arguments[1]) == "--print") {
    print_cleaned(*texts);
    return 0;
  }
  int failed = 0;
  for (std::size_t i = 0; i < texts->size(); ++i) {
    const std::string text(texts->at(i).as_string());
    // As it stands, inside an attribute, inside a style sheet, and behind an open element.
    for (const std::string& html :
         {text, "<img title=\"" + text + "\">", "<style>" + text + "</style>", "<svg><p>" + text}) {
      const CleanResult once = clean_html(html, {});
      const bool is_stable = clean_html(once.html, {}).html == once.html;
      if (is_stable && !test::is_dangerous(once.html) && !test::is_dangerous(text_to_html(text))) continue;
      std::printf("%s: %s\n -> %s\n", is_stable ? "may run" : "changes", html.c_str(), once.html.c_str());
      ++failed;
    }
  }
  std::printf("%zu texts, %d failures\n", texts->size(), failed);
  return failed == 0 && texts->size() > 0 ? 0 : 1;
}
