#include "diagnosis/resolver.hpp"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "core/text.hpp"

namespace gw::diagnosis {
namespace {

constexpr std::size_t kMostRecords = 100;
constexpr std::size_t kLongestText = 4'096;
constexpr int kTries = 2;

struct KindRow {
  RecordKind kind;
  ns_type type;
};
constexpr KindRow kKinds[] = {{RecordKind::Address4, ns_t_a},
                              {RecordKind::Address6, ns_t_aaaa},
                              {RecordKind::Mx, ns_t_mx},
                              {RecordKind::Srv, ns_t_srv},
                              {RecordKind::Txt, ns_t_txt}};

ns_type type_of(RecordKind kind) {
  for (const KindRow& row : kKinds)
    if (row.kind == kind) return row.type;
  return ns_t_a;
}

int number16(const unsigned char* bytes) { return bytes[0] << 8 | bytes[1]; }

/// Empty when it is broken.
std::optional<std::string> read_name(const ns_msg& message, const unsigned char* from) {
  std::array<char, NS_MAXDNAME> name{};
  if (dn_expand(ns_msg_base(message), ns_msg_end(message), from, name.data(), name.size()) < 0)
    return std::nullopt;
  return std::string(name.data());
}

std::optional<Record> read_address(const ns_rr& row, RecordKind kind) {
  const int family = kind == RecordKind::Address4 ? AF_INET : AF_INET6;
  if (ns_rr_rdlen(row) != (family == AF_INET ? 4 : 16)) return std::nullopt;
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(family, ns_rr_rdata(row), text.data(), text.size());
  return Record{kind, text.data()};
}

std::optional<Record> read_text(const ns_rr& row) {
  Record record{RecordKind::Txt, {}};
  const unsigned char* bytes = ns_rr_rdata(row);
  const unsigned char* const end = bytes + ns_rr_rdlen(row);
  while (bytes < end) {
    const std::size_t length = std::min<std::size_t>(*bytes, static_cast<std::size_t>(end - bytes - 1));
    record.value.append(reinterpret_cast<const char*>(bytes + 1), length);
    bytes += 1 + length;
    if (record.value.size() > kLongestText) return std::nullopt;
  }
  return record;
}

std::optional<Record> read_host(const ns_msg& message, const ns_rr& row, RecordKind kind) {
  const std::size_t before = kind == RecordKind::Srv ? 6 : 2;
  const unsigned char* bytes = ns_rr_rdata(row);
  if (ns_rr_rdlen(row) <= before) return std::nullopt;
  const auto name = read_name(message, bytes + before);
  if (!name) return std::nullopt;
  Record record{kind, *name, number16(bytes)};
  if (kind == RecordKind::Srv) {
    record.weight = number16(bytes + 2);
    record.port = number16(bytes + 4);
  }
  return record;
}

std::optional<Record> read_record(const ns_msg& message, const ns_rr& row, RecordKind kind) {
  switch (kind) {
    case RecordKind::Address4:
    case RecordKind::Address6:
      return read_address(row, kind);
    case RecordKind::Txt:
      return read_text(row);
    case RecordKind::Mx:
    case RecordKind::Srv:
      return read_host(message, row, kind);
  }
  return std::nullopt;
}

/// `address` or `address:port`. Errors: std::invalid_argument.
sockaddr_in parse_server(const std::string& text) {
  sockaddr_in server{};
  server.sin_family = AF_INET;
  const std::size_t colon = text.find(':');
  const auto port = colon == std::string::npos ? std::optional<std::int64_t>(53)
                                               : parse_integer(std::string_view(text).substr(colon + 1));
  if (!port || *port < 1 || *port > 65'535 ||
      inet_pton(AF_INET, text.substr(0, colon).c_str(), &server.sin_addr) != 1)
    throw std::invalid_argument("a DNS server is written as an IPv4 address, with :port where it is not 53");
  server.sin_port = htons(static_cast<std::uint16_t>(*port));
  return server;
}

/// The state of the resolver library, closed at its end.
class ResolverState {
 public:
  explicit ResolverState(const Resolver::Options& options) {
    if (res_ninit(&state_) != 0) throw std::runtime_error("the resolver of the system does not work");
    state_.retrans = static_cast<int>(options.timeout.count());
    state_.retry = kTries;
    if (options.server.empty()) return;
    state_.nscount = 1;
    state_.nsaddr_list[0] = parse_server(options.server);
  }
  ~ResolverState() { res_nclose(&state_); }
  ResolverState(const ResolverState&) = delete;
  ResolverState& operator=(const ResolverState&) = delete;
  struct __res_state* get() {
    return &state_;
  }

 private:
  struct __res_state state_ {};
};

}  // namespace

std::optional<std::vector<Record>> parse_dns_answer(std::span<const unsigned char> message, RecordKind kind) {
  ns_msg parsed{};
  if (message.size() > NS_MAXMSG ||
      ns_initparse(message.data(), static_cast<int>(message.size()), &parsed) != 0)
    return std::nullopt;
  std::vector<Record> records;
  for (int i = 0; i < ns_msg_count(parsed, ns_s_an) && records.size() < kMostRecords; ++i) {
    ns_rr row{};
    if (ns_parserr(&parsed, ns_s_an, i, &row) != 0) return std::nullopt;
    if (ns_rr_type(row) != type_of(kind) || ns_rr_class(row) != ns_c_in) continue;
    auto record = read_record(parsed, row, kind);
    if (!record) return std::nullopt;
    records.push_back(std::move(*record));
  }
  return records;
}

Resolver::Resolver(Options options) : options_(std::move(options)) {
  if (!options_.server.empty()) parse_server(options_.server);
}

DnsAnswer Resolver::ask(const std::string& name, RecordKind kind) const {
  ResolverState state(options_);
  std::vector<unsigned char> message(NS_MAXMSG);
  const int length = res_nquery(state.get(), name.c_str(), ns_c_in, type_of(kind), message.data(),
                                static_cast<int>(message.size()));
  if (length < 0) {
    const int problem = state.get()->res_h_errno;
    const bool is_none = problem == HOST_NOT_FOUND || problem == NO_DATA;
    return {is_none ? DnsAnswer::Outcome::None : DnsAnswer::Outcome::Failed, {}};
  }
  message.resize(std::min(message.size(), static_cast<std::size_t>(length)));
  auto records = parse_dns_answer(message, kind);
  if (!records) return {};
  const bool is_empty = records->empty();
  return {is_empty ? DnsAnswer::Outcome::None : DnsAnswer::Outcome::Found, std::move(*records)};
}

DnsAnswer::Outcome Resolver::find_address(const std::string& name) const {
  const DnsAnswer::Outcome first = ask(name, RecordKind::Address4).outcome;
  return first == DnsAnswer::Outcome::Found ? first : ask(name, RecordKind::Address6).outcome;
}

}  // namespace gw::diagnosis
