// Locks for mod_dav, which are those of the HTTP API: one table, keyed by file, by collection, or by a name
// that nothing bears yet. mod_dav thinks of locks on collections as copied to everything below; here they
// are looked for upwards, so those copies are neither made nor removed.
#include <algorithm>
#include <ctime>

#include "boundary/pool_new.hpp"
#include "core/errors/infostore.hpp"
#include "core/random.hpp"
#include "core/text.hpp"
#include "dav/failures.hpp"
#include "dav/lock_token.hpp"
#include "dav/locks.hpp"
#include "dav/resource.hpp"
#include "model/infostore/item_access.hpp"

struct dav_locktoken {
  const char* text;
};

struct dav_lockdb_private {
  request_rec* request;
};

namespace gw::dav {
namespace {

namespace infostore = model::infostore;
using infostore::Lock;

constexpr std::size_t kMaxOwner = 16'384;  ///< bytes of XML
constexpr std::int64_t kSecond = 1'000;

enum class Reach { None, Direct, Indirect };

Reach reach_of(const Lock& lock, const Node& node) {
  const bool is_above = std::find(node.chain.begin(), node.chain.end(), lock.folder) != node.chain.end();
  switch (node.kind) {
    case Kind::File:
      if (lock.item) return lock.item.value == node.item->id ? Reach::Direct : Reach::None;
      return is_above && lock.is_deep ? Reach::Indirect : Reach::None;
    case Kind::Missing:
      if (lock.item) return Reach::None;
      if (!lock.name.empty())
        return node.folder && lock.folder == node.folder && lock.name == node.name ? Reach::Direct
                                                                                   : Reach::None;
      return is_above && lock.is_deep ? Reach::Indirect : Reach::None;
    case Kind::Folder:
    case Kind::Store:
      if (lock.item || !lock.name.empty()) return Reach::None;
      if (lock.folder == node.folder) return Reach::Direct;
      return is_above && lock.is_deep ? Reach::Indirect : Reach::None;
    case Kind::Root:
    case Kind::Owner:
      break;
  }
  return Reach::None;
}

const char* copy(apr_pool_t* pool, std::string_view text) {
  return apr_pstrmemdup(pool, text.data(), text.size());
}

const dav_locktoken* make_token(apr_pool_t* pool, std::string_view text) {
  auto* token = static_cast<dav_locktoken*>(apr_palloc(pool, sizeof(dav_locktoken)));
  token->text = copy(pool, text);
  return token;
}

const char* owner_of(const dav_resource_private& info, apr_pool_t* pool, const Lock& lock) {
  if (!lock.owner_xml.empty()) return copy(pool, lock.owner_xml);
  return copy(pool, "<D:owner>" + escape_html(info.state->name_of(lock.owner)) + "</D:owner>");
}

dav_lock* make_lock(const dav_resource& resource, const Lock& lock, Reach reach) {
  const dav_resource_private& info = *resource.info;
  apr_pool_t* pool = info.request->pool;
  auto* made = static_cast<dav_lock*>(apr_pcalloc(pool, sizeof(dav_lock)));
  made->rectype = reach == Reach::Direct ? DAV_LOCKREC_DIRECT : DAV_LOCKREC_INDIRECT;
  made->is_locknull = lock.name.empty() ? 0 : 1;
  made->scope = lock.is_shared ? DAV_LOCKSCOPE_SHARED : DAV_LOCKSCOPE_EXCLUSIVE;
  made->type = DAV_LOCKTYPE_WRITE;
  made->depth = lock.is_deep ? DAV_INFINITY : 0;
  made->timeout = static_cast<time_t>(lock.until.value / kSecond);
  made->locktoken = make_token(pool, lock.token);
  made->owner = owner_of(info, pool, lock);
  // mod_dav compares this with the name somebody signed in with, which has several spellings.
  const char* self = info.request->user == nullptr ? "" : info.request->user;
  made->auth_user = lock.owner == info.state->work.caller().user
                        ? self
                        : apr_psprintf(pool, "user %d of this server", static_cast<int>(lock.owner.value));
  return made;
}

/// Calls `use` for every lock that reaches the resource until it gives false.
template <class Use>
void for_each_lock(const dav_resource& resource, const Use& use) {
  const dav_resource_private& info = *resource.info;
  if (info.node == nullptr) return;
  for (const Lock& lock : info.state->locks()) {
    const Reach reach = reach_of(lock, *info.node);
    if (reach != Reach::None && !use(lock, reach)) return;
  }
}

void check_may_lock(const dav_resource_private& info) {
  const Node& node = *info.node;
  model::UnitOfWork& work = info.state->work;
  bool may_write = false;
  if (node.kind == Kind::File) {
    infostore::FolderLookup folders(work.connection(), work.caller());
    // With the item's own permissions, which the tree does not look for.
    may_write = folders.access(infostore::get(work, {node.folder, ObjectId(node.item->id)})).write;
  } else if (node.kind == Kind::Folder) {
    may_write = node.rights.admin || node.rights.may_create_objects() || node.rights.write > 0;
  } else if (node.kind == Kind::Missing && node.folder) {
    may_write = node.rights.may_create_objects();
  }
  if (!may_write) throw ApiError(errors::ifo::kNoLock);
}

Lock lock_of(const dav_resource& resource, const dav_lock& wanted) {
  const dav_resource_private& info = *resource.info;
  const Node& node = *info.node;
  const std::int64_t now = info.state->work.now().value;
  const auto longest = std::chrono::duration_cast<std::chrono::milliseconds>(infostore::kLongestLock).count();
  Lock lock;
  lock.token = wanted.locktoken->text;
  lock.owner = info.state->work.caller().user;
  lock.owner_xml = wanted.owner == nullptr ? "" : wanted.owner;
  if (lock.owner_xml.size() > kMaxOwner)
    throw ApiError(errors::ifo::kTooLong,
                   {"owner", std::to_string(kMaxOwner), std::to_string(lock.owner_xml.size())});
  lock.is_shared = wanted.scope == DAV_LOCKSCOPE_SHARED;
  lock.is_deep = resource.collection != 0 && wanted.depth == DAV_INFINITY;
  const std::int64_t end = wanted.timeout == DAV_TIMEOUT_INFINITE ? now + longest : wanted.timeout * kSecond;
  lock.until = Millis{std::min(end, now + longest)};
  if (node.kind == Kind::File)
    lock.item = ObjectId(node.item->id);
  else
    lock.folder = node.folder;
  if (node.kind == Kind::Missing) lock.name = node.name;
  return lock;
}

extern "C" {

const char* supported_locks(const dav_resource* resource) noexcept {
  if (!is_ours(resource)) return nullptr;
  return "<D:lockentry><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></"
         "D:lockentry>"
         "<D:lockentry><D:lockscope><D:shared/></D:lockscope><D:locktype><D:write/></D:locktype></"
         "D:lockentry>";
}

dav_error* parse_token(apr_pool_t* pool, const char* text, dav_locktoken** token) noexcept {
  // mod_dav takes this error for a state of another kind, such as <DAV:no-lock>, and goes on.
  if (!is_lock_token(text))
    return dav_new_error(pool, HTTP_BAD_REQUEST, DAV_ERR_LOCK_UNK_STATE_TOKEN, 0,
                         "this is no token of a lock");
  *token = const_cast<dav_locktoken*>(make_token(pool, text));
  return nullptr;
}

const char* format_token(apr_pool_t* pool, const dav_locktoken* token) noexcept {
  return apr_pstrdup(pool, token->text);
}

int compare_tokens(const dav_locktoken* first, const dav_locktoken* second) noexcept {
  return std::string_view(first->text).compare(second->text);
}

dav_error* open_locks(request_rec* request, int read_only, int, dav_lockdb** database) noexcept {
  auto* made = static_cast<dav_lockdb*>(apr_pcalloc(request->pool, sizeof(dav_lockdb)));
  made->hooks = &kLocks;
  made->ro = read_only;
  made->info = static_cast<dav_lockdb_private*>(apr_palloc(request->pool, sizeof(dav_lockdb_private)));
  made->info->request = request;
  *database = made;
  return nullptr;
}

void close_locks(dav_lockdb*) noexcept {}

/// The services gave the lock to whatever got the name, in the same transaction.
dav_error* remove_name_lock(dav_lockdb*, const dav_resource* resource) noexcept {
  resource->info->state->forget_locks();
  return nullptr;
}

dav_error* create_lock(dav_lockdb* database, const dav_resource* resource, dav_lock** lock) noexcept {
  request_rec* request = database->info->request;
  return guarded(request, "WebDAV LOCK", [&]() -> dav_error* {
    auto* made = static_cast<dav_lock*>(apr_pcalloc(request->pool, sizeof(dav_lock)));
    made->rectype = DAV_LOCKREC_DIRECT;
    made->is_locknull = resource->exists == 0 ? 1 : 0;
    made->locktoken = make_token(request->pool, std::string(kTokenScheme) + random_uuid());
    *lock = made;
    return nullptr;
  });
}

dav_error* get_locks(dav_lockdb*, const dav_resource* resource, int, dav_lock** locks) noexcept {
  *locks = nullptr;
  return guarded(resource->info->request, "WebDAV locks", [&]() -> dav_error* {
    if (resource->info->node == nullptr) return nullptr;
    const Released released(*resource->info->state);
    for_each_lock(*resource, [&](const Lock& lock, Reach reach) {
      dav_lock* made = make_lock(*resource, lock, reach);
      made->next = *locks;
      *locks = made;
      return true;
    });
    return nullptr;
  });
}

dav_error* find_lock(dav_lockdb*, const dav_resource* resource, const dav_locktoken* token, int,
                     dav_lock** found) noexcept {
  *found = nullptr;
  return guarded(resource->info->request, "WebDAV locks", [&]() -> dav_error* {
    if (resource->info->node == nullptr) return nullptr;
    const Released released(*resource->info->state);
    for_each_lock(*resource, [&](const Lock& lock, Reach reach) {
      if (lock.token != token->text) return true;
      *found = make_lock(*resource, lock, reach);
      return false;
    });
    return nullptr;
  });
}

/// Asked to learn whether a name that nothing bears is locked itself.
dav_error* has_locks(dav_lockdb*, const dav_resource* resource, int* present) noexcept {
  *present = 0;
  return guarded(resource->info->request, "WebDAV locks", [&]() -> dav_error* {
    if (resource->info->node == nullptr) return nullptr;
    const Released released(*resource->info->state);
    for_each_lock(*resource, [&](const Lock&, Reach reach) {
      *present = *present != 0 || reach == Reach::Direct ? 1 : 0;
      return *present == 0;
    });
    return nullptr;
  });
}

dav_error* append_locks(dav_lockdb*, const dav_resource* resource, int make_indirect,
                        const dav_lock* locks) noexcept {
  if (make_indirect != 0) return nullptr;
  const dav_resource_private& info = *resource->info;
  return guarded(info.request, "WebDAV LOCK", [&]() -> dav_error* {
    if (info.node == nullptr) return refuse(info.request->pool, HTTP_FORBIDDEN, nullptr);
    const Released released(*info.state);
    check_may_lock(info);
    for (const dav_lock* wanted = locks; wanted != nullptr; wanted = wanted->next) {
      const Lock lock = lock_of(*resource, *wanted);
      infostore::add_lock(info.state->work, lock);
      // The answer tells what was granted, not what was asked for; the object is mod_dav's own and not const.
      const_cast<dav_lock*>(wanted)->timeout = static_cast<time_t>(lock.until.value / kSecond);
      if (resource->collection == 0) const_cast<dav_lock*>(wanted)->depth = 0;
    }
    info.state->forget_locks();
    return nullptr;
  });
}

/// Without a token: before DELETE, COPY and MOVE, for everything they touch. Those locks end with the change.
dav_error* remove_lock(dav_lockdb*, const dav_resource* resource, const dav_locktoken* token) noexcept {
  const dav_resource_private& info = *resource->info;
  return guarded(info.request, "WebDAV UNLOCK", [&]() -> dav_error* {
    if (info.node == nullptr) return nullptr;
    const Released released(*info.state);
    std::vector<std::string> ended;
    for_each_lock(*resource, [&](const Lock& lock, Reach reach) {
      if (reach == Reach::Direct && (token == nullptr || lock.token == token->text))
        ended.push_back(lock.token);
      return true;
    });
    if (token == nullptr) {
      info.state->ended_locks.insert(info.state->ended_locks.end(), ended.begin(), ended.end());
      return nullptr;
    }
    for (const std::string& text : ended) infostore::remove_lock(info.state->work, text);
    if (!ended.empty()) info.state->forget_locks();
    return nullptr;
  });
}

dav_error* refresh_locks(dav_lockdb*, const dav_resource* resource, const dav_locktoken_list* tokens,
                         time_t new_time, dav_lock** refreshed) noexcept {
  *refreshed = nullptr;
  const dav_resource_private& info = *resource->info;
  return guarded(info.request, "WebDAV LOCK", [&]() -> dav_error* {
    if (info.node == nullptr) return nullptr;
    const Released released(*info.state);
    dav_lock length{};
    length.timeout = new_time;
    length.locktoken = make_token(info.request->pool, "");
    const Millis until = lock_of(*resource, length).until;
    std::vector<std::pair<Lock, Reach>> known;
    for_each_lock(*resource, [&](const Lock& lock, Reach reach) {
      for (const dav_locktoken_list* entry = tokens; entry != nullptr; entry = entry->next)
        if (lock.token == entry->locktoken->text) known.emplace_back(lock, reach);
      return true;
    });
    for (auto& [lock, reach] : known) {
      if (!infostore::refresh_lock(info.state->work, lock.token, until)) continue;
      lock.until = until;
      dav_lock* made = make_lock(*resource, lock, reach);
      made->next = *refreshed;
      *refreshed = made;
    }
    info.state->forget_locks();
    if (*refreshed == nullptr)
      return refuse_with_tag(info.request->pool, HTTP_PRECONDITION_FAILED, "lock-token-matches-request-uri",
                             "no such lock");
    return nullptr;
  });
}

}  // extern "C"

}  // namespace

bool is_locked_by(const dav_resource* resource, std::string_view token) {
  bool found = false;
  for_each_lock(*resource, [&](const Lock& lock, Reach) {
    found = lock.token == token;
    return !found;
  });
  return found;
}

const dav_hooks_locks kLocks = {
    .get_supportedlock = supported_locks,
    .parse_locktoken = parse_token,
    .format_locktoken = format_token,
    .compare_locktoken = compare_tokens,
    .open_lockdb = open_locks,
    .close_lockdb = close_locks,
    .remove_locknull_state = remove_name_lock,
    .create_lock = create_lock,
    .get_locks = get_locks,
    .find_lock = find_lock,
    .has_locks = has_locks,
    .append_locks = append_locks,
    .remove_lock = remove_lock,
    .refresh_locks = refresh_locks,
    .lookup_resource = nullptr,  // mod_dav walks upwards
    .ctx = nullptr,
};

}  // namespace gw::dav
