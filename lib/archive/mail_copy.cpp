#include "archive/mail_copy.hpp"

#include <charconv>
#include <map>
#include <set>

#include <fmt/format.h>

#include "archive/broken_archive.hpp"
#include "archive/line_cutter.hpp"
#include "archive/mail_index.hpp"
#include "core/text.hpp"
#include "mailbox/primary_account.hpp"
#include "mailbox/spool.hpp"
#include "model/users/user_directory.hpp"

namespace gw::archive {
namespace {

using mailbox::Spool;

constexpr std::size_t kMailsAtOnce = 200;
constexpr std::size_t kMailBytesAtOnce = 65'536;
constexpr std::size_t kLongestIndexLine = 65'536;
constexpr std::size_t kMostParts = 100;

std::unique_ptr<mail::Access> connect(model::Environment& environment, const mail::Registry& registry,
                                      ContextId context, UserId id) {
  model::UnitOfWork work(environment, {});
  work.enter(context);
  const model::users::User user = model::users::load_user(work.connection(), context, id);
  work.release();
  const mail::Account account = mailbox::make_primary_account(environment.settings.mail, user, context, {});
  return registry.store(account.store.protocol)
      .connect(account, fmt::format("backup of {}@{}", id.value, context.value));
}

/// The numbers of all mails, ascending.
std::vector<mail::Uid> all_uids(mail::MessageStorage& messages, const std::string& folder) {
  mail::Query query;
  query.sort = mail::SortField::Id;
  std::vector<mail::Uid> uids;
  for (const mail::Message& message : messages.search(folder, query, {}).messages)
    uids.push_back(message.uid);
  return uids;
}

/// Calls `use` with every mail of the folder, a few being loaded at a time.
void for_each_mail(mail::MessageStorage& messages, const std::string& folder, mail::FetchSet fetch,
                   const std::function<void(const mail::Message&)>& use) {
  const std::vector<mail::Uid> uids = all_uids(messages, folder);
  const std::span<const mail::Uid> all(uids);
  for (std::size_t start = 0; start < all.size(); start += kMailsAtOnce)
    for (const auto& message :
         messages.get(folder, all.subspan(start, std::min(kMailsAtOnce, all.size() - start)), fetch))
      if (message) use(*message);
}

mail::FetchSet index_fields() {
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Envelope).add(mail::Fetch::Flags).add(mail::Fetch::Received).add(mail::Fetch::Size);
  return fetch;
}

/// One folder, as `mail/USER/NUMBER/…`. Gives how many mails.
std::int64_t write_folder(mail::Access& access, const mail::Folder& folder, const std::string& place,
                          TarWriter& into) {
  Spool index;
  index.append(format_line(FolderLine{folder.fullname, folder.separator, folder.is_subscribed}));
  std::vector<mail::Uid> uids;
  if (folder.holds_messages)
    for_each_mail(access.messages(), folder.fullname, index_fields(), [&](const mail::Message& message) {
      index.append(format_line(
          MailLine{message.uid, message.size, message.received, message.flags, message.message_id}));
      uids.push_back(message.uid);
    });
  into.add(place + "/index.jsonl", index);
  std::int64_t count = 0;
  for (const mail::Uid uid : uids) {
    Spool bytes;
    const bool is_there = access.messages().read_raw(folder.fullname, uid, [&](std::string_view piece) {
      bytes.append(piece);
      return true;
    });
    if (!is_there) continue;  // deleted meanwhile
    into.add(fmt::format("{}/{}.eml", place, uid), bytes);
    ++count;
  }
  return count;
}

/// Where a mail of the archive belongs: `mail/USER/NUMBER/NAME`.
struct MailPath {
  UserId user;
  std::string name;
};
MailPath parse_mail_path(std::string_view path) {
  const std::vector<std::string_view> parts = split(path, '/');
  const auto user = parts.size() == 4 ? parse_integer(parts[1]) : std::nullopt;
  if (!user) throw BrokenArchive("the archive has a mail of nobody");
  return {UserId(*user), std::string(parts[3])};
}

std::string same_mail(const std::string& message_id, std::int64_t size) {
  return fmt::format("{} {}", size, message_id);
}

/// Puts mails into the folder that was named last.
class MailReader {
 public:
  MailReader(model::Environment& environment, const mail::Registry& registry, ContextId context)
      : environment_(environment), registry_(registry), context_(context) {}

