#include <algorithm>

#include "core/errors/mail.hpp"
#include "core/text.hpp"
#include "mail/store/provider.hpp"

namespace gw::mail {
namespace {

/// Null when no provider has that protocol. Protocol names compare without case.
template <class Kind>
Kind* find(const std::vector<std::unique_ptr<Kind>>& providers, std::string_view protocol) {
  const auto found = std::find_if(providers.begin(), providers.end(), [&](const auto& each) {
    return equal_ignoring_ascii_case(each->protocol(), protocol);
  });
  return found == providers.end() ? nullptr : found->get();
}

}  // namespace

void Registry::add(std::unique_ptr<Provider> provider) { stores_.push_back(std::move(provider)); }

void Registry::add(std::unique_ptr<TransportProvider> provider) {
  transports_.push_back(std::move(provider));
}

Provider& Registry::store(std::string_view protocol) const {
  if (Provider* found = find(stores_, protocol)) return *found;
  throw ApiError(errors::msg::kNoProvider, {std::string(protocol)});
}

TransportProvider& Registry::transport(std::string_view protocol) const {
  if (TransportProvider* found = find(transports_, protocol)) return *found;
  throw ApiError(errors::msg::kNoTransport, {std::string(protocol)});
}

}  // namespace gw::mail
