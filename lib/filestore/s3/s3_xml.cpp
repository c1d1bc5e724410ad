#include "filestore/s3/s3_xml.hpp"

#include <expat.h>

#include <limits>
#include <memory>
#include <new>

namespace gw::filestore {
namespace {

constexpr std::size_t kDeepest = 16;

class Builder {
 public:
  explicit Builder(XML_Parser parser) : parser_(parser) { open_.push_back(&top_); }

  static void on_start(void* self, const XML_Char* name, const XML_Char**) noexcept {
    static_cast<Builder*>(self)->guarded([&](Builder& builder) { builder.start(name); });
  }
  static void on_end(void* self, const XML_Char*) noexcept { static_cast<Builder*>(self)->open_.pop_back(); }
  static void on_text(void* self, const XML_Char* text, int size) noexcept {
    static_cast<Builder*>(self)->guarded(
        [&](Builder& builder) { builder.open_.back()->text.append(text, static_cast<std::size_t>(size)); });
  }
  static void on_document_type(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) noexcept {
    XML_StopParser(static_cast<Builder*>(self)->parser_, XML_FALSE);
  }
  [[nodiscard]] XmlElement root() {
    return top_.children.empty() ? XmlElement() : std::move(top_.children.front());
  }

 private:
  void start(std::string_view name) {
    if (open_.size() > kDeepest) {
      XML_StopParser(parser_, XML_FALSE);
      open_.push_back(open_.back());
      return;
    }
    const std::size_t colon = name.rfind(':');
    XmlElement& parent = *open_.back();
    // Pointers into `children` of the parent stay valid: only its last child is open.
    parent.children.push_back({std::string(colon == name.npos ? name : name.substr(colon + 1)), {}, {}});
    open_.push_back(&parent.children.back());
  }
  template <typename Action>
  void guarded(Action action) noexcept {
    try {
      action(*this);
    } catch (const std::bad_alloc&) {
      XML_StopParser(parser_, XML_FALSE);
    }
  }

  XML_Parser parser_;
  XmlElement top_;
  std::vector<XmlElement*> open_;
};

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

std::string_view XmlElement::child_text(std::string_view child) const {
  for (const XmlElement& element : children)
    if (element.name == child) return element.text;
  return {};
}

XmlElement parse_s3_xml(std::string_view text) {
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return {};
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser(XML_ParserCreate(nullptr));
  if (!parser) throw std::bad_alloc();
  Builder builder(parser.get());
  XML_SetUserData(parser.get(), &builder);
  XML_SetElementHandler(parser.get(), Builder::on_start, Builder::on_end);
  XML_SetCharacterDataHandler(parser.get(), Builder::on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), Builder::on_document_type);
  if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE) != XML_STATUS_OK)
    return {};
  return builder.root();
}

}  // namespace gw::filestore
