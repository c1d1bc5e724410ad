#include "core/xml_reader.hpp"

#include <expat.h>

#include <limits>
#include <new>

namespace gw {

std::string_view XmlAttributes::find(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2)
    if (pair[0] == name) return pair[1];
  return {};
}

/// Border: expat calls these in C; none of them lets an exception out. It may call some after it was stopped.
struct XmlReader::Border {
  template <class Act>
  static void guarded(void* self, const Act& act) noexcept {
    auto& reader = *static_cast<XmlReader*>(self);
    if (reader.is_stopped_) return;
    try {
      act(reader);
    } catch (const std::exception&) {
      reader.exception_ = std::current_exception();
      reader.stop();
    }
  }
  static void start(void* self, const XML_Char* name, const XML_Char** attributes) noexcept {
    guarded(self, [&](XmlReader& reader) {
      if (++reader.depth_ > reader.rules_.deepest) return reader.refuse("elements are nested too deeply");
      reader.open(name, XmlAttributes(attributes));
    });
  }
  static void end(void* self, const XML_Char* name) noexcept {
    guarded(self, [&](XmlReader& reader) {
      --reader.depth_;
      reader.close(name);
    });
  }
  static void text(void* self, const XML_Char* text, int size) noexcept {
    guarded(self, [&](XmlReader& reader) {
      if (reader.depth_ > 0) reader.text({text, static_cast<std::size_t>(size)});
    });
  }
  static void document_type(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) noexcept {
    guarded(self, [](XmlReader& reader) { reader.refuse("a document type is not accepted"); });
  }
  static void instruction(void* self, const XML_Char*, const XML_Char*) noexcept {
    guarded(self, [](XmlReader& reader) { reader.refuse("processing instructions are not accepted"); });
  }
  static void entity_declared(void* self, const XML_Char*, int, const XML_Char*, int, const XML_Char*,
                              const XML_Char*, const XML_Char*, const XML_Char*) noexcept {
    guarded(self, [](XmlReader& reader) { reader.refuse("entities are not accepted"); });
  }
  static void entity_skipped(void* self, const XML_Char* name, int is_parameter) noexcept {
    if (is_parameter == 0) guarded(self, [&](XmlReader& reader) { reader.skip_entity(name); });
  }
};

XmlReader::XmlReader(const Rules& rules)
    : rules_(rules),
      parser_(rules.has_namespaces ? XML_ParserCreateNS("UTF-8", ' ') : XML_ParserCreate("UTF-8"),
              XML_ParserFree) {
  XML_Parser parser = parser_.get();
  if (parser == nullptr) throw std::bad_alloc();
  XML_SetUserData(parser, this);
  XML_SetElementHandler(parser, &Border::start, &Border::end);
  XML_SetCharacterDataHandler(parser, &Border::text);
  if (!rules.takes_instructions) XML_SetProcessingInstructionHandler(parser, &Border::instruction);
  if (!rules.takes_document_type) {
    XML_SetStartDoctypeDeclHandler(parser, &Border::document_type);
    return;
  }
  XML_SetEntityDeclHandler(parser, &Border::entity_declared);
  // Names that nobody declared are passed on instead of ending the reading.
  XML_UseForeignDTD(parser, XML_TRUE);
  XML_SetSkippedEntityHandler(parser, &Border::entity_skipped);
}

XmlReader::~XmlReader() = default;

bool XmlReader::parse(std::string_view document) {
  if (document.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    refuse("too large");
    return false;
  }
  const auto status = XML_Parse(parser_.get(), document.data(), static_cast<int>(document.size()), XML_TRUE);
  if (exception_) std::rethrow_exception(exception_);
  if (is_stopped_) return false;
  if (status != XML_STATUS_OK) why_ = "not well formed";
  return status == XML_STATUS_OK;
}

void XmlReader::stop() {
  is_stopped_ = true;
  XML_StopParser(parser_.get(), XML_FALSE);
}

void XmlReader::refuse(std::string_view why) {
  if (why_.empty()) why_ = why;
  stop();
}

}  // namespace gw
