// Any bytes as a header value: encoded words, parameters, dates, ids, results of checks, header
// sections.
#include <cstdint>
#include <string>

#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "mail/mime/authentication_results.hpp"
#include "mail/mime/headers.hpp"
#include "mail/mime/parameters.hpp"
#include "mail/mime/words.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gw;
  using namespace gw::mail;
  using fuzz::require;
  const std::string_view value(reinterpret_cast<const char*>(data), size);
  const std::string text = mime::decode_words(value);
  require(is_valid_utf8(text) && text.find_first_of("\r\n") == std::string::npos &&
          !has_control_characters(text));
  const std::string coded = mime::encode_words(text, 9);
  if (!text.empty() && !mime::holds_encoded_word(text)) require(mime::decode_words(coded) == text);
  for (const std::string_view word : split(coded, ' ')) require(word.size() <= 75);

  const mime::ParameterizedValue parsed = mime::parse_value(value);
  require(parsed.parameters.size() <= 200);
  for (const auto& [name, content] : parsed.parameters)
    require(is_valid_utf8(content) && content.find_first_of("\r\n") == std::string::npos);
  const auto name = mime::clean_filename(text);
  if (name && !mime::holds_encoded_word(*name)) {
    std::string header = "attachment";
    for (const std::string& piece : mime::encode_parameter("filename", *name)) header += "; " + piece;
    require(mime::find_parameter(mime::parse_value(header).parameters, "filename") == *name);
  }
  if (const auto date = mime::parse_date(value))
    require(mime::parse_date(mime::format_date(*date, TimeZone::utc())) == date ||
            date->value < -2'208'988'800'000);
  if (const auto results = mime::parse_authentication_results(value)) {
    require(!results->server.empty() && results->methods.size() <= mime::kMaxMethods);
    for (const mime::MethodResult& each : results->methods)
      require(!each.method.empty() && !each.result.empty() && each.properties.size() <= mime::kMaxProperties);
  }
  for (const std::string& id : mime::parse_message_ids(value)) require(id.front() == '<' && id.back() == '>');
  for (const auto& [key, content] : mime::parse_headers(value)) {
    require(!key.empty() && content.find('\n') == std::string::npos);
    const std::string folded = mime::fold_header("X", content);
    require(folded.starts_with("X:"));
  }
  return 0;
}
