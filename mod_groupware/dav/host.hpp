// What WebDAV needs of the server around it. Declared here, implemented in apache/, which knows the process,
// who signed in, and how files are sent.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/time.hpp"
#include "filestore/file_store.hpp"
#include "model/unit_of_work.hpp"

struct request_rec;

namespace gw::dav {

/// A stored file for a client.
struct Download {
  std::shared_ptr<filestore::FileStore> store;
  std::string id;
  std::int64_t size = 0;
  std::string type;
  std::string entity_tag;
  Millis last_modified;
};

/// Threads: any. One object per process, never destroyed.
class Host {
 public:
  /// Errors: Unavailable while the database is down; HttpError 503 when none is configured.
  virtual model::Environment& environment() = 0;
  /// Who proved his password for this request or for the one it belongs to. nullptr: nobody did.
  virtual const model::Caller* find_caller(request_rec* request) = 0;
  /// Counts the request on the status page until its pool ends. Once for each request.
  virtual void count(request_rec* request) = 0;
  /// A place among the requests that this user has running; given back when the last copy goes. Errors:
  /// ApiError SVL-0019 when he has too many (GroupwareUserConcurrency).
  virtual std::shared_ptr<void> admit(const model::Caller& caller) = 0;
  /// The type a file is sent with: the stored one, else by its name.
  virtual std::string media_type(std::string_view stored, std::string_view name) = 0;
  /// It cannot run in our origin when a browser shows it.
  virtual bool may_be_shown_inline(std::string_view type) = 0;
  /// Sends the bytes, or the ranges that are asked for. Errors: as file_delivery in ajax/, before the first
  /// byte.
  virtual void deliver(request_rec* request, const Download& download) = 0;

 protected:
  ~Host() = default;
};

/// Set before the hooks are registered. Threads: parent, while modules are loaded.
void set_host(Host& host);
Host& host();

}  // namespace gw::dav
