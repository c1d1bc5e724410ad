// Step 14: which programs want to be told of which topics. Source: spec push-modern section 2.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// all_flag: the interest "*", which has no row of topics. expires 0: never. is_prefix: "ox:mail:*" is kept as
// "ox:mail:".
const SchemaStep kStepPushSubscriptions{14, "push subscriptions", R"(
CREATE TABLE pns_subscriptions (
  cid $ID NOT NULL, user_id $ID NOT NULL, token $KEY(255) NOT NULL, client $KEY(64) NOT NULL, id $KEY(36) NOT NULL,
  transport $KEY(32) NOT NULL, last_modified $ID NOT NULL, all_flag $INT NOT NULL, expires $ID NOT NULL,
  PRIMARY KEY (cid, user_id, token, client)) $TABLE;
CREATE UNIQUE INDEX pns_subscriptions_id ON pns_subscriptions (cid, id);
CREATE INDEX pns_subscriptions_expires ON pns_subscriptions (expires);
CREATE TABLE pns_topics (
  cid $ID NOT NULL, id $KEY(36) NOT NULL, topic $KEY(128) NOT NULL, is_prefix $INT NOT NULL, user_id $ID NOT NULL,
  PRIMARY KEY (cid, id, topic, is_prefix)) $TABLE;
CREATE INDEX pns_topics_topic ON pns_topics (cid, topic);
)"};

}  // namespace gw::sql
