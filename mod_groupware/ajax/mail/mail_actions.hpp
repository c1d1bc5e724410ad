// The actions of module `mail`, one file for each group; the table that names them is in mail.cpp.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax::mail_actions {

Response all(Invocation& invocation);
Response list(Invocation& invocation);
Response search(Invocation& invocation);
Response threaded_all(Invocation& invocation);
Response thread_references(Invocation& invocation);
Response count(Invocation& invocation);
Response examine(Invocation& invocation);
Response updates(Invocation& invocation);
/// The tree of a mail's parts, without their bytes.
Response structure(Invocation& invocation);

Response get(Invocation& invocation);
Response attachment(Invocation& invocation);
/// The part becomes a file of the folder `dest_folder`.
Response save_attachment(Invocation& invocation);
Response zip_messages(Invocation& invocation);
Response zip_attachments(Invocation& invocation);
/// Module image/mail/picture.
Response picture(Invocation& invocation);

Response update(Invocation& invocation);
Response copy(Invocation& invocation);
Response remove(Invocation& invocation);
/// Into the trash, whatever the user's setting says; what lies there stays.
Response trash(Invocation& invocation);
Response clear(Invocation& invocation);
Response all_seen(Invocation& invocation);
Response archive(Invocation& invocation);
Response archive_folder(Invocation& invocation);
/// Every mail of one folder into another one.
Response move_all(Invocation& invocation);
/// What is flagged as deleted goes for good.
Response expunge(Invocation& invocation);

/// A composed mail, in a form with files.
Response create(Invocation& invocation);
/// A draft that the client stores from time to time.
Response autosave(Invocation& invocation);
/// A finished mail as the body.
Response create_raw(Invocation& invocation);
Response import(Invocation& invocation);
/// A mail of the sent folder once more, as it is: to the same recipients or to others.
Response resend(Invocation& invocation);
/// Any mail, as it is, to others.
Response bounce(Invocation& invocation);
/// The files behind a Drive mail (mailbox/drive_mail.hpp).
Response resolve_share_reference(Invocation& invocation);

Response reply(Invocation& invocation);
Response reply_all(Invocation& invocation);
Response forward(Invocation& invocation);
Response receipt_ack(Invocation& invocation);

}  // namespace gw::ajax::mail_actions
