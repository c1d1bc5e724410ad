// A contact as the API knows it: a plain struct, one member per field. Rules: contact_service.hpp; table:
// contact_fields.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace gw::model::contacts {

using Text = std::optional<std::string>;

/// One member of a distribution list. mail_field 0 = independent, 1..3 = email1..3 of contact `id` in
/// `folder_id`.
struct ListMember {
  std::int64_t id = 0;
  std::int64_t folder_id = 0;
  Text display_name;
  Text sort_name;
  Text mail;
  std::int64_t mail_field = 0;
  bool operator==(const ListMember&) const = default;
};

/// Absent text means "no value"; the empty string is never stored. Ids are plain numbers because the field
/// table binds them.
struct Contact {
  std::int64_t id = 0;
  std::int64_t folder_id = 0;
  std::int64_t created_by = 0;
  std::int64_t modified_by = 0;
  Millis creation_date;
  Millis last_modified;
  Text uid;
  Text categories;
  bool private_flag = false;
  std::int64_t color_label = 0;
  std::int64_t number_of_attachments = 0;
  Millis newest_attachment;
  std::int64_t user_id = 0;
  std::optional<Date> birthday;
  std::optional<Date> anniversary;
  std::optional<std::int64_t> default_address;
  bool mark_as_distributionlist = false;
  std::vector<ListMember> distribution_list;
  std::int64_t number_of_distribution_list = 0;
  std::int64_t number_of_images = 0;
  Millis image_last_modified;
  Text image1_content_type;
  /// Bytes of a new image on its way in. Never filled by reading: pictures are fetched on their own.
  Text image1;
  /// Only for the caller; filled on request.
  std::int64_t use_count = 0;
  /// The exact bytes of an imported vCard, so that properties we do not map survive an export. Not a field of
  /// the API.
  Text original_vcard;
  Text display_name;
  Text first_name;
  Text last_name;
  Text second_name;
  Text suffix;
  Text title;
  Text street_home;
  Text postal_code_home;
  Text city_home;
  Text state_home;
  Text country_home;
  Text marital_status;
  Text number_of_children;
  Text profession;
  Text nickname;
  Text spouse_name;
  Text note;
  Text department;
  Text position;
  Text employee_type;
  Text room_number;
  Text street_business;
  Text postal_code_business;
  Text city_business;
  Text state_business;
  Text country_business;
  Text number_of_employees;
  Text sales_volume;
  Text tax_id;
  Text commercial_register;
  Text branches;
  Text business_category;
  Text info;
  Text manager_name;
  Text assistant_name;
  Text street_other;
  Text city_other;
  Text postal_code_other;
  Text country_other;
  Text telephone_business1;
  Text telephone_business2;
  Text fax_business;
  Text telephone_callback;
  Text telephone_car;
  Text telephone_company;
  Text telephone_home1;
  Text telephone_home2;
  Text fax_home;
  Text cellular_telephone1;
  Text cellular_telephone2;
  Text telephone_other;
  Text fax_other;
  Text email1;
  Text email2;
  Text email3;
  Text url;
  Text telephone_isdn;
  Text telephone_pager;
  Text telephone_primary;
  Text telephone_radio;
  Text telephone_telex;
  Text telephone_ttytdd;
  Text instant_messenger1;
  Text instant_messenger2;
  Text telephone_ip;
  Text telephone_assistant;
  Text company;
  Text userfield01;
  Text userfield02;
  Text userfield03;
  Text userfield04;
  Text userfield05;
  Text userfield06;
  Text userfield07;
  Text userfield08;
  Text userfield09;
  Text userfield10;
  Text userfield11;
  Text userfield12;
  Text userfield13;
  Text userfield14;
  Text userfield15;
  Text userfield16;
  Text userfield17;
  Text userfield18;
  Text userfield19;
  Text userfield20;
  Text state_other;
  Text file_as;
  Text yomiFirstName;
  Text yomiLastName;
  Text yomiCompany;
  Text addressHome;
  Text addressBusiness;
  Text addressOther;
};

}  // namespace gw::model::contacts
