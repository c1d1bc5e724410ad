// Any bytes as CSV: nothing crashes, and what we write we read back the same.
#include <cstdint>

#include "core/text.hpp"
#include "formats/csv/contact_csv.hpp"
#include "fuzz/require.hpp"

namespace {

using namespace gw::formats::csv;

std::string write(const std::vector<gw::model::contacts::Contact>& contacts) {
  std::string text;
  append_titles(text, default_columns());
  for (const auto& contact : contacts) append_contact(text, contact, default_columns());
  return text;
}

std::vector<gw::model::contacts::Contact> parse(std::string_view text) {
  std::vector<gw::model::contacts::Contact> contacts;
  try {
    parse_contacts(text, {}, [&](CsvRecord&& record) {
      if (!record.error) contacts.push_back(std::move(record.contact));
      return contacts.size() < 100;
    });
  } catch (const gw::ApiError&) {
    // A file that is refused as a whole.
  }
  return contacts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto contacts = parse({reinterpret_cast<const char*>(data), size});
  if (contacts.empty()) return 0;
  const std::string once = write(contacts);
  gw::fuzz::require(gw::is_valid_utf8(once));
  gw::fuzz::require(write(parse(once)) == once);
  return 0;
}
