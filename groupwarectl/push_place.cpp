#include "groupwarectl/push_place.hpp"

#include <filesystem>
#include <vector>

#include "core/text.hpp"
#include "groupwarectl/httpd_config.hpp"

namespace groupwarectl {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRuntimeFolder = "/var/run/apache2";

}  // namespace

PushPlace push_place(const std::string& prefix) { return {prefix + "-events.sock", prefix + "-bus.sock"}; }

std::optional<PushPlace> find_push_place(const std::string& config_file) {
  bool is_on = false;
  fs::path root = fs::absolute(config_file).parent_path();
  fs::path runtime = kRuntimeFolder;
  fs::path prefix = "oxpush";
  read_httpd_config(config_file, [&](std::string_view name, const std::vector<std::string>& arguments) {
    if (arguments.empty()) return;
    const auto is = [&](std::string_view other) { return gw::equal_ignoring_ascii_case(name, other); };
    const bool is_unresolved = arguments[0].find("${") != std::string::npos;
    if (is("OXPush")) is_on = gw::equal_ignoring_ascii_case(arguments[0], "on");
    if (is("ServerRoot")) root = arguments[0];
    if (is("OXPushSockets")) prefix = arguments[0];
    if (is("DefaultRuntimeDir")) runtime = is_unresolved ? kRuntimeFolder : arguments[0];
  });
  if (!is_on) return std::nullopt;
  return push_place((root / runtime / prefix).string());
}

}  // namespace groupwarectl
