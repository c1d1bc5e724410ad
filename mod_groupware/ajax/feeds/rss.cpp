// Module `rss`. Source: spec mail-push-and-extras section 7.
#include "ajax/feeds/rss.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/errors/feed.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "mail/feeds/feed_source.hpp"
#include "mail/html/cleaner.hpp"
#include "model/settings/config_tree.hpp"

namespace gw::ajax {
namespace {

using mail::feeds::LoadedFeed;
using mail::web::FetchFailure;

constexpr std::size_t kMaxFeeds = 20;
/// Articles of one answer, whatever `limit` says.
constexpr std::size_t kMaxAnswered = 500;

void add_url(std::vector<std::string>& urls, std::string_view text) {
  const std::string url(trim(text));
  if (!url.empty() && std::find(urls.begin(), urls.end(), url) == urls.end()) urls.push_back(url);
}

/// A text or an array of texts. Errors: SVL-0028.
void add_urls(std::vector<std::string>& urls, const Json& value) {
  if (value.is_string()) {
    add_url(urls, value.as_string());
    return;
  }
  if (!value.is_array()) throw ApiError(errors::svl::kBodyType, {"an array of addresses"});
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (!value.at(i).is_string()) throw ApiError(errors::svl::kBodyType, {"an array of addresses"});
    add_url(urls, value.at(i).as_string());
  }
}

/// A parameter: JSON, or addresses between commas; a comma that no address follows belongs to the one before.
void add_parameter(std::vector<std::string>& urls, std::string_view text) {
  if (const auto list = Json::parse(text); list && list->is_array()) {
    add_urls(urls, *list);
    return;
  }
  while (!text.empty()) {
    const auto end = std::min(std::min(text.find(",http://"), text.find(",https://")), text.size());
    add_url(urls, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Body (an array, or an object with `feedUrl`) or parameter. Errors: SVL-0002, SVL-0028, SVL-0029, RSS-0007.
std::vector<std::string> asked_urls(const Invocation& invocation) {
  Json body = invocation.body;
  if (body.is_missing() && !trim(invocation.request.body).empty()) {
    const auto parsed = Json::parse(invocation.request.body);
    if (!parsed) throw ApiError(errors::svl::kBodyNotJson);
    body = *parsed;
  }
  std::vector<std::string> urls;
  if (body.is_object())
    add_urls(urls, body.get("feedUrl"));
  else if (!body.is_missing() && !body.is_null())
    add_urls(urls, body);
  if (urls.empty()) add_parameter(urls, invocation.arguments.text("feedUrl"));
  if (urls.empty()) throw ApiError(errors::svl::kMissing, {"feedUrl"});
  if (urls.size() > kMaxFeeds) throw ApiError(errors::rss::kTooMany, {std::to_string(kMaxFeeds)});
  return urls;
}

/// How the articles are wanted.
struct Wish {
  bool by_source = false, is_descending = true;
  std::size_t limit = kMaxAnswered;
};

bool is_word(std::string_view text, std::string_view word) { return equal_ignoring_ascii_case(text, word); }

/// By date the newest comes first unless the request says otherwise, by source A comes first.
/// Errors: SVL-0010.
Wish read_wish(const Arguments& arguments) {
  Wish wish;
  const std::string_view sort = arguments.text("sort", "date"), order = arguments.text("order");
  wish.by_source = is_word(sort, "source");
  if (!wish.by_source && !is_word(sort, "date"))
    throw ApiError(errors::svl::kBadParameter, {"sort", std::string(sort)});
  if (!order.empty() && !is_word(order, "asc") && !is_word(order, "desc"))
    throw ApiError(errors::svl::kBadParameter, {"order", std::string(order)});
  wish.is_descending = order.empty() ? !wish.by_source : is_word(order, "desc");
  const std::int64_t limit = arguments.integer("limit", -1);
  if (limit >= 0) wish.limit = std::min(kMaxAnswered, static_cast<std::size_t>(limit));
  return wish;
}

/// One article and where it came from.
struct Found {
  const mail::feeds::Article* article;
  const mail::feeds::Feed* feed;
  const std::string* feed_url;
  const std::string* source;  ///< the feed's title, folded
};

Warning to_warning(const LoadedFeed& loaded, const std::string& asked) {
  std::string url = replace_invalid_utf8(std::string_view(asked).substr(0, 1'024));
  switch (loaded.failure) {
    case FetchFailure::BadAddress:
      return {&errors::rss::kBadAddress, {std::move(url)}};
    case FetchFailure::Denied:
      return {&errors::rss::kDenied, {std::move(url)}};
    case FetchFailure::Unreachable:
      return {&errors::rss::kUnreachable, {std::move(url)}};
    case FetchFailure::Status:
      return {&errors::rss::kBadStatus, {std::move(url), std::to_string(loaded.status)}};
    case FetchFailure::TooLarge:
      return {&errors::rss::kTooLarge, {std::move(url)}};
    case FetchFailure::None:
      break;
  }
  return {&errors::rss::kNoFeed, {std::move(url)}};
}

void sort_found(std::vector<Found>& found, const Wish& wish) {
  const auto date_of = [](const Found& one) {
    // Without a date they are last where the newest is first.
    return one.article->date.value_or(Millis{std::numeric_limits<std::int64_t>::min()}).value;
  };
  const auto is_before = [&](const Found& a, const Found& b) {
    if (wish.by_source) {
      const int order = a.source->compare(*b.source);
      if (order != 0) return wish.is_descending ? order > 0 : order < 0;
      return date_of(a) > date_of(b);
    }
    return wish.is_descending ? date_of(a) > date_of(b) : date_of(a) < date_of(b);
  };
  std::stable_sort(found.begin(), found.end(), is_before);
  if (found.size() > wish.limit) found.resize(wish.limit);
}

Json write_article(const Found& found, bool blocks_images) {
  const mail::feeds::Article& article = *found.article;
  mail::html::CleanOptions options;
  options.images.blocks_remote = blocks_images;
  // A feed has no business with addresses of this server.
  options.images.api_roots.clear();
  Json object = Json::object();
  object.set("subject", Json::string(article.subject));
  object.set("url", Json::string(article.url));
  object.set("feedTitle", Json::string(found.feed->title));
  object.set("feedUrl", Json::string(*found.feed_url));
  if (!article.author.empty()) object.set("author", Json::string(article.author));
  if (article.date) object.set("date", Json::integer(article.date->value));
  const std::string& image = article.image_url.empty() ? found.feed->image_url : article.image_url;
  if (!image.empty()) object.set("imageUrl", Json::string(image));
  object.set("body", Json::string(mail::html::clean_html(article.body, options).html));
  object.set("format", Json::string("text/html"));
  return object;
}

Response read_feeds(Invocation& invocation) {
  if (invocation.runtime.feeds == nullptr) throw ApiError(errors::svl::kDisabled, {"rss"});
  const std::vector<std::string> urls = asked_urls(invocation);
  const Wish wish = read_wish(invocation.arguments);
  const bool shows_images = invocation.arguments.boolean("forceImages") ||
                            model::settings::read_config(invocation.work, "modules/mail/allowhtmlimages")
                                .to_boolean()
                                .value_or(false);
  invocation.work.release();
  const std::vector<LoadedFeed> loaded = invocation.runtime.feeds->load(urls);
  std::vector<Found> found;
  std::vector<std::string> sources(loaded.size());
  Response response = Response::with_data(Json::array());
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    if (!loaded[i].feed) {
      response.warnings.push_back(to_warning(loaded[i], urls[i]));
      continue;
    }
    sources[i] = fold(loaded[i].feed->title);
    for (const auto& article : loaded[i].feed->articles)
      found.push_back({&article, loaded[i].feed.get(), &urls[i], &sources[i]});
  }
  sort_found(found, wish);
  for (const Found& one : found) response.data.append(write_article(one, !shows_images));
  return response;
}

constexpr Parameter kRssParameters[] = {
    {"feedUrl"}, {"limit", Type::Integer}, {"sort"}, {"order"}, {"forceImages", Type::Boolean}};

constexpr Action kRssActions[] = {{"PUT", kPut, read_feeds, 0, kRssParameters}};

}  // namespace

const ApiModule kRssModule{"rss", kRssActions};

}  // namespace gw::ajax
