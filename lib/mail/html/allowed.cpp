// Tables only. An element that is missing here loses its tags and keeps its text; an attribute that is
// missing is gone.
#include "mail/html/allowed.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace gw::mail::html {
namespace {

struct ElementRow {
  std::string_view tag;
  ElementRule rule;
};
using enum ElementRule;

/// Sorted by tag. Dropped are those whose content is no text of the mail, or is parsed by other rules.
constexpr ElementRow kElements[] = {
    {"a", Keep},        {"abbr", Keep},     {"acronym", Keep},  {"address", Keep},    {"applet", Drop},
    {"article", Keep},  {"aside", Keep},    {"audio", Drop},    {"b", Keep},          {"base", Drop},
    {"bdi", Keep},      {"bdo", Keep},      {"big", Keep},      {"blockquote", Keep}, {"br", Void},
    {"canvas", Drop},   {"caption", Keep},  {"center", Keep},   {"cite", Keep},       {"code", Keep},
    {"col", Void},      {"colgroup", Keep}, {"datalist", Drop}, {"dd", Keep},         {"del", Keep},
    {"details", Keep},  {"dfn", Keep},      {"dir", Keep},      {"div", Keep},        {"dl", Keep},
    {"dt", Keep},       {"em", Keep},       {"embed", Drop},    {"figcaption", Keep}, {"figure", Keep},
    {"font", Keep},     {"footer", Keep},   {"frame", Drop},    {"frameset", Drop},   {"h1", Keep},
    {"h2", Keep},       {"h3", Keep},       {"h4", Keep},       {"h5", Keep},         {"h6", Keep},
    {"head", Drop},     {"header", Keep},   {"hr", Void},       {"i", Keep},          {"iframe", Drop},
    {"img", Void},      {"ins", Keep},      {"kbd", Keep},      {"li", Keep},         {"link", Drop},
    {"main", Keep},     {"mark", Keep},     {"math", Drop},     {"menu", Keep},       {"meta", Drop},
    {"nav", Keep},      {"noembed", Drop},  {"noframes", Drop}, {"noscript", Drop},   {"object", Drop},
    {"ol", Keep},       {"p", Keep},        {"param", Drop},    {"plaintext", Drop},  {"pre", Keep},
    {"q", Keep},        {"s", Keep},        {"samp", Keep},     {"script", Drop},     {"section", Keep},
    {"select", Drop},   {"small", Keep},    {"source", Drop},   {"span", Keep},       {"strike", Keep},
    {"strong", Keep},   {"style", Drop},    {"sub", Keep},      {"summary", Keep},    {"sup", Keep},
    {"svg", Drop},      {"table", Keep},    {"tbody", Keep},    {"td", Keep},         {"template", Drop},
    {"textarea", Drop}, {"tfoot", Keep},    {"th", Keep},       {"thead", Keep},      {"time", Keep},
    {"title", Drop},    {"tr", Keep},       {"track", Drop},    {"tt", Keep},         {"u", Keep},
    {"ul", Keep},       {"var", Keep},      {"video", Drop},    {"wbr", Void},        {"xml", Drop},
    {"xmp", Drop},
};

struct AttributeRow {
  std::string_view tags;  ///< blank-separated; "*" every element
  std::string_view attribute;
  ValueRule rule;
};
constexpr AttributeRow kAttributes[] = {
    {"*", "align", ValueRule::Word},
    {"*", "bgcolor", ValueRule::Color},
    {"*", "class", ValueRule::Class},
    {"*", "dir", ValueRule::Word},
    {"*", "height", ValueRule::Length},
    {"*", "id", ValueRule::Id},
    {"*", "lang", ValueRule::Word},
    {"*", "role", ValueRule::Word},
    {"*", "style", ValueRule::Style},
    {"*", "title", ValueRule::Text},
    {"*", "valign", ValueRule::Word},
    {"*", "width", ValueRule::Length},
    {"a", "href", ValueRule::Link},
    {"a", "name", ValueRule::Id},
    {"abbr acronym", "title", ValueRule::Text},
    {"blockquote", "type", ValueRule::Word},
    {"table td th tr tbody thead tfoot", "background", ValueRule::Image},
    {"table td th tr", "bordercolor", ValueRule::Color},
    {"table img", "border", ValueRule::Length},
    {"table", "cellpadding", ValueRule::Length},
    {"table", "cellspacing", ValueRule::Length},
    {"table", "frame", ValueRule::Word},
    {"table", "rules", ValueRule::Word},
    {"table", "summary", ValueRule::Text},
    {"td th", "abbr", ValueRule::Text},
    {"td th", "colspan", ValueRule::Number},
    {"td th", "headers", ValueRule::IdReference},
    {"td th", "nowrap", ValueRule::Flag},
    {"td th", "rowspan", ValueRule::Number},
    {"th", "scope", ValueRule::Word},
    {"col colgroup", "span", ValueRule::Number},
    {"details", "open", ValueRule::Flag},
    {"font", "color", ValueRule::Color},
    {"font", "face", ValueRule::Text},
    {"font", "size", ValueRule::Text},
    {"hr", "color", ValueRule::Color},
    {"hr", "noshade", ValueRule::Flag},
    {"hr", "size", ValueRule::Length},
    {"img", "alt", ValueRule::Text},
    {"img", "hspace", ValueRule::Length},
    {"img", "src", ValueRule::Image},
    {"img", "srcset", ValueRule::ImageSet},
    {"img", "vspace", ValueRule::Length},
    {"li", "value", ValueRule::Number},
    {"ol", "reversed", ValueRule::Flag},
    {"ol", "start", ValueRule::Number},
    {"ol ul li", "type", ValueRule::Word},
    {"br", "clear", ValueRule::Word},
    {"time", "datetime", ValueRule::Text},
};

bool names(std::string_view tags, std::string_view tag) {
  if (tags == "*") return true;
  while (!tags.empty()) {
    const std::size_t end = std::min(tags.find(' '), tags.size());
    if (tags.substr(0, end) == tag) return true;
    tags.remove_prefix(std::min(end + 1, tags.size()));
  }
  return false;
}

}  // namespace

ElementRule element_rule(std::string_view tag) {
  const auto* row = std::lower_bound(std::begin(kElements), std::end(kElements), tag,
                                     [](const ElementRow& r, std::string_view name) { return r.tag < name; });
  return row != std::end(kElements) && row->tag == tag ? row->rule : Unwrap;
}

ValueRule attribute_rule(std::string_view tag, std::string_view attribute) {
  for (const AttributeRow& row : kAttributes)
    if (row.attribute == attribute && names(row.tags, tag)) return row.rule;
  return ValueRule::None;
}

}  // namespace gw::mail::html
