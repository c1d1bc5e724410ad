// infostore: zipfolder, zipdocuments. The archive is made while it is sent: nothing of it is held.
#include <algorithm>

#include "ajax/delivery/content_disposition.hpp"
#include "ajax/delivery/zip_download.hpp"
#include "ajax/infostore/infostore_actions.hpp"
#include "ajax/infostore/infostore_input.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"
#include "model/folders/tree.hpp"

namespace gw::ajax::infostore_actions {
namespace {

namespace infostore = model::infostore;
namespace folders = model::folders;

constexpr std::size_t kMaxEntries = 100'000;
constexpr int kMaxDepth = 100;

/// What the archive will hold: a file, or a folder when it has no id.
struct Entry {
  std::string folder;  ///< path in the archive, empty or with a slash at its end
  infostore::ItemRef ref;
  std::int64_t version = infostore::kCurrentVersion;
  Millis modified;
};

void add_entry(std::vector<Entry>& entries, Entry entry) {
  if (entries.size() >= kMaxEntries) throw ApiError(errors::svl::kBodyIllegal, {"too many files"});
  entries.push_back(std::move(entry));
}

void add_files(Invocation& invocation, FolderId folder, const std::string& path,
               std::vector<Entry>& entries) {
  for (const infostore::Item& item : infostore::list_folder(invocation.work, folder, {}).items)
    if (item.current_version > 0)
      add_entry(entries, {path, {folder, ObjectId(item.id)}, infostore::kCurrentVersion, item.last_modified});
}

/// Folders below, and theirs; those that the caller may not read are left out.
void add_subfolders(Invocation& invocation, folders::Tree& tree, const std::string& id,
                    const std::string& path, std::vector<Entry>& entries, int depth) {
  if (depth > kMaxDepth) return;
  for (const folders::Node& node : tree.list(id, {.unsubscribed_too = true})) {
    if (!node.stored || !node.id) continue;
    std::string title = node.title.value_or("");
    std::replace(title.begin(), title.end(), '/', '_');
    const std::string below = path + title + '/';
    add_entry(entries, {below, {node.stored, {}}, 0, node.last_modified});
    try {
      add_files(invocation, node.stored, below, entries);
    } catch (const ApiError& error) {
      if (error.code().category != Category::PermissionDenied) throw;
    }
    add_subfolders(invocation, tree, *node.id, below, entries, depth + 1);
  }
}

/// Writes one file. What is gone meanwhile, or lost in the store, is left out. False: the client is gone.
bool write_file(model::UnitOfWork& work, const Entry& entry, formats::zip::ZipWriter& archive) {
  std::optional<infostore::Content> content;
  try {
    content = infostore::open_content(work, entry.ref, entry.version);
  } catch (const ApiError&) {
    return true;
  }
  work.release();
  const infostore::Item& item = content->item;
  std::string name = item.filename.value_or("file");
  std::replace(name.begin(), name.end(), '/', '_');
  const StoredBytes bytes{std::move(content->store), item.file_id.value_or(""), item.file_size};
  return add_to_archive(archive, entry.folder + name, bytes, item.last_modified);
}

Response stream_archive(Invocation& invocation, std::vector<Entry> entries, const std::string& name) {
  return zip_download(invocation, name,
                      [packed = std::move(entries)](model::UnitOfWork& work, auto& archive) {
                        return std::all_of(packed.begin(), packed.end(), [&](const Entry& entry) {
                          return entry.ref.id ? write_file(work, entry, archive)
                                              : archive.add_folder(entry.folder, entry.modified);
                        });
                      });
}

Response archive_of_folder(Invocation& invocation) {
  const FolderId folder = parse_file_folder(invocation.arguments.text("folder"));
  folders::Tree tree(invocation.work, {.locale = invocation.caller().locale});
  const folders::Node node = tree.get(std::to_string(folder.value));
  std::vector<Entry> entries;
  add_files(invocation, folder, "", entries);
  if (invocation.arguments.boolean("recursive")) add_subfolders(invocation, tree, *node.id, "", entries, 0);
  return stream_archive(invocation, std::move(entries),
                        clean_download_name(node.title.value_or(""), "files"));
}

Response archive_of_documents(Invocation& invocation) {
  const Json body = parse_zip_body(invocation);
  std::vector<Entry> entries;
  std::string name = "files";
  for (std::size_t i = 0; i < body.size(); ++i) {
    const Json element = body.at(i);
    const std::int64_t version = element.get("version").to_integer().value_or(infostore::kCurrentVersion);
    // Whoever names a file that he may not read gets an error, not a shorter archive.
    const infostore::Item item = infostore::get(invocation.work, parse_file_ref(element), version);
    add_entry(entries, {"", {FolderId(item.folder_id), ObjectId(item.id)}, version, item.last_modified});
    if (body.size() == 1) name = clean_download_name(item.title.value_or(""), name);
  }
  return stream_archive(invocation, std::move(entries), name);
}

}  // namespace

Response zip_folder(Invocation& invocation) try {
  return archive_of_folder(invocation);
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

Response zip_documents(Invocation& invocation) try {
  return archive_of_documents(invocation);
} catch (const std::exception&) {
  throw_page_of_current_exception();
}

}  // namespace gw::ajax::infostore_actions
