// Any bytes as HTML: cleaned twice the same, nothing that runs, and the conversions of texts.
#include <cstdint>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mail/html/cleaner.hpp"
#include "mail/html/plain_text.hpp"
#include "mail/html/tree.hpp"

namespace {

using namespace gw;
using namespace gw::mail::html;
using fuzz::require;

/// Elements and attributes that a cleaned text may hold, judged on its tree.
void check_harmless(const std::string& html) {
  const auto tree = Tree::parse(html);
  require(tree.has_value());
  std::vector<const GumboNode*> open{tree->root()};
  while (!open.empty()) {
    const GumboNode* node = open.back();
    open.pop_back();
    require(node->type != GUMBO_NODE_COMMENT && node->type != GUMBO_NODE_TEMPLATE);
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    const GumboElement& element = node->v.element;
    require(element.tag_namespace == GUMBO_NAMESPACE_HTML);
    const std::string tag = tag_name(element);
    for (const char* bad :
         {"script", "iframe", "object", "embed", "form", "svg", "math", "base", "link", "noscript", "xmp"})
      require(tag != bad);
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      const std::string name = to_lower_ascii(attribute->name), value = to_lower_ascii(attribute->value);
      require(!name.starts_with("on") && name != "srcdoc");
      if (name == "href" || name == "src" || name == "background")
        for (const char* bad : {"javascript:", "vbscript:", "data:text"}) require(!value.starts_with(bad));
    }
    for (unsigned i = 0; i < element.children.length; ++i)
      open.push_back(static_cast<const GumboNode*>(element.children.data[i]));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string html = replace_invalid_utf8(std::string_view(reinterpret_cast<const char*>(data), size));
  for (const bool embedded : {true, false}) {
    CleanOptions options;
    options.is_embedded = embedded;
    options.images.blocks_remote = embedded;
    const CleanResult once = clean_html(html, options);
    require(is_valid_utf8(once.html));
    if (once.is_refused) continue;
    require(clean_html(once.html, options).html == once.html);
    if (embedded) {
      check_harmless(once.html);
      require(once.html.find("src=\"http") == std::string::npos);
    }
  }
  CleanOptions cut;
  cut.max_visible = 10;
  clean_html(html, cut);
  require(is_valid_utf8(html_to_text(html)));
  check_harmless(text_to_html(html));
  check_harmless(enriched_to_html(html));
  return 0;
}
