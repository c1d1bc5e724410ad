// Rooms and things of a directory become resources of a context. One that is gone or disabled cannot be
// booked.
#pragma once

#include "identities/intake/group_intake.hpp"

namespace gw::identities::intake {

/// As take_groups.
bool take_resources(const ObjectRun& run, Report& report);

}  // namespace gw::identities::intake
