// One step of an import: what goes wrong with it is told and does not stop the others.
#pragma once

#include <string>

#include "core/error.hpp"
#include "identities/intake/report.hpp"
#include "model/users/provisioning_error.hpp"
#include "sql/error.hpp"

namespace gw::identities::intake {

/// Gives whether `body` went well. Errors: those of the database but for values that are taken.
template <class Body>
bool attempt(Report& report, const Difference& step, Body body) {
  try {
    body();
    report.note_done(step.kind, step.action);
    return true;
  } catch (const ApiError& error) {
    report.note_failure(step.kind, step.name, error.what());
  } catch (const model::ProvisioningError& error) {
    report.note_failure(step.kind, step.name, error.what());
  } catch (const sql::SqlError& error) {
    if (error.kind() != sql::ErrorKind::Duplicate) throw;
    report.note_failure(step.kind, step.name, error.what());
  }
  return false;
}

}  // namespace gw::identities::intake
