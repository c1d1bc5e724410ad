#include "mail/pop3/maildrop.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace gw::mail::pop3 {
namespace {

/// FNV-1a. Source: RFC 9923 (the constants).
Uid digest_of(std::string_view text) {
  Uid digest = 2'166'136'261U;
  for (const char c : text) digest = (digest ^ static_cast<unsigned char>(c)) * 16'777'619U;
  return std::max<Uid>(digest, 1);
}

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

FetchedMessage::FetchedMessage()
    : file_(open(std::filesystem::temp_directory_path().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
  if (file_ < 0) throw_errno("temporary file");
}

FetchedMessage::~FetchedMessage() { close(file_); }

void FetchedMessage::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_errno("temporary file");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

const mime::Structure& FetchedMessage::structure() {
  if (!structure_) structure_ = mime::parse_structure(reader());
  return *structure_;
}

Maildrop::Maildrop(const Account& account) : account_(account) { client(); }

Maildrop::~Maildrop() {
  try {
    // Without it servers keep the maildrop locked for a while.
    if (client_) client_->quit();
  } catch (const std::exception&) {
    // The session is over anyway.
  }
  net::wipe(account_.store.secret);
}

Client& Maildrop::client() {
  if (!client_) client_ = std::make_unique<Client>(account_.store, account_.id == 0);
  return *client_;
}

const std::vector<Maildrop::Item>& Maildrop::items() {
  if (items_) return *items_;
  std::vector<Item> items;
  std::set<Uid> used;
  for (Entry& entry : client().list()) {
    Uid uid = digest_of(entry.unique_id);
    while (!used.insert(uid).second) uid = uid == UINT32_MAX ? 1 : uid + 1;
    items.push_back({uid, std::move(entry)});
  }
  return items_.emplace(std::move(items));
}

const Maildrop::Item* Maildrop::find(Uid uid) {
  const auto& all = items();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Item& item) { return item.uid == uid; });
  return found == all.end() ? nullptr : &*found;
}

const std::string* Maildrop::header_text(Uid uid) {
  return headers(uid) == nullptr ? nullptr : &headers_.at(uid).first;
}

const mime::HeaderList* Maildrop::headers(Uid uid) {
  if (const auto known = headers_.find(uid); known != headers_.end()) return &known->second.second;
  const Item* item = find(uid);
  if (item == nullptr) return nullptr;
  auto text = client().headers(item->entry.number);
  if (!text) {
    // TOP is optional.
    FetchedMessage* whole = fetch(uid);
    if (whole == nullptr) return nullptr;
    text.emplace();
    std::string bytes(mime::kMaxHeaderBytes, '\0');
    bytes.resize(whole->reader()(0, bytes.data(), bytes.size()));
    const auto end = bytes.find("\r\n\r\n");
    *text = bytes.substr(0, end == std::string::npos ? end : end + 4);
  }
  mime::HeaderList parsed = mime::parse_headers(*text);
  return &headers_.emplace(uid, std::pair(std::move(*text), std::move(parsed))).first->second.second;
}

FetchedMessage* Maildrop::fetch(Uid uid) {
  if (fetched_ && fetched_uid_ == uid) return fetched_.get();
  const Item* item = find(uid);
  if (item == nullptr) return nullptr;
  auto message = std::make_unique<FetchedMessage>();
  std::string block;
  const bool is_there = client().retrieve(item->entry.number, [&](std::string_view bytes) {
    block += bytes;
    if (block.size() < 65'536) return true;
    message->append(block);
    block.clear();
    return true;
  });
  if (!is_there) return nullptr;
  message->append(block);
  fetched_ = std::move(message);
  fetched_uid_ = uid;
  return fetched_.get();
}

void Maildrop::remove(std::span<const Uid> uids) {
  bool has_removed = false;
  for (const Uid uid : uids) {
    const Item* item = find(uid);
    if (item == nullptr) continue;
    client().remove(item->entry.number);
    has_removed = true;
  }
  if (!has_removed) return;
  // Numbers change with the session.
  items_.reset();
  const std::unique_ptr<Client> session = std::move(client_);
  session->quit();
}

}  // namespace gw::mail::pop3
