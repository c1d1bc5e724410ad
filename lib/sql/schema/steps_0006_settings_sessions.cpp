// Steps 6-7: per-user documents, sessions, login throttling, background answers.
#include "sql/schema/steps.hpp"

namespace gw::sql {

const SchemaStep kStepSettings{6, "settings", R"(
CREATE TABLE jslobs (
  cid $ID NOT NULL, user_id $ID NOT NULL, service $KEY(128) NOT NULL, id $KEY(190) NOT NULL, tree $TEXT NOT NULL,
  last_modified $ID NOT NULL,
  PRIMARY KEY (cid, user_id, service, id)) $TABLE;
CREATE TABLE user_settings (
  cid $ID NOT NULL, user_id $ID NOT NULL, path $KEY(190) NOT NULL, value $TEXT NOT NULL,
  PRIMARY KEY (cid, user_id, path)) $TABLE;
CREATE TABLE user_feedback (
  cid $ID NOT NULL, id $KEY(36) NOT NULL, kind $KEY(64) NOT NULL, author $KEY(64) NOT NULL, created $ID NOT NULL,
  content $TEXT NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
)"};

const SchemaStep kStepSessions{7, "sessions", R"(
CREATE TABLE sessions (
  id $KEY(32) NOT NULL, cid $ID NOT NULL, user_id $ID NOT NULL, secret_hash $KEY(64) NOT NULL, public_id $KEY(32) NOT NULL,
  login_name $TEXT NOT NULL, client $KEY(128) NOT NULL, client_version $TEXT, user_agent $TEXT, auth_id $KEY(128),
  cookie_hash $KEY(64) NOT NULL, address $KEY(64) NOT NULL, persistent $INT NOT NULL, pending $INT NOT NULL,
  created $ID NOT NULL, last_active $ID NOT NULL, sealed_password $BLOB,
  PRIMARY KEY (id)) $TABLE;
CREATE INDEX sessions_user ON sessions (cid, user_id);
CREATE INDEX sessions_public ON sessions (public_id);
CREATE INDEX sessions_auth ON sessions (auth_id);
CREATE INDEX sessions_active ON sessions (last_active);
CREATE TABLE session_tokens (
  token $KEY(64) NOT NULL, kind $INT NOT NULL, session_id $KEY(32) NOT NULL, cid $ID NOT NULL, user_id $ID NOT NULL,
  client_token $KEY(64) NOT NULL, escrow $BLOB NOT NULL, valid_until $ID NOT NULL,
  PRIMARY KEY (token)) $TABLE;
CREATE INDEX session_tokens_session ON session_tokens (session_id);
CREATE INDEX session_tokens_valid ON session_tokens (valid_until);
CREATE TABLE login_failures (
  subject $KEY(190) NOT NULL, failures $INT NOT NULL, window_start $ID NOT NULL, last_failure $ID NOT NULL,
  PRIMARY KEY (subject)) $TABLE;
CREATE INDEX login_failures_start ON login_failures (window_start);
CREATE TABLE known_devices (
  cid $ID NOT NULL, user_id $ID NOT NULL, device $KEY(64) NOT NULL, last_login $ID NOT NULL,
  PRIMARY KEY (cid, user_id, device)) $TABLE;
)"};

}  // namespace gw::sql
