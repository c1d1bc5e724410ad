// The response envelope and the pages around it. The one place that turns results and errors into answers.
// Source: spec conventions sections 2, 4 and 8.
#pragma once

#include <string>
#include <string_view>

#include "ajax/response.hpp"

namespace gw::ajax {

/// `<number>-<counter>`: unique per incident, given to the client and written to the log.
std::string next_error_id();

/// What an answer consists of before it becomes text. `data_text`, when not empty, is its `data` as JSON
/// text.
struct Envelope {
  Json members;
  std::string data_text;

  [[nodiscard]] std::string text() const;
  /// The payload alone; missing when there is none. Cost: parses `data_text`.
  [[nodiscard]] Json data() const;
  [[nodiscard]] bool is_failure() const;
};

/// The envelope of a result. Warnings repeat the first one in the top-level error members, and then data is
/// always there. `locale` chooses the language of texts.
Envelope make_envelope(Response&& response, std::string_view locale);

/// The envelope of a failure: never with data.
Json make_error_envelope(const ApiError& error, std::string_view locale, std::string_view error_id);
/// The error members alone, for elements of import answers and warnings. `category` overrides that of the
/// code when it is set.
Json make_error_members(const ErrorCode& code, const std::vector<std::string>& arguments,
                        std::string_view locale, std::string_view error_id,
                        std::optional<Category> category = {});

/// The HTML page of an upload answer that calls `function` with the JSON text on the parent window or the
/// opener.
std::string make_callback_page(std::string_view function, std::string_view json);
/// A short error page.
std::string make_error_page(int status, std::string_view text);
/// "Bad Request" for 400 and so on.
std::string_view status_text(int status);

}  // namespace gw::ajax
