// The versions that name files. Source: spec infostore 13.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "model/infostore/infostore_account.hpp"
#include "model/infostore/item_writer.hpp"

namespace gw::model::infostore {
namespace {

class VersionReferences final : public files::FileReferences {
 public:
  [[nodiscard]] std::string describe(const files::FileReference& reference) const override {
    return fmt::format("version {} of file {}", reference.part, reference.object.value);
  }

  void scan(sql::Connection& connection, ContextId context, files::FileOwner owner,
            const std::function<void(const files::FileReference&)>& visit) const override {
    store::scan_files(connection, context, owner, [&](const store::FileRow& row) {
      visit({row.file, row.item, row.version});
    });
  }

  bool rename(Transaction& transaction, const files::FileReference& reference,
              const std::string& new_id) const override {
    return store::replace_file(transaction.connection(), transaction.work().context(),
                               {reference.object, reference.part, reference.file},
                               {reference.file.owner, new_id, reference.file.size});
  }

  void forget(Transaction& transaction, const files::FileReference& reference) const override {
    ItemWriter(transaction).forget_version(reference.object, reference.part, reference.file.id);
  }
};

}  // namespace

const files::FileReferences& infostore_file_references() {
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const VersionReferences* const references = new VersionReferences;
  return *references;
}

void ItemWriter::forget_version(ObjectId id, std::int64_t version, const std::string& file_id) {
  auto found = store::find(connection_, context_, work_.now(), id, kCurrentVersion);
  if (!found) return;
  found->object_permissions = store::load_permissions(connection_, context_, std::span(&id, 1))[id.value];
  const auto rows = store::files_of_item(connection_, context_, id);
  const bool still_there = std::any_of(rows.begin(), rows.end(), [&](const store::FileRow& row) {
    return row.version == version && row.file.id == file_id;
  });
  if (!still_there) return;
  if (rows.size() == 1)
    erase(*found);
  else
    drop_versions(*found, std::array{version});
}

}  // namespace gw::model::infostore
