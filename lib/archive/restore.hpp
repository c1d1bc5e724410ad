// Brings a backup back: everything of it or nothing. The archive is read and checked before anything is
// written; files go into the store first; all rows are one transaction; mails come last, and only those that
// are not there. Source: users p13 and p17; design section 3, points 2 and 6.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "archive/manifest.hpp"
#include "archive/tar_reader.hpp"
#include "model/unit_of_work.hpp"

namespace gw::archive {

struct RestoreRequest {
  /// Of a whole context: under another number and name. A user comes back to his context only, because his
  /// numbers stand in what others have of him.
  std::optional<ContextId> as_context;
  std::optional<std::string> as_name;
  /// Brings back the mails of an archive that has some; gives how many. Empty: they stay there.
  std::function<std::int64_t(TarReader& from, ContextId context)> mails;
};

struct RestoreReport {
  Manifest manifest;
  ContextId context;
  std::int64_t rows = 0;
  std::int64_t files = 0;
  std::int64_t bytes = 0;  ///< of the files
  std::int64_t mails = 0;
  /// Rows of objects that others still have, or deleted since.
  std::int64_t passed_over = 0;
};

/// `descriptor` is read from its first byte on, several times. Errors: BrokenArchive; ProvisioningError
/// AlreadyExists when context, user, login, address or an object is there, NotFound without the context of a
/// user, Invalid; ApiError FLS-0004 and others of the file store; SqlError. After an error nothing was
/// restored, but for UnknownOutcome. Cost: three passes over the archive; its rows go through a SQLite file
/// below $TMPDIR; other writers of the context wait until it is done (on SQLite all writers). Every client of
/// the context is told to read everything anew.
RestoreReport restore(model::Environment& environment, int descriptor, const RestoreRequest& request);

}  // namespace gw::archive
