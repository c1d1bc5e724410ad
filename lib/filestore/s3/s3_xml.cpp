#include "filestore/s3/s3_xml.hpp"

#include <utility>

#include "core/xml_reader.hpp"

namespace gw::filestore {
namespace {

constexpr std::size_t kDeepest = 16;

class TreeReader final : XmlReader {
 public:
  TreeReader() : XmlReader({.deepest = kDeepest}) { open_.push_back(&top_); }

  XmlElement read(std::string_view document) {
    return parse(document) ? std::move(top_.children.front()) : XmlElement();
  }

 private:
  void open(std::string_view name, const XmlAttributes&) override {
    const std::size_t colon = name.rfind(':');
    XmlElement& parent = *open_.back();
    // Pointers into `children` of the parent stay valid: only its last child is open.
    parent.children.push_back({std::string(colon == name.npos ? name : name.substr(colon + 1)), {}, {}});
    open_.push_back(&parent.children.back());
  }
  void close(std::string_view) override { open_.pop_back(); }
  void text(std::string_view piece) override { open_.back()->text += piece; }

  XmlElement top_;
  std::vector<XmlElement*> open_;
};

}  // namespace

std::string_view XmlElement::child_text(std::string_view child) const {
  for (const XmlElement& element : children)
    if (element.name == child) return element.text;
  return {};
}

XmlElement parse_s3_xml(std::string_view text) { return TreeReader().read(text); }

}  // namespace gw::filestore
