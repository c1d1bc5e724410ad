// "A file of that name is attached to it", for the searches of events and tasks: the condition in SQL and the
// names themselves. Who may see them is decided by whoever searches.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/attachments/attachment.hpp"
#include "sql/statement_text.hpp"

namespace gw::model::attachments {

/// Whose files: `object` is a column of the statement that is being made.
struct AttachedTo {
  ContextId context;
  ParentModule module;
  std::string_view object;
};
/// Appends ` OR (<guard> AND EXISTS (…))` that holds where the folded name of a file may be like `pattern`,
/// which must outlive the query: only a prefilter. `guard`: a cheap condition in SQL without which nothing is
/// looked up.
void add_attached_name(sql::StatementText& statement, const AttachedTo& to, std::string_view guard,
                       const std::string& pattern, sql::Engine engine);

using NamesOf = std::map<ObjectId, std::vector<std::string>>;
/// What is attached to these is called. Cost: one query per 256 objects.
NamesOf names_of_parents(sql::Connection& connection, ContextId context, ParentModule module,
                         std::span<const ObjectId> objects);

}  // namespace gw::model::attachments
