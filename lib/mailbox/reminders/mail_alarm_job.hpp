// Sends the reminders by mail that are due. Runs as a job (model/jobs): one process of the cluster at a time,
// and the ledger holds should two ever be at it. Source: spec chronos section 9, users p25.
#pragma once

#include <cstdint>

#include "mail/store/provider.hpp"
#include "model/jobs/job_runner.hpp"

namespace gw::mailbox::reminders {

/// Gives how many were sent. A server that does not take mails ends the run after the first of them; one that
/// refuses a single mail does not. A mail whose outcome is unknown goes again, with the same Message-ID.
/// Errors: Unavailable, SqlError. Cost: per mail two write transactions and a connection to the server.
std::int64_t send_due_mails(model::jobs::JobRun& run, const mail::Registry& registry);

}  // namespace gw::mailbox::reminders
