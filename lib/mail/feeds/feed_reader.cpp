// Reads feeds, streaming, namespaces and all, without entities.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/text.hpp"
#include "core/xml_reader.hpp"
#include "mail/feeds/feed.hpp"
#include "mail/html/plain_text.hpp"
#include "mail/mime/charset.hpp"

namespace gw::mail::feeds {
namespace {

constexpr std::size_t kMaxFeedDepth = 100;
constexpr std::size_t kMaxLine = 1'024;  ///< bytes of a subject, an author, an address

/// Namespaces that we know, and the prefix by which the code names their elements.
constexpr std::pair<std::string_view, std::string_view> kNamespaces[] = {
    {"http://purl.org/rss/1.0/", ""},
    {"http://my.netscape.com/rdf/simple/0.9/", ""},
    {"http://backend.userland.com/rss2", ""},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"},
    {"http://www.w3.org/2005/Atom", "atom:"},
    {"http://purl.org/atom/ns#", "atom:"},
    {"http://purl.org/rss/1.0/modules/content/", "content:"},
    {"http://purl.org/dc/elements/1.1/", "dc:"},
    {"http://search.yahoo.com/mrss/", "media:"},
    {"http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes:"},
    {"http://www.w3.org/1999/xhtml", "xhtml:"},
};

/// `namespace local`, as expat tells it, to `prefix:local`. Empty for what nobody here looks at.
std::string known_name(std::string_view name) {
  const auto blank = name.rfind(' ');
  if (blank == std::string_view::npos) return std::string(name);
  const auto known = std::find_if(std::begin(kNamespaces), std::end(kNamespaces),
                                  [&](const auto& each) { return each.first == name.substr(0, blank); });
  if (known == std::end(kNamespaces)) return {};
  return std::string(known->second) + std::string(name.substr(blank + 1));
}

/// What an open element is to its children.
enum class Place { Outside, Root, Channel, Item, Image, Person, Other };

/// How the text of an element is meant.
enum class TextKind { Html, Plain };

/// One line without markup.
std::string line_of(std::string_view text, TextKind kind) {
  const std::string whole = replace_invalid_utf8(text);
  const std::string plain = kind == TextKind::Html ? html::html_to_text(whole) : whole;
  const std::string clean = mime::clean_line(plain);
  std::string line;
  for (const std::string_view word : split(clean, ' ')) {
    if (word.empty()) continue;
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (line.size() > kMaxLine) line = replace_invalid_utf8(line.substr(0, kMaxLine));
  return line;
}

std::string address_of(std::string_view text) {
  text = trim(text);
  return text.size() > kMaxLine || has_control_characters(text) ? std::string() : std::string(text);
}

/// What an article has told so far; some of it only counts when nothing better comes.
struct Draft {
  Article article;
  std::string guid, summary, first_date;
};

class FeedReader final : XmlReader {
 public:
  // Feeds have names of HTML such as &nbsp;, and RSS 0.91 has a document type.
  FeedReader() : XmlReader({.deepest = kMaxFeedDepth, .has_namespaces = true, .takes_document_type = true}) {}

  std::optional<Feed> read(std::string_view xml) {
    if ((!parse(xml) && !is_full_) || !is_feed_) return std::nullopt;
    return std::move(feed_);
  }
  /// The feed's author is that of articles without one; he may be told behind them.
  [[nodiscard]] const std::string& author() const { return author_; }

 private:
  void text(std::string_view piece) override {
    add(markup_depth_ > 0 ? escape_html(piece) : std::string(piece));
  }
  void skip_entity(std::string_view name) override { add("&" + std::string(name) + ";"); }

  void add(std::string_view piece) {
    if (leaf_depth_ == 0) return;
    is_cut_ = is_cut_ || piece.size() > kMaxValue - text_.size();
    text_ += piece.substr(0, kMaxValue - text_.size());
  }

  void open(std::string_view full_name, const XmlAttributes& attributes) override {
    const std::string name = known_name(full_name);
    const Place parent = places_.empty() ? Place::Outside : places_.back();
    places_.push_back(place_of(name, parent));
    if (markup_depth_ > 0) {
      ++markup_depth_;
      open_markup(name, attributes);
      return;
    }
    if (parent == Place::Outside) {
      is_feed_ = name == "rss" || name == "rdf:RDF" || name == "atom:feed";
      if (!is_feed_) stop();
    }
    if (places_.back() == Place::Item && parent != Place::Item) draft_ = {};
    if (places_.back() != Place::Other) return;
    if (parent == Place::Channel || parent == Place::Item) take_attributes(name, parent, attributes);
    if (leaf_depth_ > 0) return;
    leaf_depth_ = places_.size();
    text_.clear();
    is_cut_ = false;
    const std::string_view type = attributes.find("type");
    if (name.starts_with("atom:")) {
      kind_ = type == "html" || type == "xhtml" || type == "text/html" || type == "application/xhtml+xml"
                  ? TextKind::Html
                  : TextKind::Plain;
      // Atom 0.3 has markup as it stands in what it calls xml mode.
      if (type == "xhtml" || type == "application/xhtml+xml") markup_depth_ = 1;
    } else {
      kind_ = TextKind::Html;
    }
  }

  static Place place_of(std::string_view name, Place parent) {
    if (parent == Place::Outside) return name == "atom:feed" ? Place::Channel : Place::Root;
    if (parent == Place::Root && name == "channel") return Place::Channel;
    if (parent == Place::Root || parent == Place::Channel) {
      if (name == "item" || name == "atom:entry") return Place::Item;
      if (name == "image") return Place::Image;
    }
    if (parent == Place::Item && name == "media:group") return Place::Item;
    if ((parent == Place::Item || parent == Place::Channel) && name == "atom:author") return Place::Person;
    return Place::Other;
  }

  /// Only the names: the cleaner decides what may stay.
  void open_markup(std::string_view name, const XmlAttributes& attributes) {
    if (!name.starts_with("xhtml:")) return;
    std::string tag = "<" + std::string(name.substr(6));
    attributes.each([&](std::string_view each, std::string_view value) {
      if (each.find(' ') == each.npos) tag += " " + std::string(each) + "=\"" + escape_html(value) + "\"";
    });
    add(tag + ">");
  }

  void close(std::string_view full_name) override {
    const std::string name = known_name(full_name);
    const Place place = places_.back();
    places_.pop_back();
    const Place parent = places_.empty() ? Place::Outside : places_.back();
    if (markup_depth_ > 1) {
      --markup_depth_;
      // A browser takes an end tag of br for one more line.
      if (name.starts_with("xhtml:") && name != "xhtml:br") add("</" + name.substr(6) + ">");
      return;
    }
    if (place == Place::Item && parent != Place::Item) finish_article();
    if (leaf_depth_ != places_.size() + 1) return;
    leaf_depth_ = 0;
    markup_depth_ = 0;
    if (parent == Place::Channel)
      take_of_channel(name);
    else if (parent == Place::Item)
      take_of_item(name);
    else if (parent == Place::Image && name == "url")
      feed_.image_url = address_of(text_);
    else if (parent == Place::Person && name == "atom:name")
      take_person();
  }

  void take_attributes(std::string_view name, Place parent, const XmlAttributes& attributes) {
    const std::string_view type = attributes.find("type"), url = attributes.find("url");
    if (name == "itunes:image") {
      set_image(parent, attributes.find("href"));
    } else if (parent == Place::Item && name == "guid") {
      has_plain_guid_ = attributes.find("isPermaLink") == "false";
    } else if (parent == Place::Item && name == "media:thumbnail") {
      set_image(parent, url);
    } else if (parent == Place::Item && (name == "enclosure" || name == "media:content")) {
      if (type.starts_with("image/") || attributes.find("medium") == "image") set_image(parent, url);
    } else if (parent == Place::Item && name == "atom:link") {
      const std::string_view relation = attributes.find("rel"), target = attributes.find("href");
      const bool is_page = relation.empty() || relation == "alternate";
      if (is_page && draft_.article.url.empty()) draft_.article.url = address_of(target);
      if (relation == "enclosure" && type.starts_with("image/")) set_image(parent, target);
    }
  }

  /// The first one counts.
  void set_image(Place parent, std::string_view address) {
    std::string& image = parent == Place::Item ? draft_.article.image_url : feed_.image_url;
    if (image.empty()) image = address_of(address);
  }

  void take_of_channel(std::string_view name) {
    if (name == "title" || name == "atom:title") feed_.title = line_of(text_, kind_);
    if (name == "atom:logo" || (name == "atom:icon" && feed_.image_url.empty()))
      feed_.image_url = address_of(text_);
  }

  void take_of_item(std::string_view name) {
    Article& article = draft_.article;
    if (name == "title" || name == "atom:title") {
      article.subject = line_of(text_, kind_);
    } else if (name == "link") {
      article.url = address_of(text_);
    } else if (name == "guid") {
      const std::string address = address_of(text_);
      if (!has_plain_guid_ && address.starts_with("http")) draft_.guid = address;
    } else if (name == "author" || name == "dc:creator" || name == "itunes:author") {
      if (article.author.empty() || name == "dc:creator") article.author = line_of(text_, kind_);
    } else if (name == "content:encoded" || name == "atom:content") {
      article.body = html_of_text();
    } else if (name == "description" || name == "atom:summary") {
      draft_.summary = html_of_text();
    } else if (name == "pubDate" || name == "dc:date" || name == "atom:published" || name == "atom:issued") {
      draft_.first_date = text_;
    } else if (name == "atom:updated" || name == "atom:modified" || name == "atom:created") {
      if (draft_.first_date.empty()) draft_.first_date = text_;
    }
  }

  [[nodiscard]] std::string html_of_text() const {
    const std::string text = is_cut_ ? replace_invalid_utf8(text_) : text_;
    return kind_ == TextKind::Html ? text : html::text_to_html(text);
  }

  /// Several authors stand beside each other; that of an article counts before that of the feed.
  void take_person() {
    const bool is_of_feed = std::find(places_.begin(), places_.end(), Place::Item) == places_.end();
    std::string& author = is_of_feed ? author_ : draft_.article.author;
    const std::string name = line_of(text_, TextKind::Plain);
    if (author.size() + name.size() < kMaxLine) author += (author.empty() ? "" : ", ") + name;
  }

  void finish_article() {
    Article& article = draft_.article;
    if (article.url.empty()) article.url = draft_.guid;
    if (article.body.empty()) article.body = std::move(draft_.summary);
    if (!draft_.first_date.empty()) article.date = parse_feed_date(draft_.first_date);
    feed_.articles.push_back(std::move(article));
    draft_ = {};
    has_plain_guid_ = false;
    if (feed_.articles.size() < kMaxArticles) return;
    is_full_ = true;
    stop();
  }

  Feed feed_;
  Draft draft_;
  std::string author_, text_;
  std::vector<Place> places_;
  TextKind kind_ = TextKind::Html;
  /// Depth of the element whose text is gathered; 0: none.
  std::size_t leaf_depth_ = 0;
  /// Depth inside an element whose children are markup; 0: not inside one.
  int markup_depth_ = 0;
  bool is_feed_ = false, is_full_ = false, is_cut_ = false, has_plain_guid_ = false;
};

/// The value of `charset=` in a media type, or of `encoding=` in an XML declaration.
std::string_view value_behind(std::string_view text, std::string_view name) {
  const std::string folded = to_lower_ascii(text);
  auto at = folded.find(name);
  if (at == std::string::npos) return {};
  at = folded.find_first_not_of(" \t\r\n", at + name.size());
  if (at == std::string::npos || folded[at] != '=') return {};
  at = folded.find_first_not_of(" \t\r\n\"'", at + 1);
  if (at == std::string::npos) return {};
  return text.substr(at, std::min(folded.find_first_of("\"'; \t\r\n?", at), folded.size()) - at);
}

/// Source: RFC 7303 section 3: the mark of byte order, then the transport, then the document.
std::string charset_of(std::string_view bytes, std::string_view content_type) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xEF\xBB\xBF")) return "utf-8";
  if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\0<"sv)) return "utf-16be";
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("<\0"sv)) return "utf-16le";
  if (const auto told = value_behind(content_type, "charset"); !told.empty()) return std::string(told);
  const std::string_view head = bytes.substr(0, std::min(bytes.find("?>"), std::size_t{256}));
  const auto told = head.starts_with("<?xml") ? value_behind(head, "encoding") : std::string_view();
  return told.empty() ? "utf-8" : std::string(told);
}

/// Characters that XML 1.0 does not know end the reading of a feed that is otherwise good.
std::string without_controls(std::string text) {
  std::erase_if(text, [](unsigned char c) { return c < 0x20 && c != '\t' && c != '\n' && c != '\r'; });
  return text;
}

}  // namespace

std::optional<Feed> parse_feed(std::string_view bytes, std::string_view content_type) {
  if (bytes.size() > kMaxFeed) return std::nullopt;
  const std::string text = without_controls(mime::to_utf8(bytes, charset_of(bytes, content_type)));
  // Feeds begin with blank lines more often than one thinks; XML forbids it.
  FeedReader reader;
  auto feed = reader.read(trim(text));
  if (!feed) return std::nullopt;
  for (Article& article : feed->articles)
    if (article.author.empty()) article.author = reader.author();
  return feed;
}

}  // namespace gw::mail::feeds
