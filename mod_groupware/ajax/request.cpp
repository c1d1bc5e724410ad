#include "ajax/request.hpp"

#include "core/text.hpp"

namespace gw::ajax {
namespace {

constexpr std::size_t kMaxParameters = 1'000;

std::string decode(std::string_view text) {
  auto decoded = percent_decode(text, true);
  return decoded ? std::move(*decoded) : std::string(text);
}

}  // namespace

std::string_view method_name(Method method) {
  switch (method) {
    case Method::Get:
      return "GET";
    case Method::Put:
      return "PUT";
    case Method::Post:
      return "POST";
    case Method::Delete:
      return "DELETE";
    case Method::Patch:
      return "PATCH";
    case Method::Other:
      return "OTHER";
  }
  return "OTHER";
}

std::optional<std::string_view> Parameters::find(std::string_view name) const {
  for (const auto& [key, value] : pairs_)
    if (key == name) return value;
  return std::nullopt;
}

std::string Parameters::get(std::string_view name, std::string_view fallback) const {
  return std::string(find(name).value_or(fallback));
}

Parameters Parameters::parse(std::string_view encoded) {
  Parameters parameters;
  while (!encoded.empty() && parameters.pairs_.size() < kMaxParameters) {
    const std::size_t end = encoded.find('&');
    const std::string_view pair = encoded.substr(0, end);
    encoded = end == std::string_view::npos ? std::string_view() : encoded.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    parameters.add(decode(pair.substr(0, equals)), decode(value));
  }
  return parameters;
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  if (const auto value = query.find(name)) return value;
  return form.find(name);
}

}  // namespace gw::ajax
