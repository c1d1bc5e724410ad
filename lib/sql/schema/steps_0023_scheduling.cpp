// Step 23: scheduling mails on their way out, and what was taken from those that came in. Source: RFC 6047;
// users p5.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// scheduling_messages: what a change says, once, as JSON; scheduling_outbox: to whom it must still be said.
// user_id: whose mail account sends. claimed_until: somebody is sending it at the moment. scheduling_inboxes:
// how far the INBOX of a user was looked through; checked: when. scheduling_taken: mails that were acted
// upon.
const SchemaStep kStepScheduling{23, "scheduling mails", R"(
CREATE TABLE scheduling_messages (
  cid $ID NOT NULL, id $ID NOT NULL, user_id $ID NOT NULL, created $ID NOT NULL, method $INT NOT NULL,
  content $TEXT NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE TABLE scheduling_outbox (
  cid $ID NOT NULL, id $ID NOT NULL, message $ID NOT NULL, user_id $ID NOT NULL, recipient $TEXT NOT NULL,
  tries $INT NOT NULL, next_try $ID NOT NULL, claimed_until $ID NOT NULL, claim $KEY(36) NOT NULL,
  last_error $TEXT NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX scheduling_outbox_due ON scheduling_outbox (cid, user_id, next_try);
CREATE INDEX scheduling_outbox_message ON scheduling_outbox (cid, message);
CREATE TABLE scheduling_inboxes (
  cid $ID NOT NULL, user_id $ID NOT NULL, uid_validity $ID NOT NULL, uid_next $ID NOT NULL, checked $ID NOT NULL,
  PRIMARY KEY (cid, user_id)) $TABLE;
CREATE TABLE scheduling_taken (
  cid $ID NOT NULL, user_id $ID NOT NULL, mail_key $KEY(64) NOT NULL, taken $ID NOT NULL,
  PRIMARY KEY (cid, user_id, mail_key)) $TABLE;
CREATE INDEX scheduling_taken_age ON scheduling_taken (cid, user_id, taken);
)"};

}  // namespace gw::sql
