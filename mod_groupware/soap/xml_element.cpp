#include "soap/xml_element.hpp"

#include <expat.h>

#include <exception>
#include <memory>
#include <new>

#include "core/text.hpp"
#include "provisioning/exchange.hpp"

namespace gw::soap {
namespace {

constexpr std::string_view kNilAttribute = "http://www.w3.org/2001/XMLSchema-instance nil";

class TreeReader {
 public:
  TreeReader() : parser_(XML_ParserCreateNS("UTF-8", ' '), XML_ParserFree) {
    if (!parser_) throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &TreeReader::start, &TreeReader::end);
    XML_SetCharacterDataHandler(parser_.get(), &TreeReader::text);
    // A document type is where entities come from: whatever has one is refused before it is read.
    XML_SetStartDoctypeDeclHandler(parser_.get(), &TreeReader::doctype);
    XML_SetProcessingInstructionHandler(parser_.get(), &TreeReader::instruction);
  }

  std::optional<XmlElement> read(std::string_view document, std::string& why) {
    const auto status = XML_Parse(parser_.get(), document.data(), static_cast<int>(document.size()), 1);
    if (exception_) std::rethrow_exception(exception_);
    if (!why_.empty()) {
      why = why_;
      return std::nullopt;
    }
    if (status != XML_STATUS_OK || !is_complete_) {
      why = "not well formed";
      return std::nullopt;
    }
    return std::move(root_);
  }

 private:
  // Border: expat calls these in C; none of them lets an exception out.

  template <class Act>
  static void guarded(void* self, const Act& act) noexcept {
    auto& reader = *static_cast<TreeReader*>(self);
    try {
      act(reader);
    } catch (const std::exception&) {
      reader.exception_ = std::current_exception();
      XML_StopParser(reader.parser_.get(), XML_FALSE);
    }
  }
  static void start(void* self, const XML_Char* name, const XML_Char** attributes) noexcept {
    guarded(self, [&](TreeReader& reader) { reader.open(name, attributes); });
  }
  static void end(void* self, const XML_Char*) noexcept {
    guarded(self, [](TreeReader& reader) {
      reader.path_.pop_back();
      reader.is_complete_ = reader.path_.empty();
    });
  }
  static void text(void* self, const XML_Char* text, int size) noexcept {
    guarded(self, [&](TreeReader& reader) {
      if (!reader.path_.empty()) reader.path_.back()->text.append(text, static_cast<std::size_t>(size));
    });
  }
  static void doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) noexcept {
    guarded(self, [](TreeReader& reader) { reader.refuse("a document type is not accepted"); });
  }
  static void instruction(void* self, const XML_Char*, const XML_Char*) noexcept {
    guarded(self, [](TreeReader& reader) { reader.refuse("processing instructions are not accepted"); });
  }

  void refuse(const char* why) {
    if (why_.empty()) why_ = why;
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  void open(std::string_view full_name, const XML_Char** attributes) {
    if (path_.size() >= kMaxDepth) return refuse("elements are nested too deeply");
    if (++count_ > kMaxElements) return refuse("too many elements");
    XmlElement element;
    const std::size_t blank = full_name.rfind(' ');
    element.name = std::string(blank == full_name.npos ? full_name : full_name.substr(blank + 1));
    if (blank != full_name.npos) element.space = std::string(full_name.substr(0, blank));
    for (; *attributes != nullptr; attributes += 2)
      if (attributes[0] == kNilAttribute) element.is_nil = parse_boolean(attributes[1]);
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

  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  XmlElement root_;
  std::vector<XmlElement*> path_;
  std::size_t count_ = 0;
  bool is_complete_ = false;
  std::string why_;
  std::exception_ptr exception_;
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
