// Changes that others want to hear of: raised inside the write transaction, handed out only after COMMIT.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace gw::model {

/// Stored in tombstones and events: never renumber. 1..14 are the API's module numbers (spec folders section
/// 4).
enum class ObjectModule : int {
  Task = 1,
  Calendar = 2,
  Contact = 3,
  System = 5,
  Mail = 7,
  Infostore = 8,
  Folder = 100,
  User = 101,
  Group = 102,
  Resource = 103,
  Attachment = 104,  ///< tombstones only; their folder is the object that the file was attached to
};

enum class ChangeKind { Created, Updated, Moved, Deleted };

/// Stands in an audience for all users of the context but its guests, as group 0 does among permissions: who
/// they are is known where the event arrives, so an audience does not grow with the context.
inline constexpr UserId kEverybody{0};

/// Who may see one folder that a change concerns: nobody hears of a folder that he cannot see.
struct FolderAudience {
  FolderId folder;
  std::vector<UserId> users;  ///< ascending, each once; with kEverybody the others are guests, or told twice
};

struct Event {
  ContextId context;
  ObjectModule module = ObjectModule::System;
  ChangeKind kind = ChangeKind::Updated;
  FolderId folder;
  /// Where a moved object was before.
  FolderId source_folder;
  ObjectId object;
  UserId actor;
  Millis stamp;
  /// The `pushToken` of the request: whoever gave it needs not be told of his own change. May be empty.
  std::string source_token;
  /// JSON object for browsers where ids do not say it all; empty: they get the ids.
  std::string data;
  /// Per concerned folder who may see it, computed inside the transaction: rights may change right after.
  /// A moved object concerns its old and its new folder, a folder itself and its parent. The actor is among
  /// them like everybody else. Source: spec udp-push section 9.
  std::vector<FolderAudience> audiences;

  /// Adds users to the audience of a folder; a folder that nobody may see leaves no entry.
  void tell(FolderId where, std::span<const UserId> users);
};

/// Must not block and must not throw. Threads: any.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void publish(const Event& event) noexcept = 0;
};

}  // namespace gw::model
