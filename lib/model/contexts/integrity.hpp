// Finds and mends what no program of ours should leave behind, but crashes of a disk, a restored backup or
// hands in the database can: `groupwarectl check`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/unit_of_work.hpp"

namespace gw::model::contexts {

struct Finding {
  std::string_view check;   ///< word for scripts, such as "users-without-contact"
  std::string_view text;    ///< what is wrong, for people
  std::string_view advice;  ///< what repair does, or what to do by hand
  std::int64_t rows = 0;
  bool can_repair = true;
};

/// The findings of one context, the context of the caller. Empty: all is well. Cost: about 15 queries that
/// read whole tables.
std::vector<Finding> check_context(UnitOfWork& work);
/// Mends what it can and gives what was found before. One transaction. A second run finds nothing that can be
/// repaired.
std::vector<Finding> repair_context(UnitOfWork& work);

/// Rows of contexts that do not exist any more, over all tables. With `repair` they are deleted.
std::vector<Finding> check_orphaned_contexts(sql::Scope& database, bool repair);

}  // namespace gw::model::contexts
