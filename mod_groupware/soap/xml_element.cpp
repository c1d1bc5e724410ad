#include "soap/xml_element.hpp"

#include <utility>

#include "core/text.hpp"
#include "core/xml_reader.hpp"
#include "provisioning/exchange.hpp"

namespace gw::soap {
namespace {

constexpr std::string_view kNilAttribute = "http://www.w3.org/2001/XMLSchema-instance nil";

class TreeReader final : XmlReader {
 public:
  TreeReader() : XmlReader({.deepest = kMaxDepth, .has_namespaces = true, .takes_instructions = false}) {}

  std::optional<XmlElement> read(std::string_view document, std::string& reason) {
    if (!parse(document)) {
      reason = why();
      return std::nullopt;
    }
    return std::move(root_);
  }

 private:
  void open(std::string_view full_name, const XmlAttributes& attributes) override {
    if (++count_ > kMaxElements) return refuse("too many elements");
    XmlElement element;
    const std::size_t blank = full_name.rfind(' ');
    element.name = std::string(blank == full_name.npos ? full_name : full_name.substr(blank + 1));
    if (blank != full_name.npos) element.space = std::string(full_name.substr(0, blank));
    element.is_nil = parse_boolean(attributes.find(kNilAttribute));
    // A child's place moves only when a sibling comes, and then the child is closed already.
    XmlElement* place = &root_;
    if (!path_.empty()) {
      path_.back()->children.push_back(std::move(element));
      place = &path_.back()->children.back();
    } else {
      root_ = std::move(element);
    }
    path_.push_back(place);
  }
  void close(std::string_view) override { path_.pop_back(); }
  void text(std::string_view piece) override { path_.back()->text += piece; }

  XmlElement root_;
  std::vector<XmlElement*> path_;
  std::size_t count_ = 0;
};

}  // namespace

const XmlElement* XmlElement::find(std::string_view child) const {
  for (auto place = children.rbegin(); place != children.rend(); ++place)
    if (place->name == child) return &*place;
  return nullptr;
}

std::optional<XmlElement> parse_xml(std::string_view document, std::string& why) {
  if (document.size() > provisioning::kMaxBody) {
    why = "larger than 2 MiB";
    return std::nullopt;
  }
  return TreeReader().read(document, why);
}

std::string escape_xml(std::string_view text) {
  std::string kept = replace_invalid_utf8(text);
  for (char& c : kept) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') c = ' ';
  }
  return escape_html(kept);
}

}  // namespace gw::soap
