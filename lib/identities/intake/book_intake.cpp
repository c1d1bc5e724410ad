#include "identities/intake/book_intake.hpp"

#include <array>
#include <optional>
#include <set>

#include "core/crypto.hpp"
#include "core/errors/contact.hpp"
#include "directory/error.hpp"
#include "identities/intake/attempt.hpp"
#include "identities/intake/book_pictures.hpp"
#include "identities/intake/listing.hpp"
#include "identities/mapped_user.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contacts/picture.hpp"
#include "model/folders/folder_access.hpp"
#include "model/folders/folder_service.hpp"

namespace gw::identities::intake {
namespace {

namespace contacts = model::contacts;
namespace folders = model::folders;
using model::bindings::Binding;

std::string folder_key(const std::string& title, const std::string& value) {
  return to_hex(sha256(title + '\n' + value + "\nfolder"));
}

class BookIntake {
 public:
  BookIntake(const BookRun& run, Report& report) : run_(run), report_(report) {
    load(Kind::Contact, known_);
    load(Kind::Folder, known_folders_);
    run_.work.release();
  }

  bool run() {
    for (const BookContent& book : run_.books)
      for (const auto& [key, entry] : book.entries) {
        if (!run_.goes_on()) return false;
        take(book, key, entry);
      }
    return remove_contacts() && remove_folders();
  }

 private:
  void load(Kind kind, KnownBindings& into) {
    for (Binding& binding : model::bindings::list_bindings(run_.work.connection(), run_.work.context(),
                                                           run_.directory.settings().name, kind)) {
      std::string uuid = binding.uuid;
      into.emplace(std::move(uuid), std::move(binding));
    }
  }

  [[nodiscard]] static std::string name_of(const BookEntry& entry) {
    const std::string shown(entry.values.get("display_name").as_string());
    return shown.empty() ? entry.dn : shown;
  }

  void take(const BookContent& book, const std::string& key, const BookEntry& entry) {
    seen_.insert(key);
    seen_folders_.insert(folder_key(book.title, {}));
    seen_folders_.insert(folder_key(book.title, entry.folder));
    const auto known = known_.find(key);
    const std::string digest = to_hex(sha256(entry.folder + '\n' + entry.values.dump() + entry.picture));
    if (known != known_.end() && known->second.digest == digest) return;
    Difference step{
        Kind::Contact, known == known_.end() ? Action::Create : Action::Change, name_of(entry), entry.dn, {}};
    if (run_.is_preview) {
      report_.differences.push_back(std::move(step));
      return;
    }
    const FolderId folder = folder_of(book, entry.folder);
    if (!folder) return;
    // Where it is stands in its mark.
    Binding binding{
        Kind::Contact, key,     0, model::bindings::State::Present, {}, folder_key(book.title, entry.folder),
        digest,        entry.dn};
    const auto picture = picture_of(entry, step);
    if (!picture) return;
    attempt(report_, step, [&] {
      write(folder, entry, *picture, known == known_.end() ? nullptr : &known->second, binding);
    });
    run_.work.release();
  }

  /// Its bytes, or none when there is none any more that could be kept. Empty: the directory does not tell.
  std::optional<std::string> picture_of(const BookEntry& entry, const Difference& step) {
    if (entry.picture.empty()) return std::string();
    const directory::Section& section = *run_.directory.mapping().contact;
    const directory::Rule& rule = section.fields.find(kPictureField)->second;
    const std::int64_t max_bytes = run_.work.settings().limits.contact_image;
    run_.work.release();
    try {
      std::vector<std::string> attributes;
      for (const directory::Source& source : rule) attributes.push_back(source.attribute);
      const auto found = run_.directory.read(entry.dn, section, attributes);
      std::string bytes = found ? read_picture(*found, rule, max_bytes) : std::string();
      return is_kept(bytes, max_bytes) ? std::move(bytes) : std::string();
    } catch (const directory::DirectoryError& error) {
      report_.note_failure(step.kind, step.name, error.what());
      return std::nullopt;
    }
  }

  /// A broken picture keeps nobody out.
  static bool is_kept(const std::string& bytes, std::int64_t max_bytes) {
    const auto info = contacts::inspect_picture(bytes);
    if (!info) return false;
    try {
      contacts::prepare_picture(bytes, contacts::mime_type(info->format), max_bytes);
      return true;
    } catch (const ApiError&) {
      return false;
    }
  }

