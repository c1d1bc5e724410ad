#include "model/compositions/composition_account.hpp"

#include <fmt/format.h>

#include "model/compositions/owned_space.hpp"

namespace gw::model::compositions {
namespace {

constexpr std::string_view kAllFiles = "SELECT file_id,file_size FROM composition_attachments WHERE cid=?";
constexpr std::string_view kRenameFile =
    "UPDATE composition_attachments SET file_id=? WHERE cid=? AND file_id=?";
constexpr std::string_view kForgetFile = "DELETE FROM composition_attachments WHERE cid=? AND file_id=?";

class CompositionReferences final : public files::FileReferences {
 public:
  [[nodiscard]] std::string describe(const files::FileReference& reference) const override {
    return fmt::format("attachment {} of a mail that is being written", reference.file.id);
  }
  void scan(sql::Connection& connection, ContextId context, files::FileOwner owner,
            const std::function<void(const files::FileReference&)>& visit) const override {
    if (owner != files::kCompositionFiles) return;
    sql::Query row = connection.query(kAllFiles, context);
    while (row.next()) visit({{owner, row.string(0), row.integer(1)}, {}, 0});
  }
  bool rename(Transaction& transaction, const files::FileReference& reference,
              const std::string& new_id) const override {
    return transaction.connection().execute(kRenameFile, new_id, transaction.work().context(),
                                            reference.file.id) > 0;
  }
  void forget(Transaction& transaction, const files::FileReference& reference) const override {
    transaction.connection().execute(kForgetFile, transaction.work().context(), reference.file.id);
  }
};

}  // namespace

void delete_user_data(Transaction& transaction, ContextId context, UserId user) {
  files::discard_files(transaction, context, files_of_user(transaction.connection(), context, user));
}

int purge_idle(Environment& environment) {
  const auto idle = environment.settings.mail.composition_idle;
  if (idle.count() <= 0) return 0;
  const Millis now = environment.clock.now();
  const Millis limit{now.value - idle.count()};
  std::vector<std::pair<ContextId, std::string>> spaces;
  {
    sql::Scope database(environment.pool);
    spaces = list_idle(database.connection(), limit, now);
  }
  int count = 0;
  for (const auto& [context, id] : spaces) {
    Caller caller;
    caller.context = context;
    UnitOfWork work(environment, std::move(caller));
    bool is_gone = false;
    work.write([&, context = context, &space = id](Transaction& transaction) {
      transaction.stamp();
      is_gone = is_idle(transaction.connection(), context, space, limit, now);
      if (is_gone) erase_space(transaction, context, space);
    });
    count += is_gone ? 1 : 0;
  }
  return count;
}

const files::FileReferences& composition_file_references() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const CompositionReferences* const references = new CompositionReferences;
  return *references;
}

}  // namespace gw::model::compositions
