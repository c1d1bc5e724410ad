#include "model/attachments/attachment_search.hpp"

#include "model/attachments/attachment_store.hpp"

namespace gw::model::attachments {
namespace {

constexpr std::string_view kAttachedOf = " AND EXISTS (SELECT 1 FROM attachments f WHERE f.cid=?";
constexpr std::string_view kAttachedNames = " AND f.module=? AND f.object=";
/// Rows of before the column may be called anything.
constexpr std::string_view kNamedLike = " AND (f.filename_fold IS NULL OR f.filename_fold LIKE ?";

}  // namespace

void add_attached_name(sql::StatementText& statement, const AttachedTo& to, std::string_view guard,
                       const std::string& pattern, sql::Engine engine) {
  statement.add(" OR (");
  statement.add(guard);
  statement.add(kAttachedOf, to.context);
  statement.add(kAttachedNames, static_cast<std::int64_t>(to.module));
  statement.add(to.object);
  statement.add(kNamedLike, pattern);
  statement.add(sql::like_escape(engine));
  statement.add(")))");
}

NamesOf names_of_parents(sql::Connection& connection, ContextId context, ParentModule module,
                         std::span<const ObjectId> objects) {
  NamesOf names;
  for (Attachment& file : store::list_of_objects(connection, context, module, objects))
    names[ObjectId(file.attached)].push_back(std::move(file.filename).value_or(""));
  return names;
}

}  // namespace gw::model::attachments
