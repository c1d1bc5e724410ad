#include "model/snippets/snippet_account.hpp"

#include <fmt/format.h>

#include "model/snippets/snippet_store.hpp"

namespace gw::model::snippets {
namespace {

constexpr std::string_view kAllSnippetFiles = "SELECT file_id,file_size FROM snippet_attachments WHERE cid=?";
constexpr std::string_view kRenameSnippetFile =
    "UPDATE snippet_attachments SET file_id=? WHERE cid=? AND file_id=?";
constexpr std::string_view kForgetSnippetFile = "DELETE FROM snippet_attachments WHERE cid=? AND file_id=?";

class SnippetReferences final : public files::FileReferences {
 public:
  [[nodiscard]] std::string describe(const files::FileReference& reference) const override {
    return fmt::format("file {} of a snippet", reference.file.id);
  }
  void scan(sql::Connection& connection, ContextId context, files::FileOwner owner,
            const std::function<void(const files::FileReference&)>& visit) const override {
    if (owner != files::kContextFiles) return;
    sql::Query row = connection.query(kAllSnippetFiles, context);
    while (row.next()) visit({{owner, row.string(0), row.integer(1)}, {}, 0});
  }
  bool rename(Transaction& transaction, const files::FileReference& reference,
              const std::string& new_id) const override {
    return transaction.connection().execute(kRenameSnippetFile, new_id, transaction.work().context(),
                                            reference.file.id) > 0;
  }
  void forget(Transaction& transaction, const files::FileReference& reference) const override {
    transaction.connection().execute(kForgetSnippetFile, transaction.work().context(), reference.file.id);
  }
};

}  // namespace

void delete_user_data(Transaction& transaction, ContextId context, UserId user) {
  files::discard_files(transaction, context, files_of_user(transaction.connection(), context, user));
}

const files::FileReferences& snippet_file_references() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const SnippetReferences* const references = new SnippetReferences;
  return *references;
}

}  // namespace gw::model::snippets
