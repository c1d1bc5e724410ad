#include "core/xml_reader.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace gw {
namespace {

/// Writes down what it is told.
class Told final : public XmlReader {
 public:
  explicit Told(const Rules& rules = {}) : XmlReader(rules) {}
  bool read(std::string_view document) { return parse(document); }
  using XmlReader::why;
  std::string log;

 private:
  void open(std::string_view name, const XmlAttributes& attributes) override {
    log += "<" + std::string(name);
    attributes.each([&](auto key, auto value) { log += " " + std::string(key) + "=" + std::string(value); });
    log += ">";
    if (name == "throw") throw std::runtime_error("thrown");
    if (name == "stop") stop();
  }
  void close(std::string_view name) override { log += "</" + std::string(name) + ">"; }
  void text(std::string_view piece) override { log += piece; }
  void skip_entity(std::string_view name) override { log += "&" + std::string(name) + ";"; }
};

TEST(XmlReader, TellsElementsInTheirOrder) {
  Told told;
  EXPECT_TRUE(told.read("<?xml version='1.0' encoding='utf-8'?>\n<a b='1' c='&lt;'>x<d/>&#228;</a>\n"));
  EXPECT_EQ(told.log, "<a b=1 c=<>x<d></d>\xC3\xA4</a>");
}

TEST(XmlReader, TellsNamespacesWhereTheyAreWanted) {
  Told told({.has_namespaces = true});
  EXPECT_TRUE(told.read("<p:a xmlns:p='urn:x'/>"));
  EXPECT_EQ(told.log, "<urn:x a></urn:x a>");
}

TEST(XmlReader, RefusesWhatIsNotWellFormed) {
  for (const char* document : {"", "a", "<a>", "<a></b>", "<a/><b/>", "<a>&unknown;</a>", "<a>\x01</a>"}) {
    Told told;
    EXPECT_FALSE(told.read(document)) << document;
    EXPECT_EQ(told.why(), "not well formed") << document;
  }
}

TEST(XmlReader, RefusesEntitiesInEveryMode) {
  const std::string bomb = "<!DOCTYPE a [<!ENTITY x 'yyy'>]><a>&x;</a>";
  Told strict;
  EXPECT_FALSE(strict.read(bomb));
  EXPECT_EQ(strict.why(), "a document type is not accepted");
  EXPECT_EQ(strict.log, "");
  Told lax({.takes_document_type = true});
  EXPECT_FALSE(lax.read(bomb));
  EXPECT_EQ(lax.why(), "entities are not accepted");
  EXPECT_EQ(lax.log, "");
}

TEST(XmlReader, PassesOnNamesThatOnlyADocumentTypeExplains) {
  Told told({.takes_document_type = true});
  EXPECT_TRUE(told.read("<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a>x&nbsp;y</a>"));
  EXPECT_EQ(told.log, "<a>x&nbsp;y</a>");
}

TEST(XmlReader, HasALimitOfDepth) {
  Told fits({.deepest = 2});
  EXPECT_TRUE(fits.read("<a><b/><b/></a>"));
  Told deep({.deepest = 2});
  EXPECT_FALSE(deep.read("<a><b><c/></b></a>"));
  EXPECT_EQ(deep.why(), "elements are nested too deeply");
  EXPECT_EQ(deep.log, "<a><b>");
}

TEST(XmlReader, RefusesInstructionsWhereTheyAreNotTaken) {
  EXPECT_TRUE(Told().read("<a><?do it?></a>"));
  Told told({.takes_instructions = false});
  EXPECT_FALSE(told.read("<a><?do it?></a>"));
  EXPECT_EQ(told.why(), "processing instructions are not accepted");
}

TEST(XmlReader, EndsWhereItIsStoppedOrThrows) {
  Told stopped;
  EXPECT_FALSE(stopped.read("<a><stop/>more</a>"));
  EXPECT_EQ(stopped.log, "<a><stop>");
  EXPECT_EQ(stopped.why(), "");
  Told thrown;
  EXPECT_THROW(thrown.read("<a><throw/>more</a>"), std::runtime_error);
  EXPECT_EQ(thrown.log, "<a><throw>");
}

}  // namespace
}  // namespace gw
