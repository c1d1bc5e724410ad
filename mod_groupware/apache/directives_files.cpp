// GroupwareFileVersions.
#include "apache/setter.hpp"

namespace gw::apache {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kMostVersions = 1'000'000;
constexpr auto kLongest = 24h * 365 * 100;

void set_versions(VersionSettings& versions, Words words) {
  words.number("max", versions.max, 0, kMostVersions);
  words.duration("keep", versions.keep, 0ms, kLongest);
  words.finish();
}

}  // namespace
}  // namespace gw::apache

const char* gw_set_file_versions(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return gw::apache::set_for_server(command, [&](gw::apache::ModuleConfig& config, std::string_view name) {
    const auto arguments = gw::apache::to_views(count, words);
    gw::apache::set_versions(config.settings.versions, gw::apache::Words(name, arguments));
  });
}
