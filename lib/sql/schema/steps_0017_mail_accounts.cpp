// Step 17: mail accounts that users have entered. Source: spec mail section 13, columns section 10.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// id 0: what a user changed of his primary account; its servers are empty, as they come from the
// configuration.
// *_secret: sealed passwords (base64); empty: none. *_tls: 0 where offered, 1 STARTTLS, 2 from the first
// byte. transport_auth: 0 as at the store, 1 with a login of its own, 2 none. folders and options are JSON
// objects.
const SchemaStep kStepMailAccounts{17, "mail accounts", R"(
CREATE TABLE mail_accounts (
  cid $ID NOT NULL, user_id $ID NOT NULL, id $ID NOT NULL, name $KEY(255) NOT NULL, address $KEY(255) NOT NULL,
  personal $KEY(255) NOT NULL, reply_to $KEY(255) NOT NULL,
  store_protocol $KEY(16) NOT NULL, store_host $KEY(255) NOT NULL, store_port $INT NOT NULL, store_tls $INT NOT NULL,
  store_login $KEY(255) NOT NULL, store_secret $TEXT NOT NULL,
  transport_protocol $KEY(16) NOT NULL, transport_host $KEY(255) NOT NULL, transport_port $INT NOT NULL,
  transport_tls $INT NOT NULL, transport_auth $INT NOT NULL, transport_login $KEY(255) NOT NULL,
  transport_secret $TEXT NOT NULL, folders $TEXT NOT NULL, options $TEXT NOT NULL, last_modified $ID NOT NULL,
  PRIMARY KEY (cid, user_id, id)) $TABLE;
)"};

}  // namespace gw::sql
