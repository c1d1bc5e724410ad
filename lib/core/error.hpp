// How a request ends early: an API error from the code table, an HTTP page, or "come back later".
// The one place that turns an error into an envelope is mod_groupware/ajax/envelope.
#pragma once

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gw {

/// Source: spec conventions section 3. 7 and 10 are never sent.
enum class Category : int {
  UserInput = 1,
  Configuration = 2,
  PermissionDenied = 3,
  TryAgain = 4,
  ServiceDown = 5,
  Connectivity = 6,
  Error = 8,
  Conflict = 9,
  Capacity = 11,
  Truncated = 12,
  Warning = 13,
};

/// The wire name, such as "USER_INPUT".
std::string_view category_name(Category category);

/// One row of the code table (core/errors/). `text` is English; `%1$s`, `%2$s` … stand for the arguments.
struct ErrorCode {
  std::string_view prefix;
  int number = 0;
  Category category = Category::Error;
  std::string_view text;

  /// The same row of the table. By value, never by address: the module and the library hold a copy each.
  friend constexpr bool operator==(const ErrorCode& a, const ErrorCode& b) {
    return a.number == b.number && a.prefix == b.prefix;
  }
};

/// `PREFIX-NNNN`, at least four digits.
std::string format_code(const ErrorCode& code);
/// The text with its arguments filled in; a placeholder without argument becomes empty.
std::string format_error_text(std::string_view text, const std::vector<std::string>& arguments);

/// One field an error speaks of. `column` is the API column id; `name` is used where a parse failed.
/// Units: length and max_size in characters; -1 when they do not apply.
struct ProblematicField {
  int column = 0;
  std::string name;
  std::int64_t length = -1;
  std::int64_t max_size = -1;
};

/// Ends the request with the API's own error. `code` must be a row of the table (static storage).
class ApiError : public std::exception {
 public:
  explicit ApiError(const ErrorCode& code, std::vector<std::string> arguments = {},
                    std::vector<ProblematicField> problematic = {});

  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }
  [[nodiscard]] const ErrorCode& code() const { return *code_; }
  [[nodiscard]] const std::vector<std::string>& arguments() const { return arguments_; }
  [[nodiscard]] const std::vector<ProblematicField>& problematic() const { return problematic_; }

 private:
  const ErrorCode* code_;
  std::vector<std::string> arguments_;
  std::vector<ProblematicField> problematic_;
  std::string text_;
};

/// Ends the request with an HTTP status and a short page instead of an envelope (spec conventions section 4).
class HttpError : public std::runtime_error {
 public:
  HttpError(int status, const std::string& text) : std::runtime_error(text), status_(status) {}
  [[nodiscard]] int status() const { return status_; }

 private:
  int status_;
};

/// A back end is down or a pool is exhausted: HTTP 503 with Retry-After.
/// Units: retry_after in seconds.
class Unavailable : public std::runtime_error {
 public:
  explicit Unavailable(const std::string& text, int retry_after = 5)
      : std::runtime_error(text), retry_after_(retry_after) {}
  [[nodiscard]] int retry_after() const { return retry_after_; }

 private:
  int retry_after_;
};

}  // namespace gw
