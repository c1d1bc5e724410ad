// Any JSON as what clients write into a composition space: it is taken within its limits or refused with a
// promised code, and what was taken is taken again as it is shown.
#include <cstdint>
#include <string>

#include "ajax/compose/space_message.hpp"
#include "core/json.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gw;
  const auto value = Json::parse({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  const Json before = Json::object().set("subject", Json::string("kept"));
  Json message = before.deep_copy();
  const bool is_taken =
      fuzz::is_taken({"SVL-0028", "MSG-0046", "MSG-0076", "MSG-0087", "MSG-0102", "MSG-1008", "MSGCS-0015",
                      "MSGCS-0016", "MSGCS-0017", "MSGCS-0018", "MSGCS-0019", "MSGCS-0020", "MSGCS-0021"},
                     [&] { ajax::merge_message(message, *value); });
  if (!is_taken) {
    fuzz::require(message.equals(before));
    return 0;
  }
  model::compositions::Space space;
  space.message = message;
  space.meta = *value;
  const Json shown = ajax::write_space(space);
  fuzz::require(shown.get("to").is_array() && shown.get("contentType").is_string());
  // Clients send the whole model back when they send the mail.
  fuzz::require(fuzz::is_taken({}, [&] { ajax::merge_message(message, shown); }));
  return 0;
}
