// Composition spaces: open compose windows that outlive browsers, restarts and nodes. Whose they are, how
// many, how long, and that each is sent once is decided here; what a message says is the API's business.
// Storage is the context's database, attachments lie in the file store ("storage A"). Source: spec
// mail-compose sections 1, 4 and 6.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/compositions/composition.hpp"
#include "model/files/incoming_file.hpp"

namespace gw::model::compositions {

/// Attachments of one space. Errors beyond it: MSG-0094.
inline constexpr std::int64_t kMaxAttachments = 1'000;

/// The canonical form: dashes and case do not matter. Errors: MSGCS-0007 for what can be no id.
std::string parse_space_id(std::string_view text);
std::string make_space_id();

/// An attachment with its bytes on their way in. Its id may be chosen before; empty: a new one.
struct NewAttachment {
  Attachment facts;
  std::unique_ptr<files::IncomingFile> bytes;
};
/// Where the bytes of a new attachment go. Gives the connection back. Errors: FLS-0003, -0004, -0011.
std::unique_ptr<files::IncomingFile> begin_file(UnitOfWork& work);

/// Errors: MSGCS-0011 when the caller may open no further space.
void require_room(UnitOfWork& work);
/// Stores the space and its attachments, or nothing. `space.id`, `message` and `meta` are set.
/// Errors: MSGCS-0011, MSG-0094, and those of the file store.
Space open(UnitOfWork& work, Space space, std::span<NewAttachment> attachments);
/// Errors: MSGCS-0007 also for those of others, and those that are too old.
Space load(UnitOfWork& work, std::string_view id);
/// The caller's, the one that was changed last first.
std::vector<Space> list(UnitOfWork& work);

/// The right to send a space. Given back when it is destroyed; one whose holder died ends after its life.
/// Threads: one.
class SendClaim {
 public:
  /// Waits until nobody else sends it, without a connection. Errors: MSGCS-0007 when it is gone then, which
  /// is how the second of two sends ends; MSGCS-0010 after 30 seconds.
  SendClaim(UnitOfWork& work, std::string_view id);
  ~SendClaim();
  SendClaim(const SendClaim&) = delete;
  SendClaim& operator=(const SendClaim&) = delete;
  [[nodiscard]] const std::string& token() const { return token_; }
  [[nodiscard]] const std::string& id() const { return id_; }
  /// The right lasts for the time that `bytes` take at 64 KiB a second, and five minutes more.
  /// Errors: MSGCS-0010 when it was lost.
  void extend(std::int64_t bytes);

 private:
  UnitOfWork& work_;
  std::string id_, token_;
};

/// Changes message, meta or Message-ID. `edit` may run several times. `claim`: of the one who sends it.
/// Errors: MSGCS-0007; MSGCS-0010 while somebody else sends it; what `edit` throws.
Space change(UnitOfWork& work, std::string_view id, const std::function<void(Space&)>& edit,
             const SendClaim* claim = nullptr);
/// With its files. False: there was none. Errors: MSGCS-0010.
bool remove(UnitOfWork& work, std::string_view id, const SendClaim* claim = nullptr);

/// Adds attachments in order, all or none; with `replaces` they stand in the place of that one. Gives them
/// with id and position. Errors: as change; MSGCS-0009 `replaces` is not there; MSG-0094; MSG-0029 when all
/// attachments together are larger than GroupwareUploadLimit.
std::vector<Attachment> attach(UnitOfWork& work, std::string_view id, std::span<NewAttachment> attachments,
                               std::string_view replaces = {}, const SendClaim* claim = nullptr);
/// Errors: as change; MSGCS-0009.
void detach(UnitOfWork& work, std::string_view id, std::string_view attachment);
/// Errors: MSGCS-0009.
const Attachment& find_attachment(const Space& space, std::string_view id);

}  // namespace gw::model::compositions
