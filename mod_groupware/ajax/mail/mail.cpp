#include "ajax/mail/mail.hpp"

#include "ajax/mail/mail_actions.hpp"

namespace gw::ajax {
namespace {

#define GW_MAIL_LIST                                                                       \
  {"folder"}, {"columns", Type::List}, {"headers", Type::List}, {"unseen", Type::Boolean}, \
      {"deleted", Type::Boolean}, {"sort"}, {"order"}, {"left_hand_limit", Type::Integer}, \
      {"right_hand_limit", Type::Integer}, {"limit"}, {"categoryid"}, {                    \
    "cache", Type::Boolean                                                                 \
  }
#define GW_ONE_MAIL \
  {"folder"}, {"id"}, { "message_id" }
#define GW_MAIL_VIEW                                                                           \
  {"view"}, {"embedded", Type::Boolean}, {"edit", Type::Boolean}, {"max_size", Type::Integer}, \
      {"no_nested_message", Type::Boolean}, {"allow_nested_messages", Type::Boolean},          \
      {"estimate_length", Type::Boolean}, {"forceImages", Type::Boolean}, {                    \
    "unseen", Type::Boolean                                                                    \
  }
#define GW_PICTURE_SIZE                                                                                    \
  {"width", Type::Integer}, {"height", Type::Integer}, {"cropX", Type::Integer}, {"cropY", Type::Integer}, \
      {"cropWidth", Type::Integer}, {"cropHeight", Type::Integer}, {"shrinkOnly", Type::Boolean},          \
      {"scaleType"}, {                                                                                     \
    "rotate", Type::Boolean                                                                                \
  }

constexpr Parameter kList[] = {GW_MAIL_LIST};
constexpr Parameter kThreads[] = {GW_MAIL_LIST, {"includeSent", Type::Boolean}, {"max", Type::Integer}};
constexpr Parameter kReferences[] = {{"folder"}, {"columns", Type::List}, {"headers", Type::List}, {"sort"},
                                     {"order"},  {"size", Type::Integer}};
constexpr Parameter kRows[] = {{"columns", Type::List}, {"headers", Type::List}};
constexpr Parameter kFolder[] = {{"folder"}};
constexpr Parameter kUpdates[] = {
    {"folder"}, {"columns", Type::List}, {"headers", Type::List}, {"sort"}, {"order"}};
constexpr Parameter kGetOne[] = {GW_ONE_MAIL,
                                 GW_MAIL_VIEW,
                                 {"src", Type::Boolean},
                                 {"hdr", Type::Boolean},
                                 {"save", Type::Boolean},
                                 {"attach_src", Type::Boolean},
                                 {"ignorable"},
                                 {"delivery"}};
constexpr Parameter kAttachment[] = {GW_ONE_MAIL,
                                     {"attachment"},
                                     {"cid"},
                                     {"save", Type::Boolean},
                                     {"delivery"},
                                     {"filter", Type::Boolean},
                                     {"as_json", Type::Boolean},
                                     {"exact_length", Type::Boolean},
                                     GW_MAIL_VIEW,
                                     GW_PICTURE_SIZE};
constexpr Parameter kZipParts[] = {GW_ONE_MAIL, {"attachment"}};
constexpr Parameter kZipMails[] = {{"folder"}, {"id"}};
constexpr Parameter kAnswer[] = {GW_ONE_MAIL, GW_MAIL_VIEW, {"setFrom", Type::Boolean}};
constexpr Parameter kSaveAttachment[] = {GW_ONE_MAIL, {"attachment"}, {"dest_folder"}};
constexpr Parameter kUpdate[] = {GW_ONE_MAIL};
constexpr Parameter kDelete[] = {{"harddelete", Type::Boolean},
                                 {"returnAffectedFolders", Type::Boolean},
                                 {"withFolders", Type::Boolean},
                                 {"timestamp", Type::Timestamp}};
constexpr Parameter kTrash[] = {
    {"returnAffectedFolders", Type::Boolean}, {"withFolders", Type::Boolean}, {"timestamp", Type::Timestamp}};
constexpr Parameter kStructure[] = {GW_ONE_MAIL};
constexpr Parameter kResend[] = {GW_ONE_MAIL, {"copy2Sent", Type::Boolean}};
constexpr Parameter kArchiveFolder[] = {{"folder", Type::Text, true}, {"days", Type::Integer}};
constexpr Parameter kNew[] = {{"folder"},
                              {"copy2Sent", Type::Boolean},
                              {"deleteDraftOnTransport", Type::Boolean},
                              {"lineWrapAfter", Type::Integer}};
constexpr Parameter kAutosave[] = {{"csid"}, {"copy2Sent", Type::Boolean}, {"lineWrapAfter", Type::Integer}};
constexpr Parameter kNewRaw[] = {{"folder"}, {"flags"}};
constexpr Parameter kImport[] = {{"folder", Type::Text, true}, {"flags"}, {"force", Type::Boolean}};
constexpr Parameter kPicture[] = {{"folder", Type::Text, true},
                                  {"id", Type::Text, true},
                                  {"uid", Type::Text, true},
                                  {"accountId", Type::Integer},
                                  GW_PICTURE_SIZE};

#undef GW_MAIL_LIST
#undef GW_ONE_MAIL
#undef GW_MAIL_VIEW
#undef GW_PICTURE_SIZE

constexpr auto kModule = model::Module::Webmail;

constexpr Action kActions[] = {
    {"all", kGet, mail_actions::all, 0, kList, kModule},
    {"all_seen", kPut, mail_actions::all_seen, kSerial, kFolder, kModule},
    {"archive", kPut, mail_actions::archive, kBody | kSerial, {}, kModule},
    {"archive_folder", kPut, mail_actions::archive_folder, kSerial, kArchiveFolder, kModule},
    {"attachment", kGet, mail_actions::attachment, kNotInMultiple, kAttachment, kModule},
    {"attachment", kPut, mail_actions::save_attachment, kBody | kSerial, kSaveAttachment, kModule},
    {"autosave", kPut, mail_actions::autosave, kBody | kNotInMultiple, kAutosave, kModule},
    {"bounce", kPut, mail_actions::bounce, kBody | kSerial, kResend, kModule},
    {"clear", kPut, mail_actions::clear, kBody | kSerial, kDelete, kModule},
    {"copy", kPut, mail_actions::copy, kBody | kSerial, kUpdate, kModule},
    {"count", kGet, mail_actions::count, 0, kFolder, kModule},
    {"delete", kPut, mail_actions::remove, kBody | kSerial, kDelete, kModule},
    {"examine", kGet, mail_actions::examine, 0, kFolder, kModule},
    {"expunge", kPut, mail_actions::expunge, kBody | kSerial, {}, kModule},
    {"forward", kGet, mail_actions::forward, 0, kAnswer, kModule},
    {"forward", kPut, mail_actions::forward, kBody, kAnswer, kModule},
    {"get", kGet, mail_actions::get, 0, kGetOne, kModule},
    {"get", kPut, mail_actions::get, kBody, kGetOne, kModule},
    {"import", kPost, mail_actions::import, kUpload | kNotInMultiple, kImport, kModule},
    {"list", kPut, mail_actions::list, kBody, kRows, kModule},
    {"move_all", kPut, mail_actions::move_all, kBody | kSerial, {}, kModule},
    {"new", kPost, mail_actions::create, kUpload | kNotInMultiple, kNew, kModule},
    {"new", kPut, mail_actions::create_raw, kStreamedBody | kNotInMultiple, kNewRaw, kModule},
    {"receipt_ack", kPut, mail_actions::receipt_ack, kBody | kSerial, {}, kModule},
    {"reply", kGet, mail_actions::reply, 0, kAnswer, kModule},
    {"replyall", kGet, mail_actions::reply_all, 0, kAnswer, kModule},
    {"resend", kPut, mail_actions::resend, kBody | kSerial, kResend, kModule},
    {"resolve_share_reference", kPut, mail_actions::resolve_share_reference, kBody, {}, kModule},
    {"search", kPut, mail_actions::search, kBody, kList, kModule},
    {"structure", kGet, mail_actions::structure, 0, kStructure, kModule},
    {"thread_references", kGet, mail_actions::thread_references, 0, kReferences, kModule},
    {"thread_references", kPut, mail_actions::thread_references, kBody, kReferences, kModule},
    {"threadedAll", kGet, mail_actions::threaded_all, 0, kThreads, kModule},
    {"trash", kPut, mail_actions::trash, kBody | kSerial, kTrash, kModule},
    {"update", kPut, mail_actions::update, kBody | kSerial, kUpdate, kModule},
    {"updates", kGet, mail_actions::updates, 0, kUpdates, kModule},
    {"zip_attachments", kGet, mail_actions::zip_attachments, kNotInMultiple, kZipParts, kModule},
    {"zip_messages", kGet, mail_actions::zip_messages, kNotInMultiple, kZipMails, kModule},
};

// No action parameter: the method names the action.
constexpr Action kPictureActions[] = {{"GET", kGet, mail_actions::picture, kDownloads, kPicture}};

}  // namespace

const ApiModule kMailModule{.path = "mail", .actions = kActions, .takes_path = true};
const ApiModule kImageMailModule{"image/mail/picture", kPictureActions};

}  // namespace gw::ajax
