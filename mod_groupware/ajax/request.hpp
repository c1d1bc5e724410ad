// One API request, free of httpd: what apache/request_adapter fills, `multiple` builds and tests write by
// hand.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace gw::ajax {

enum class Method : unsigned { Get = 1, Put = 2, Post = 4, Delete = 8, Patch = 16, Other = 32 };
std::string_view method_name(Method method);

/// Name and value pairs in request order. The first one of a name counts.
class Parameters {
 public:
  void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
  /// Valid while the object is not changed.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::string get(std::string_view name, std::string_view fallback = {}) const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& pairs() const { return pairs_; }
  /// Parses `a=1&b=2` (percent escapes, plus as blank). Broken escapes are kept as they are. Limits: 1,000
  /// pairs.
  static Parameters parse(std::string_view encoded);

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

/// One file of a multipart body, spooled to disk. The file is removed when the request ends.
struct Upload {
  std::string field;
  std::string file_name;
  std::string content_type;
  std::string path;
  std::int64_t size = 0;
};

/// Whom another module of the web server has proved the client to be, in this request (GroupwareTrustedUser).
struct TrustedUser {
  std::string name;                ///< as people sign in: `user`, `user@context`
  std::string context;             ///< where all of them are, or this one is; empty: the name says it
  bool has_second_factor = false;  ///< it was proved there, too
  std::string logout;              ///< where a browser goes when it leaves; empty: nowhere
};

/// Takes one piece of a body.
using BodySink = std::function<void(std::string_view)>;

struct Request {
  Method method = Method::Get;
  bool is_head = false;
  /// Path below the API root without leading slash and without `;jsessionid`: "contacts", "config/gui/x",
  /// "image/user/picture".
  std::string path;
  /// Path of the API root, "/ajax": what addresses of this server begin with.
  std::string root;
  Parameters query;
  /// Fields of a form or multipart body.
  Parameters form;
  bool is_multipart = false;
  std::string body;
  std::vector<Upload> uploads;
  /// The body was not taken, or not to its end: an action that would have read it ends with this.
  std::optional<ApiError> refused;
  /// The body of an action that takes it as it comes in (kStreamedBody): hands every piece to the sink. Once.
  /// Empty when the whole body is in `body`. Errors: HttpError 400 when the client breaks off; what the sink
  /// throws. No database connection may be held.
  std::function<void(const BodySink&)> read_body;
  /// Bytes announced for it; -1: not known.
  std::int64_t body_length = -1;

  std::string remote_address;
  bool is_secure = false;
  std::string host;
  std::string user_agent;
  std::string accept_language;
  std::string if_none_match;
  std::string if_modified_since;
  std::string if_range;
  std::string range;
  std::string referer;
  std::string authorization;
  std::optional<TrustedUser> trusted;
  /// The user's token for his mail servers (GroupwareMailOAuth); empty: none came.
  std::string mail_token;
  std::string echo;
  std::string last_event_id;
  /// A request may wait without holding a thread (event MPM, HTTP/1).
  bool may_suspend = false;
  Parameters cookies;

  /// URL first, then form.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

}  // namespace gw::ajax
