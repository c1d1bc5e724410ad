#include "model/field_json.hpp"

#include "core/errors/servlet.hpp"

namespace gw::model {

std::vector<int> parse_column_numbers(std::string_view text) {
  constexpr std::size_t kMaxColumns = 1'000;
  constexpr std::int64_t kMaxNumber = 1'000'000;
  std::vector<int> numbers;
  for (const std::string_view part : split(text, ',')) {
    const auto number = parse_integer(part);
    if (!number || *number < 0 || *number > kMaxNumber || numbers.size() == kMaxColumns)
      throw ApiError(errors::svl::kBadParameter, {"columns", std::string(part)});
    numbers.push_back(static_cast<int>(*number));
  }
  return numbers;
}

}  // namespace gw::model
