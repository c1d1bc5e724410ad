// Step 19: signatures and other pieces of text, and their files. Source: spec mail-push-and-extras section 5.
#include "sql/schema/steps.hpp"

namespace gw::sql {

// misc and props: free JSON of clients. In the content `cid:` names images among the attachments.
const SchemaStep kStepSnippets{19, "snippets", R"(
CREATE TABLE snippets (
  cid $ID NOT NULL, id $ID NOT NULL, user_id $ID NOT NULL, changed $ID NOT NULL, account $ID,
  display_name $TEXT NOT NULL, type $KEY(64) NOT NULL, module $KEY(128) NOT NULL, shared $INT NOT NULL,
  content $TEXT NOT NULL, misc $TEXT NOT NULL, props $TEXT NOT NULL,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX snippets_user ON snippets (cid, user_id);
CREATE TABLE snippet_attachments (
  cid $ID NOT NULL, snippet $ID NOT NULL, id $KEY(32) NOT NULL, user_id $ID NOT NULL, position $ID NOT NULL,
  name $TEXT NOT NULL, mimetype $TEXT NOT NULL, content_id $TEXT NOT NULL, file_id $KEY(255) NOT NULL,
  file_size $ID NOT NULL,
  PRIMARY KEY (cid, snippet, id)) $TABLE;
CREATE INDEX snippet_attachments_file ON snippet_attachments (cid, file_id);
)"};

}  // namespace gw::sql
