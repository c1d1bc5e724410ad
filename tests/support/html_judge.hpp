// The judge of cleaned HTML: shared by unit tests and by the run over public lists of payloads.
#pragma once

#include <regex>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "mail/html/tree.hpp"

namespace gw::test {

/// True when a browser could run something in this HTML: judged on the parsed tree, not on the text.
inline bool is_dangerous(const std::string& html) {
  using namespace mail::html;
  const auto tree = Tree::parse(html);
  if (!tree) return true;
  std::vector<const GumboNode*> stack{tree->root()};
  static const std::regex kCode("^[\\s]*(javascript|vbscript|data:text|data:image/svg|livescript|mocha)",
                                std::regex::icase);
  while (!stack.empty()) {
    const GumboNode* node = stack.back();
    stack.pop_back();
    if (node->type == GUMBO_NODE_TEMPLATE || node->type == GUMBO_NODE_COMMENT) return true;
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    const GumboElement& element = node->v.element;
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML) return true;
    const std::string tag = tag_name(element);
    for (const char* bad : {"script",   "iframe", "object",    "embed", "applet", "base", "link",  "form",
                            "input",    "button", "noscript",  "svg",   "math",   "xml",  "frame", "frameset",
                            "textarea", "title",  "plaintext", "xmp",   "video",  "audio"})
      if (tag == bad) return true;
    if (tag == "style")
      for (unsigned i = 0; i < element.children.length; ++i) {
        const std::string css =
            to_lower_ascii(static_cast<const GumboNode*>(element.children.data[i])->v.text.text);
        for (const char* bad : {"<", "\\", "expression", "javascript", "@import", "behavior", "-moz-binding"})
          if (css.find(bad) != std::string::npos) return true;
      }
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      const std::string name = to_lower_ascii(attribute->name), value = to_lower_ascii(attribute->value);
      if (name.starts_with("on") || name == "srcdoc" || name == "action" || name == "formaction" ||
          name == "http-equiv")
        return true;
      if ((name == "href" || name == "src" || name == "background") && std::regex_search(value, kCode))
        return true;
      if (name == "style") {
        static const std::regex kPlaced("(^|;)\\s*position\\s*:\\s*(fixed|absolute)");
        if (std::regex_search(value, kPlaced)) return true;
        for (const char* bad : {"expression", "javascript", "behavior", "binding", "\\", "/*"})
          if (value.find(bad) != std::string::npos) return true;
      }
    }
    const GumboVector& children = element.children;
    for (unsigned i = 0; i < children.length; ++i)
      stack.push_back(static_cast<const GumboNode*>(children.data[i]));
  }
  return false;
}

}  // namespace gw::test
