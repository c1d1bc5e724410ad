// The two ways how rows go back into the database, each inside of one transaction.
#pragma once

#include "archive/manifest.hpp"
#include "archive/row_target.hpp"
#include "model/unit_of_work.hpp"

namespace gw::archive {

struct RowCounts {
  std::int64_t rows = 0;
  std::int64_t passed_over = 0;
};

/// The target must not be there. Errors: ProvisioningError AlreadyExists.
void check_context_is_free(sql::Connection& connection, ContextId context, const std::string& name);
/// All rows of the context; `transaction` speaks for it afterwards.
RowCounts restore_context_rows(model::Transaction& transaction, Scratch& scratch, const std::string& name);

/// The context must be there and the user not. Errors: ProvisioningError NotFound, AlreadyExists.
void check_user_is_free(sql::Connection& connection, const Manifest& manifest);
RowCounts restore_user_rows(model::Transaction& transaction, Scratch& scratch, const Manifest& manifest);

/// Tells every client of the context to read everything anew: what comes back has the stamps that it had.
void forget_older_states(model::Transaction& transaction, ContextId context);

}  // namespace gw::archive
