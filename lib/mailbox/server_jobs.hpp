// The jobs of this server, for the processes that serve requests and for groupwarectl.
#pragma once

#include <vector>

#include "core/settings.hpp"
#include "mail/store/provider.hpp"
#include "model/jobs/job_runner.hpp"

namespace gw::mailbox {

/// `mail-alarms` where GroupwareNoReply says how to send, `alarm-ledger`, `drive-mail`, `zones`,
/// `tombstones` unless they are kept for ever. What they are given must outlive them.
std::vector<model::jobs::Job> server_jobs(const Settings& settings, const mail::Registry& registry);

}  // namespace gw::mailbox
