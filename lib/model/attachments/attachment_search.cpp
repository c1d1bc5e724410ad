#include "model/attachments/attachment_search.hpp"

#include "model/attachments/attachment_store.hpp"
#include "sql/dialect.hpp"

namespace gw::model::attachments {
namespace {

constexpr std::string_view kAttachedNames =
    " AND EXISTS (SELECT 1 FROM attachments f WHERE f.cid=? AND f.module=? AND f.object=";
/// Rows of before the column may be called anything.
constexpr std::string_view kNamedLike = " AND (f.filename_fold IS NULL OR f.filename_fold LIKE ?";

}  // namespace

void add_attached_name(std::string& sql, std::vector<sql::Value>& values, const AttachedTo& to,
                       std::string_view guard, const std::string& pattern, sql::Engine engine) {
  sql += " OR (";
  sql += guard;
  sql += kAttachedNames;
  sql += to.object;
  sql += kNamedLike;
  sql += sql::like_escape(engine);
  sql += ")))";
  values.push_back(sql::to_value(to.context));
  values.push_back(sql::to_value(static_cast<std::int64_t>(to.module)));
  values.push_back(sql::to_value(pattern));
}

NamesOf names_of_parents(sql::Connection& connection, ContextId context, ParentModule module,
                         std::span<const ObjectId> objects) {
  NamesOf names;
  for (Attachment& file : store::list_of_objects(connection, context, module, objects))
    names[ObjectId(file.attached)].push_back(std::move(file.filename).value_or(""));
  return names;
}

}  // namespace gw::model::attachments
