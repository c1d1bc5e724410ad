// Reads an XML document as a stream of elements. One place for what every reader of foreign XML needs: no
// entities, a limit of depth, exceptions that do not cross the C border of the parser. It is expat, which is
// in every httpd through apr-util already.
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace gw {

/// The attributes of an element that is being opened. Valid only inside `open`.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
  /// Empty when there is none of that name.
  [[nodiscard]] std::string_view find(std::string_view name) const;
  /// Calls `act(name, value)` for each.
  template <class Act>
  void each(const Act& act) const {
    for (const char* const* pair = pairs_; *pair != nullptr; pair += 2)
      act(std::string_view(pair[0]), std::string_view(pair[1]));
  }

 private:
  const char* const* pairs_;
};

/// Derive from it, read once. Threads: one.
class XmlReader {
 public:
  struct Rules {
    std::size_t deepest = 32;  ///< elements inside each other; one more is refused
    /// Names come as `namespace local`, divided by a blank.
    bool has_namespaces = false;
    /// A document type is where entities come from: with false whatever has one is refused. With true it is
    /// passed over, never fetched, one that declares an entity is refused, and names that only it could
    /// explain are handed to `skip_entity`.
    bool takes_document_type = false;
    bool takes_instructions = true;
  };

  explicit XmlReader(const Rules& rules);
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;
  virtual ~XmlReader();

 protected:
  /// False: not well formed, refused, or ended by `stop`. Errors: what the functions below throw.
  bool parse(std::string_view document);
  /// Why `parse` gave false, for people; empty when `stop` ended it.
  [[nodiscard]] const std::string& why() const { return why_; }
  /// Nothing is called any more.
  void stop();
  /// As stop, and the first reason is kept.
  void refuse(std::string_view why);

 private:
  struct Border;  ///< what expat calls
  friend struct Border;

  virtual void open(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void close(std::string_view name) = 0;
  /// In pieces, as they come.
  virtual void text(std::string_view piece) = 0;
  virtual void skip_entity(std::string_view) {}

  const Rules rules_;
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_ParserStruct*)> parser_;
  std::size_t depth_ = 0;
  bool is_stopped_ = false;
  std::string why_;
  std::exception_ptr exception_;
};

}  // namespace gw
