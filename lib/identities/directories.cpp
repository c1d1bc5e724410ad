#include "identities/directories.hpp"

namespace gw::identities {

Directories::Directories(const Settings& settings) {
  for (const DirectorySettings& each : settings.directories.list)
    all_.push_back(std::make_unique<directory::Directory>(each));
}

directory::Directory* Directories::find(std::string_view name) const {
  for (const auto& each : all_)
    if (each->settings().name == name) return each.get();
  return nullptr;
}

void Directories::purge_idle() const {
  for (const auto& each : all_) each->purge_idle();
}

}  // namespace gw::identities
