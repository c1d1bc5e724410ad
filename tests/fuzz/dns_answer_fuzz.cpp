// Any bytes as the answer of a DNS server.
#include <cstdint>
#include <span>

#include "diagnosis/resolver.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gw::diagnosis::RecordKind;
  if (size == 0) return 0;
  // The first byte chooses what is asked for.
  constexpr RecordKind kKinds[] = {RecordKind::Address4, RecordKind::Address6, RecordKind::Mx,
                                   RecordKind::Srv, RecordKind::Txt};
  const RecordKind kind = kKinds[data[0] % 5];
  const auto records = gw::diagnosis::parse_dns_answer(std::span(data + 1, size - 1), kind);
  if (!records) return 0;
  gw::fuzz::require(records->size() <= 100);
  for (const auto& record : *records) {
    gw::fuzz::require(record.kind == kind);
    gw::fuzz::require(record.port >= 0 && record.port <= 65'535 && record.value.size() <= 4'096);
  }
  return 0;
}
