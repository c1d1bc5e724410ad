// Any bytes as the query string (first line) and the form body (the rest) of a list request: decoding, the
// typed parameters of a declaration, columns and sort order.
#include <cstdint>
#include <string>

#include "ajax/action.hpp"
#include "ajax/contacts/contacts_input.hpp"
#include "core/text.hpp"
#include "fuzz/require.hpp"
#include "model/contacts/contact_fields.hpp"
#include "model/field_json.hpp"

namespace {

using namespace gw;
using ajax::Parameters;
using ajax::Type;
using fuzz::is_taken;
using fuzz::require;

constexpr std::size_t kMaxPairs = 1'000;
constexpr std::size_t kMaxColumns = 1'000;

constexpr ajax::Parameter kDeclared[] = {{"folder", Type::Id},
                                         {"columns", Type::List},
                                         {"sort", Type::Integer},
                                         {"order"},
                                         {"collation"},
                                         {"admin", Type::Boolean},
                                         {"timestamp", Type::Timestamp},
                                         {"left_hand_limit", Type::Integer},
                                         {"right_hand_limit", Type::Integer}};

std::string encode(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters.pairs()) {
    if (!text.empty()) text += '&';
    text += percent_encode(name) + '=' + percent_encode(value);
  }
  return text;
}

Parameters check_decoding(std::string_view text) {
  Parameters parsed = Parameters::parse(text);
  require(parsed.pairs().size() <= kMaxPairs);
  std::size_t bytes = 0;
  for (const auto& [name, value] : parsed.pairs()) {
    bytes += name.size() + value.size();
    require(parsed.find(name).has_value());
  }
  require(bytes <= text.size());
  require(Parameters::parse(encode(parsed)).pairs() == parsed.pairs());
  return parsed;
}

void check_types(const ajax::Request& request, const ajax::Arguments& arguments) {
  for (const auto& declared : kDeclared) {
    const auto in_query = request.query.find(declared.name);
    const auto value = in_query ? in_query : request.form.find(declared.name);
    require(arguments.has(declared.name) == value.has_value());
    require(arguments.text(declared.name, "absent") == value.value_or("absent"));
    const std::string_view text = trim(value.value_or(""));
    const bool is_number = is_taken({"SVL-0010"}, [&] {
      const auto number = arguments.optional_integer(declared.name);
      require(number.has_value() != text.empty());
      require(number == (text.empty() ? std::nullopt : parse_integer(text)));
      require(arguments.integer(declared.name, 7) == number.value_or(7));
    });
    require(is_number == (text.empty() || parse_integer(text).has_value()));
    require(arguments.boolean(declared.name, true) == (!value || parse_boolean(*value)));
  }
}

void check_columns(std::string_view text) {
  const auto table = model::contacts::contact_fields();
  is_taken({"SVL-0010"}, [&] {
    const auto numbers = model::parse_column_numbers(text);
    const auto rows = model::parse_columns(text, table);
    require(rows.size() == numbers.size() && rows.size() <= kMaxColumns);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      require(rows[i] < static_cast<int>(table.size()));
      require(rows[i] < 0 || table[static_cast<std::size_t>(rows[i])].column == numbers[i]);
    }
    require(model::write_row(model::contacts::Contact{}, table, rows, {}).size() == rows.size());
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  ajax::Request request;
  request.query = check_decoding(input.substr(0, end));
  request.form = check_decoding(input.substr(std::min(end + 1, input.size())));
  const ajax::Arguments arguments(request, kDeclared);
  check_types(request, arguments);
  check_columns(arguments.text("columns"));
  is_taken({"SVL-0010"}, [&] {
    const auto sort = ajax::parse_contact_sort(arguments);
    require(sort.column >= 0 && !(sort.descending && sort.column == 0));
  });
  is_taken({"CON-0103"}, [&] { require(ajax::parse_contact_folder(arguments.text("folder")).value >= 0); });
  return 0;
}
