#include <gtest/gtest.h>

#include "core/errors/mail.hpp"
#include "mail/store/provider.hpp"

namespace gw::mail {
namespace {

class NoProvider : public Provider {
 public:
  [[nodiscard]] std::string_view protocol() const override { return "test"; }
  std::unique_ptr<Access> connect(const Account&, const PoolKey&) override { return nullptr; }
  void ping(const Account&) override {}
  void forget(const PoolKey&) override {}
  void purge_idle() override {}
};

TEST(Registry, ProvidersAreFoundByProtocolWithoutCase) {
  Registry registry;
  registry.add(std::make_unique<NoProvider>());
  EXPECT_EQ(registry.store("TEST").protocol(), "test");
  EXPECT_EQ(registry.stores().size(), 1U);
}

TEST(Registry, UnknownProtocolsHaveTheirCodes) {
  const Registry registry;
  try {
    static_cast<void>(registry.store("imap"));
    FAIL();
  } catch (const ApiError& error) {
    EXPECT_EQ(error.code(), errors::msg::kNoProvider);
  }
  try {
    static_cast<void>(registry.transport("smtp"));
    FAIL();
  } catch (const ApiError& error) {
    EXPECT_EQ(error.code(), errors::msg::kNoTransport);
  }
}

}  // namespace
}  // namespace gw::mail
