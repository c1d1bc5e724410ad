// When what is gone from a directory goes here, too: one rule for users, groups and resources.
#pragma once

#include "core/directory_settings.hpp"
#include "core/time.hpp"
#include "model/bindings/bindings.hpp"

namespace gw::identities::intake {

/// Whether an object that is gone since `gone.since` has waited as long as `purge=` says; never where that is
/// negative. Errors: noexcept.
inline bool is_purge_due(const DirectoryImportSettings& settings, const model::bindings::Binding& gone,
                         Millis now) noexcept {
  return settings.purge_after.count() >= 0 && gone.since.value + settings.purge_after.count() <= now.value;
}

}  // namespace gw::identities::intake