  void write(FolderId folder, const BookEntry& entry, const std::string& picture, const Binding* known,
             Binding binding) {
    contacts::ContactInput input = contacts::parse_contact(entry.values, known == nullptr);
    input.contact.folder_id = folder.value;
    if (!picture.empty()) {
      input.contact.image1 = picture;
      input.contact.image1_content_type = contacts::mime_type(contacts::inspect_picture(picture)->format);
    }
    if (!picture.empty() || (known != nullptr && has_pictures()))
      input.sent |= contacts::fields_of(std::array{570});
    const auto bind = [&](model::Transaction& transaction, ObjectId id) {
      Binding stored = binding;
      stored.object = id.value;
      model::bindings::store_binding(transaction, run_.work.context(), run_.directory.settings().name,
                                     stored);
    };
    if (known == nullptr) {
      contacts::create(run_.work, input, bind);
      return;
    }
    input.sent |= contacts::fields_of(std::array{20});
    const ObjectId id(known->object);
    try {
      contacts::update(run_.work, {place_of(*known), id}, input, contacts::kAnyVersion,
                       [&](model::Transaction& transaction) { bind(transaction, id); });
    } catch (const ApiError& error) {
      // Somebody deleted it.
      if (error.code() != errors::con::kNotFound) throw;
      contacts::create(run_.work, input, bind);
    }
  }

  [[nodiscard]] bool has_pictures() const {
    const auto& section = run_.directory.mapping().contact;
    return section && section->fields.contains(kPictureField);
  }

  /// 0: nobody knows.
  [[nodiscard]] FolderId place_of(const Binding& binding) const {
    const auto folder = known_folders_.find(binding.mark);
    return folder == known_folders_.end() ? FolderId() : FolderId(folder->second.object);
  }

  /// 0: it cannot be made, which is told once.
  FolderId folder_of(const BookContent& book, const std::string& value) {
    const std::string key = folder_key(book.title, value);
    if (const auto known = known_folders_.find(key); known != known_folders_.end())
      return FolderId(known->second.object);
    if (broken_.contains(key)) return {};
    const FolderId parent = value.empty() ? folders::system_folder::kPublic : folder_of(book, {});
    const std::string& title = value.empty() ? book.title : value;
    Binding binding{Kind::Folder, key, 0, model::bindings::State::Present, {}, {}, {}, title};
    const bool is_made =
        parent && attempt(report_, {Kind::Folder, Action::Create, title, book.title, {}}, [&] {
          run_.work.write([&](model::Transaction& transaction) {
            binding.object = folders::create_folder(transaction, parent, read_only(title)).id.value;
            model::bindings::store_binding(transaction, run_.work.context(), run_.directory.settings().name,
                                           binding);
          });
        });
    if (!is_made) {
      broken_.insert(key);
      return {};
    }
    known_folders_[key] = binding;
    return FolderId(binding.object);
  }

  [[nodiscard]] folders::FolderChange read_only(const std::string& title) const {
    folders::FolderChange change;
    change.title = title;
    change.module = model::ObjectModule::Contact;
    change.permissions = std::vector<model::PermissionEntry>{
        {run_.work.caller().user.value, false, *model::rights_from_bits(model::kOwnerBits)},
        {kAllUsersGroup.value, true, *model::rights_from_bits(model::kViewerBits)}};
    return change;
  }

  bool remove_contacts() {
    for (const auto& [key, binding] : known_) {
      if (seen_.contains(key)) continue;
      if (!run_.goes_on()) return false;
      const Difference step{Kind::Contact, Action::Purge, binding.dn, binding.dn, {}};
      if (run_.is_preview) {
        report_.differences.push_back(step);
        continue;
      }
      attempt(report_, step, [&] {
        // One that somebody deleted is refused, and gone all the same.
        if (const FolderId place = place_of(binding))
          contacts::remove(run_.work, std::array{contacts::ContactRef{place, ObjectId(binding.object)}},
                           contacts::kAnyVersion);
        forget(binding);
      });
      run_.work.release();
    }
    return true;
  }

  /// Folders of values that nobody has any more, and of books that are not configured; below others first.
  bool remove_folders() {
    if (run_.is_preview) return true;
    for (const bool is_below : {true, false})
      for (const auto& [key, binding] : known_folders_) {
        if (seen_folders_.contains(key) || is_configured(key) ||
            (key != folder_key(binding.dn, {})) != is_below)
          continue;
        if (!run_.goes_on()) return false;
        attempt(report_, {Kind::Folder, Action::Purge, binding.dn, binding.dn, {}}, [&] {
          folders::delete_folder(run_.work, std::to_string(binding.object), {}, true);
          forget(binding);
        });
        run_.work.release();
      }
    return true;
  }

  /// A book without entries keeps its folder.
  [[nodiscard]] bool is_configured(const std::string& key) const {
    for (const BookContent& book : run_.books)
      if (key == folder_key(book.title, {})) return true;
    return false;
  }

  void forget(const Binding& binding) {
    run_.work.write([&](model::Transaction& transaction) {
      model::bindings::remove_binding(transaction, run_.work.context(), run_.directory.settings().name,
                                      binding.kind, binding.uuid);
    });
  }

  const BookRun& run_;
  Report& report_;
  KnownBindings known_, known_folders_;
  std::set<std::string> seen_, seen_folders_, broken_;
};

}  // namespace

bool take_books(const BookRun& run, Report& report) { return BookIntake(run, report).run(); }

}  // namespace gw::identities::intake
