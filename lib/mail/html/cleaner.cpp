// One pass walks the tree with an explicit stack and writes what the tables allow. The result is parsed and
// written again until nothing changes, so that no difference between two parsings (mutation XSS) is left to a
// browser.
#include "mail/html/cleaner.hpp"

#include <algorithm>
#include <vector>

#include "core/text.hpp"
#include "mail/html/allowed.hpp"
#include "mail/html/css.hpp"
#include "mail/html/tree.hpp"

namespace gw::mail::html {
namespace {

constexpr std::string_view kNotice =
    "<p><em>This message is too large or too complicated to be shown as HTML. Its source is "
    "unchanged.</em></p>";
constexpr int kMaxPasses = 4;
constexpr std::size_t kMaxAttributes = 64, kLongestText = 4'096;

bool is_html(const GumboElement& element) { return element.tag_namespace == GUMBO_NAMESPACE_HTML; }

const GumboVector* children_of(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE ? &node->v.element.children
                                                                               : nullptr;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '`':
        out += "&#96;";
        break;  // old browsers took it for a quote
      case '\r':
        break;
      default:
        // Other controls are nothing a mail shows, and some end attributes in some parsers.
        if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t') out += c;
    }
  }
}

bool is_word(std::string_view text) {
  return !text.empty() && text.size() < 40 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

class Pass {
 public:
  explicit Pass(const CleanOptions& options) : options_(options) {
    css_.images = options.images;
    if (options.is_embedded) {
      css_.scope = "." + std::string(kWrapperClass);
      css_.prefix = std::string(kNamePrefix);
    }
  }

  CleanResult run(const Tree& tree) {
    collect_styles(tree.root());
    const GumboNode* body = find_body(tree);
    if (body != nullptr) {
      read_body_style(body->v.element);
      write_content(options_.is_embedded ? inner_of_wrapper(body) : body);
    }
    result_.html = options_.is_embedded ? embedded() : document();
    return std::move(result_);
  }

 private:
  struct Open {
    const GumboNode* node;
    unsigned next = 0;
    bool is_written = false;
  };

  /// All style elements, wherever they are: their rules go to the front.
  void collect_styles(const GumboNode* root) {
    std::vector<const GumboNode*> stack{root};
    while (!stack.empty()) {
      const GumboNode* node = stack.back();
      stack.pop_back();
      if (node->type == GUMBO_NODE_ELEMENT && !is_html(node->v.element)) continue;
      if (is_element(node, GUMBO_TAG_STYLE)) {
        for (unsigned i = 0; i < node->v.element.children.length; ++i) {
          const auto* text = static_cast<const GumboNode*>(node->v.element.children.data[i]);
          if (text->type == GUMBO_NODE_TEXT && styles_.size() < kMaxStyle) styles_ += text->v.text.text;
        }
        styles_ += '\n';
        continue;
      }
      if (node->type != GUMBO_NODE_ELEMENT || is_element(node, GUMBO_TAG_NOSCRIPT)) continue;
      const GumboVector& children = node->v.element.children;
      for (unsigned i = children.length; i-- > 0;)
        stack.push_back(static_cast<const GumboNode*>(children.data[i]));
    }
  }

  [[nodiscard]] std::string sheet() { return clean_sheet(styles_, css_, result_.has_blocked_images); }

  /// Attributes of body become styles of what stands for it.
  void read_body_style(const GumboElement& body) {
    std::string css(attribute_value(body, "style"));
    if (const std::string color = clean_color(attribute_value(body, "bgcolor")); !color.empty())
      css = "background-color: " + color + "; " + css;
    if (const std::string color = clean_color(attribute_value(body, "text")); !color.empty())
      css = "color: " + color + "; " + css;
    body_style_ = clean_declarations(css, css_, result_.has_blocked_images);
  }

  /// The wrapper of an earlier pass is taken off, so that it is not put around again.
  const GumboNode* inner_of_wrapper(const GumboNode* body) {
    const GumboNode* only = nullptr;
    const GumboVector& children = body->v.element.children;
    for (unsigned i = 0; i < children.length; ++i) {
      const auto* child = static_cast<const GumboNode*>(children.data[i]);
      if (child->type == GUMBO_NODE_WHITESPACE || child->type == GUMBO_NODE_COMMENT) continue;
      if (only != nullptr) return body;
      only = child;
    }
    if (only == nullptr || !is_element(only, GUMBO_TAG_DIV)) return body;
    if (attribute_value(only->v.element, "class") != kWrapperClass) return body;
    body_style_ =
        clean_declarations(attribute_value(only->v.element, "style"), css_, result_.has_blocked_images);
    return only;
  }

  void write_content(const GumboNode* container) {
    std::vector<Open> stack{{container}};
    while (!stack.empty()) {
      Open& top = stack.back();
      const GumboVector* children = children_of(top.node);
      if (children == nullptr || top.next >= children->length || result_.is_truncated) {
        if (top.is_written) {
          close(top.node->v.element);
          --depth_;
        }
        stack.pop_back();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children->data[top.next++]);
      if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE ||
          child->type == GUMBO_NODE_CDATA) {
        write_text(child->v.text.text);
      } else if (child->type == GUMBO_NODE_ELEMENT && is_html(child->v.element)) {
        open_element(child, stack);
      }
    }
  }

  void open_element(const GumboNode* node, std::vector<Open>& stack) {
    const GumboElement& element = node->v.element;
    const std::string tag = tag_name(element);
    const ElementRule rule = element_rule(tag);
    if (rule == ElementRule::Drop) return;
    if (rule == ElementRule::Void) {
      write_start(tag, element);
      return;
    }
    const bool is_written = rule == ElementRule::Keep && depth_ < kMaxDepth;
    if (is_written) {
      write_start(tag, element);
      ++depth_;
      is_behind_pre_ = tag == "pre";
    }
    stack.push_back({node, 0, is_written});
  }

  void close(const GumboElement& element) { out_ += "</" + tag_name(element) + ">"; }

  void write_text(std::string_view text) {
    // The parser takes one line end away behind <pre>.
    if (is_behind_pre_ && text.starts_with('\n')) out_ += '\n';
    is_behind_pre_ = false;
    if (options_.max_visible > 0) {
      const std::string_view shown = first_characters(text, options_.max_visible - visible_);
      visible_ += count_characters(shown);
      if (shown.size() < text.size()) result_.is_truncated = true;
      text = shown;
    }
    append_escaped(out_, text);
  }

  void write_start(const std::string& tag, const GumboElement& element) {
    is_behind_pre_ = false;
    out_ += '<' + tag;
    bool is_link = false;
    const GumboVector& attributes = element.attributes;
    for (unsigned i = 0; i < attributes.length && i < kMaxAttributes; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(attributes.data[i]);
      if (attribute->attr_namespace != GUMBO_ATTR_NAMESPACE_NONE) continue;
      const std::string name = to_lower_ascii(attribute->name);
      const std::string value = clean_value(attribute_rule(tag, name), attribute->value);
      if (value.empty() && !(name == "alt" && tag == "img")) continue;
      out_ += ' ' + name + "=\"";
      append_escaped(out_, value);
      out_ += '"';
      is_link = is_link || (tag == "a" && name == "href" && value.front() != '#');
    }
    if (is_link) out_ += R"( target="_blank" rel="noopener noreferrer")";
    out_ += '>';
  }

  /// Empty: the attribute is left out.
  std::string clean_value(ValueRule rule, std::string_view value) {
    switch (rule) {
      case ValueRule::None:
        return {};
      case ValueRule::Text:
        return value.size() <= kLongestText ? std::string(value) : std::string();
      case ValueRule::Length:
        return clean_length(value);
      case ValueRule::Number: {
        const auto number = parse_integer(value);
        return number && *number >= -32'768 && *number <= 32'767 ? std::to_string(*number) : std::string();
      }
      case ValueRule::Color:
        return clean_color(value);
      case ValueRule::Word:
        return is_word(trim(value)) ? std::string(trim(value)) : std::string();
      case ValueRule::Link: {
        auto link = clean_link(value);
        if (link && link->front() == '#') {
          const std::string name = prefixed_name(std::string_view(*link).substr(1), css_.prefix);
          return name.empty() ? std::string() : "#" + name;
        }
        return link.value_or("");
      }
      case ValueRule::Image:
        return clean_image(value, options_.images, result_.has_blocked_images).value_or("");
      case ValueRule::ImageSet:
        return clean_image_set(value);
      case ValueRule::Style:
        return clean_declarations(value, css_, result_.has_blocked_images);
      case ValueRule::Class:
      case ValueRule::IdReference:
        return prefix_all(value);
      case ValueRule::Id:
        return prefixed_name(trim(value), css_.prefix);
      case ValueRule::Flag:
        return "1";
    }
    return {};
  }

  std::string clean_image_set(std::string_view value) {
    std::string out;
    if (value.size() > kLongestText) return out;
    for (const std::string_view candidate : split(value, ',')) {
      const std::size_t blank = std::min(candidate.find_first_of(" \t\n"), candidate.size());
      const auto address =
          clean_image(candidate.substr(0, blank), options_.images, result_.has_blocked_images);
      const std::string_view size = trim(candidate.substr(blank));
      if (!address || address->find(',') != std::string::npos || (!size.empty() && !is_word(size))) continue;
      out += (out.empty() ? "" : ", ") + *address + (size.empty() ? "" : " " + std::string(size));
    }
    return out;
  }

  std::string prefix_all(std::string_view value) {
    std::string out;
    if (value.size() > kLongestText) return out;
    for (const std::string_view name : split(value, ' '))
      if (const std::string one = prefixed_name(name, css_.prefix); !one.empty())
        out += (out.empty() ? "" : " ") + one;
    return out;
  }

  std::string embedded() {
    std::string out = "<div class=\"" + std::string(kWrapperClass) + "\"";
    if (!body_style_.empty()) {
      out += " style=\"";
      append_escaped(out, body_style_);
      out += '"';
    }
    out += '>';
    if (const std::string styles = sheet(); !styles.empty()) out += "<style>\n" + styles + "</style>";
    return out + out_ + "</div>";
  }

  std::string document() {
    std::string out = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">";
    if (const std::string styles = sheet(); !styles.empty()) out += "<style>\n" + styles + "</style>";
    out += "</head><body";
    if (!body_style_.empty()) {
      out += " style=\"";
      append_escaped(out, body_style_);
      out += '"';
    }
    return out + ">" + out_ + "</body></html>";
  }

  const CleanOptions& options_;
  CssPolicy css_;
  CleanResult result_;
  std::string out_, styles_, body_style_;
  std::size_t depth_ = 0, visible_ = 0;
  bool is_behind_pre_ = false;
};

CleanResult refuse(const CleanOptions& options) {
  CleanResult result;
  result.is_refused = true;
  result.html = options.is_embedded
                    ? "<div class=\"" + std::string(kWrapperClass) + "\">" + std::string(kNotice) + "</div>"
                    : "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>" +
                          std::string(kNotice) + "</body></html>";
  return result;
}

}  // namespace

CleanResult clean_html(std::string_view utf8, const CleanOptions& options) {
  CleanResult result;
  std::string text(utf8);
  for (int pass = 0; pass < kMaxPasses; ++pass) {
    const auto tree = Tree::parse(text);
    if (!tree) return refuse(options);
    CleanResult next = Pass(options).run(*tree);
    next.has_blocked_images = next.has_blocked_images || result.has_blocked_images;
    next.is_truncated = next.is_truncated || result.is_truncated;
    const bool is_settled = next.html == text;
    text = next.html;
    result = std::move(next);
    if (is_settled) return result;
  }
  // Never seen to happen; a text that means something else each time it is read is not shown as HTML.
  return refuse(options);
}

}  // namespace gw::mail::html
