// What one WebDAV request has learnt, shared by all callbacks that mod_dav makes for it and by its
// sub-requests: the caller, nodes by path, locks. Holds no connection between two callbacks.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dav/file_tree.hpp"
#include "model/infostore/infostore_locks.hpp"
#include "model/infostore/infostore_properties.hpp"

struct request_rec;

namespace gw::dav {

/// The properties of what one collection holds, read when the first is asked for.
struct Members {
  FolderId folder;
  std::vector<FolderId> subfolders;
  std::optional<model::infostore::MemberProperties> properties;
};

class RequestState {
 public:
  /// `place` is given back with the object.
  RequestState(model::Environment& environment, model::Caller caller, std::shared_ptr<void> place)
      : work(environment, std::move(caller)), tree(work), place_(std::move(place)) {}
  RequestState(const RequestState&) = delete;
  RequestState& operator=(const RequestState&) = delete;

  /// The state of the request that `request` belongs to, made at the first call and owned by its pool.
  /// Errors: HttpError 403 when nobody signed in, or when he may not use WebDAV or files; Unavailable.
  static RequestState& of(request_rec* request);

  /// Valid while the request lives.
  const Node& find(std::string_view path);
  /// Keeps a node as long as the request.
  const Node& keep(Node node) { return nodes_.emplace_back(std::move(node)); }
  /// Running locks of the context. Cost: one query per request.
  const std::vector<model::infostore::Lock>& locks();
  /// The display name of whoever holds a lock. Cost: one query for each.
  const std::string& name_of(UserId user);
  /// After a change: what was read is read again. Nodes stay valid.
  void forget();
  void forget_locks() { locks_.reset(); }

  model::UnitOfWork work;
  FileTree tree;
  /// Locks that end with the change that this request makes. mod_dav takes them off before the change; they
  /// go in its transaction instead, so that both happen or none.
  std::vector<std::string> ended_locks;
  /// What COPY or MOVE has taken away at its destination, in the same sense.
  std::optional<model::infostore::TreeEntry> replaced;

 private:
  std::shared_ptr<void> place_;
  std::deque<Node> nodes_;
  std::unordered_map<std::string, const Node*> by_path_;
  std::optional<std::vector<model::infostore::Lock>> locks_;
  std::map<UserId, std::string> names_;
};

/// Gives the connection back at the end of a callback, however it ends.
class Released {
 public:
  explicit Released(RequestState& state) : state_(state) {}
  ~Released() { state_.work.release(); }
  Released(const Released&) = delete;
  Released& operator=(const Released&) = delete;

 private:
  RequestState& state_;
};

}  // namespace gw::dav
