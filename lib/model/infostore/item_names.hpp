// Names of files in a folder: what is allowed, what is free. Source: spec infostore 2 and 7.
#pragma once

#include <string>
#include <string_view>

#include "model/infostore/infostore_write.hpp"

namespace gw::model::infostore {

/// `name (1).ext`: the counter stands before the last dot, and replaces one that is there already. At most
/// 255 characters.
std::string with_counter(std::string_view filename, std::int64_t counter);

/// The name itself, or with a counter, so that neither a current version of another item nor a folder beside
/// it has it. Must run after Transaction::stamp, whose lock makes the answer hold until COMMIT: no
/// reservations are needed. Errors: IFO-0441 when it is taken and may not be adjusted. Cost: two queries, one
/// more when it is taken.
std::string free_name(sql::Connection& connection, const Caller& caller, FolderId folder,
                      const std::string& name, ObjectId except, OnCollision collision);

}  // namespace gw::model::infostore
