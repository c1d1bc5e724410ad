// Step 24: calendars that come from elsewhere, and what users set about calendars. Source: spec chronos
// section 14.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// calendar_accounts: folder_id is the account, too (model/folders/account_folders). config: JSON without the
// password; secret: that, sealed (base64). etag, modified: of the document that was read last. next_fetch 0:
// never read. refresh_minutes: what the document asks for, 0 nothing. claimed_until: somebody reads it now.
// failure: why the last reading failed, 0 none. Instants are ms UTC. calendar_feed_items: which item of the
// document an event is, and a digest of it. calendar_properties: one user's view of a calendar; NULL is the
// default.
const SchemaStep kStepCalendarAccounts{24, "calendar accounts", R"(
CREATE TABLE calendar_accounts (
  cid $ID NOT NULL, folder_id $ID NOT NULL, user_id $ID NOT NULL, provider $KEY(64) NOT NULL, config $TEXT NOT NULL,
  secret $TEXT NOT NULL, etag $TEXT NOT NULL, modified $TEXT NOT NULL, fetched $ID NOT NULL, next_fetch $ID NOT NULL,
  claimed_until $ID NOT NULL, failure $INT NOT NULL, refresh_minutes $INT NOT NULL,
  PRIMARY KEY (cid, folder_id)) $TABLE;
CREATE INDEX calendar_accounts_user ON calendar_accounts (cid, user_id);
CREATE TABLE calendar_feed_items (
  cid $ID NOT NULL, folder_id $ID NOT NULL, item $KEY(64) NOT NULL, event $ID NOT NULL, series $ID NOT NULL,
  digest $KEY(64) NOT NULL,
  PRIMARY KEY (cid, folder_id, item)) $KEYED;
CREATE TABLE calendar_properties (
  cid $ID NOT NULL, user_id $ID NOT NULL, folder_id $ID NOT NULL, color $KEY(64), description $TEXT,
  is_transparent $INT, is_for_sync $INT,
  PRIMARY KEY (cid, user_id, folder_id)) $TABLE;
CREATE INDEX calendar_properties_folder ON calendar_properties (cid, folder_id);
)"};

}  // namespace gw::sql