  void take(TarReader& from, std::string_view path) {
    const MailPath place = parse_mail_path(path);
    if (place.name == "index.jsonl") {
      if (!access_ || place.user != user_) {
        access_ = connect(environment_, registry_, context_, place.user);
        user_ = place.user;
      }
      open_folder(from);
    } else {
      add_mail(from, place.name);
    }
  }
  [[nodiscard]] std::int64_t added() const { return added_; }

 private:
  void open_folder(TarReader& from);
  void make_folder(const FolderLine& line);
  void add_mail(TarReader& from, const std::string& name);

  model::Environment& environment_;
  const mail::Registry& registry_;
  const ContextId context_;
  std::unique_ptr<mail::Access> access_;
  UserId user_;
  std::string folder_;
  std::map<mail::Uid, MailLine> index_;
  std::set<std::string> present_;
  std::int64_t added_ = 0;
};

void MailReader::open_folder(TarReader& from) {
  std::optional<FolderLine> folder;
  index_.clear();
  LineCutter lines(kLongestIndexLine, [&](std::string_view line) {
    if (!folder) {
      folder = parse_folder_line(line);
      return;
    }
    MailLine mail = parse_mail_line(line);
    index_[mail.uid] = std::move(mail);
  });
  std::vector<char> buffer(kMailBytesAtOnce);
  while (const std::size_t count = from.read(buffer)) lines.add({buffer.data(), count});
  lines.finish();
  if (!folder) throw BrokenArchive("the index of a mail folder is empty");
  make_folder(*folder);
  present_.clear();
  if (index_.empty()) return;
  mail::FetchSet fetch;
  fetch.add(mail::Fetch::Envelope).add(mail::Fetch::Size);
  for_each_mail(access_->messages(), folder_, fetch, [&](const mail::Message& message) {
    present_.insert(same_mail(message.message_id, message.size));
  });
}

/// Level by level, with the separator of the server that it comes to.
void MailReader::make_folder(const FolderLine& line) {
  mail::FolderStorage& folders = access_->folders();
  const char separator = folders.get("INBOX", false).separator;
  const std::vector<std::string_view> parts = split(line.name, line.separator);
  if (parts.size() > kMostParts) throw BrokenArchive("a mail folder lies impossibly deep");
  folder_.clear();
  for (const std::string_view part : parts) {
    const std::string parent = folder_;
    if (!folder_.empty()) folder_ += separator;
    folder_ += part;
    if (folders.exists(folder_)) continue;
    folder_ = folders.create(parent, part, std::nullopt);
    folders.subscribe(folder_, line.is_subscribed);
  }
}

void MailReader::add_mail(TarReader& from, const std::string& name) {
  mail::Uid uid = 0;
  std::from_chars(name.data(), name.data() + name.size(), uid);
  const auto found = index_.find(uid);
  if (found == index_.end()) throw BrokenArchive("the archive has a mail that its folder does not name");
  const MailLine& line = found->second;
  if (!present_.insert(same_mail(line.message_id, line.size)).second && !line.message_id.empty()) return;
  Spool bytes;
  std::vector<char> buffer(kMailBytesAtOnce);
  while (const std::size_t count = from.read(buffer)) bytes.append({buffer.data(), count});
  mail::Deposit deposit{bytes.open(), bytes.size(), line.flags, line.received};
  access_->messages().append(folder_, std::span(&deposit, 1));
  ++added_;
}

}  // namespace

std::int64_t write_mails(model::Environment& environment, const mail::Registry& registry, ContextId context,
                         UserId user, TarWriter& into) {
  const auto access = connect(environment, registry, context, user);
  std::int64_t count = 0;
  int number = 0;
  for (const mail::Folder& folder : access->folders().list_all({}))
    if (!folder.is_shared && !folder.fullname.empty() && folder.exists)
      count += write_folder(*access, folder, fmt::format("{}{}/{}", kMailFolder, user.value, ++number), into);
  return count;
}

std::int64_t read_mails(model::Environment& environment, const mail::Registry& registry, ContextId context,
                        TarReader& from) {
  MailReader reader(environment, registry, context);
  while (const auto entry = from.next())
    if (entry->path.starts_with(kMailFolder)) reader.take(from, entry->path);
  return reader.added();
}

}  // namespace gw::archive
