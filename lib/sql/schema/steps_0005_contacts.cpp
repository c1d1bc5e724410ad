// Step 5: contacts. Wide rows, one column per API field; long texts are TEXT so that MySQL's row limit holds.
#include "sql/schema/steps.hpp"

namespace gw::sql {

const SchemaStep kStepContacts{5, "contacts", R"(
CREATE TABLE contacts (
  cid $ID NOT NULL, id $ID NOT NULL, folder_id $ID NOT NULL, created_by $ID NOT NULL, modified_by $ID NOT NULL,
  creation_date $ID NOT NULL, last_modified $ID NOT NULL, uid $KEY(255), categories $TEXT, private_flag $INT NOT NULL,
  color_label $INT NOT NULL, number_of_attachments $INT NOT NULL, newest_attachment $ID NOT NULL, user_id $ID NOT NULL,
  birthday $ID, anniversary $ID, default_address $INT, mark_as_distributionlist $INT NOT NULL,
  number_of_distribution_list $INT NOT NULL, number_of_images $INT NOT NULL, image_last_modified $ID NOT NULL,
  image1_content_type $TEXT, search_fold $TEXT, original_vcard $TEXT,
  display_name $TEXT, first_name $TEXT, last_name $TEXT, second_name $TEXT, suffix $TEXT, title $TEXT,
  street_home $TEXT, postal_code_home $TEXT, city_home $TEXT, state_home $TEXT, country_home $TEXT,
  marital_status $TEXT, number_of_children $TEXT, profession $TEXT, nickname $TEXT, spouse_name $TEXT,
  note $TEXT, department $TEXT, position $TEXT, employee_type $TEXT, room_number $TEXT, street_business $TEXT,
  postal_code_business $TEXT, city_business $TEXT, state_business $TEXT, country_business $TEXT,
  number_of_employees $TEXT, sales_volume $TEXT, tax_id $TEXT, commercial_register $TEXT, branches $TEXT,
  business_category $TEXT, info $TEXT, manager_name $TEXT, assistant_name $TEXT, street_other $TEXT,
  city_other $TEXT, postal_code_other $TEXT, country_other $TEXT, telephone_business1 $TEXT,
  telephone_business2 $TEXT, fax_business $TEXT, telephone_callback $TEXT, telephone_car $TEXT,
  telephone_company $TEXT, telephone_home1 $TEXT, telephone_home2 $TEXT, fax_home $TEXT,
  cellular_telephone1 $TEXT, cellular_telephone2 $TEXT, telephone_other $TEXT, fax_other $TEXT, email1 $TEXT,
  email2 $TEXT, email3 $TEXT, url $TEXT, telephone_isdn $TEXT, telephone_pager $TEXT, telephone_primary $TEXT,
  telephone_radio $TEXT, telephone_telex $TEXT, telephone_ttytdd $TEXT, instant_messenger1 $TEXT,
  instant_messenger2 $TEXT, telephone_ip $TEXT, telephone_assistant $TEXT, company $TEXT, userfield01 $TEXT,
  userfield02 $TEXT, userfield03 $TEXT, userfield04 $TEXT, userfield05 $TEXT, userfield06 $TEXT,
  userfield07 $TEXT, userfield08 $TEXT, userfield09 $TEXT, userfield10 $TEXT, userfield11 $TEXT,
  userfield12 $TEXT, userfield13 $TEXT, userfield14 $TEXT, userfield15 $TEXT, userfield16 $TEXT,
  userfield17 $TEXT, userfield18 $TEXT, userfield19 $TEXT, userfield20 $TEXT, state_other $TEXT, file_as $TEXT,
  yomi_first_name $TEXT, yomi_last_name $TEXT, yomi_company $TEXT, address_home $TEXT, address_business $TEXT,
  address_other $TEXT,
  PRIMARY KEY (cid, id)) $TABLE;
CREATE INDEX contacts_folder ON contacts (cid, folder_id, last_modified);
CREATE INDEX contacts_user ON contacts (cid, user_id);
CREATE INDEX contacts_uid ON contacts (cid, uid);
CREATE TABLE contact_list_members (
  cid $ID NOT NULL, contact $ID NOT NULL, position $INT NOT NULL, member $ID NOT NULL, member_folder $ID NOT NULL,
  mail_field $INT NOT NULL, display_name $TEXT, sort_name $TEXT, mail $TEXT,
  PRIMARY KEY (cid, contact, position)) $KEYED;
CREATE INDEX contact_list_members_member ON contact_list_members (cid, member);
CREATE TABLE contact_images (
  cid $ID NOT NULL, contact $ID NOT NULL, mime_type $TEXT NOT NULL, content $BLOB NOT NULL, last_modified $ID NOT NULL,
  PRIMARY KEY (cid, contact)) $TABLE;
CREATE TABLE contact_use_counts (
  cid $ID NOT NULL, user_id $ID NOT NULL, contact $ID NOT NULL, use_count $ID NOT NULL,
  PRIMARY KEY (cid, user_id, contact)) $KEYED;
CREATE INDEX contact_use_counts_contact ON contact_use_counts (cid, contact);
CREATE TABLE contact_addresses (
  cid $ID NOT NULL, contact $ID NOT NULL, position $INT NOT NULL, mail_fold $KEY(255) NOT NULL,
  PRIMARY KEY (cid, contact, position)) $KEYED;
CREATE INDEX contact_addresses_mail ON contact_addresses (cid, mail_fold);
)"};

}  // namespace gw::sql
