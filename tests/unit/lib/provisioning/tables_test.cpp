// The tables that all faces are made of say one thing once.
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "model/contacts/contact_fields.hpp"
#include "provisioning/fault.hpp"
#include "provisioning/module_access.hpp"
#include "provisioning/operation.hpp"
#include "provisioning/user_fields.hpp"

namespace gw::provisioning {
namespace {

TEST(ProvisioningTables, NameEveryOperationAndTypeOnce) {
  for (const ServiceTable& service : services()) {
    std::set<std::string_view> names;
    for (const Operation& operation : service.operations) {
      EXPECT_TRUE(names.insert(operation.name).second) << service.name << "." << operation.name;
      bool has_auth = false;
      for (const Parameter& parameter : operation.signature.all()) {
        has_auth = has_auth || is_credentials(parameter.member);
        if (parameter.member.kind == ValueKind::Struct) {
          EXPECT_NE(find_type(parameter.member.type), nullptr)
              << operation.name << ": " << parameter.member.type;
        }
      }
      EXPECT_TRUE(has_auth) << operation.name;
      if (operation.who == Who::ContextAdmin) {
        EXPECT_EQ(operation.signature.parameters[0].member.type, "Context") << operation.name;
      }
      if (operation.signature.result.kind == ValueKind::Struct) {
        EXPECT_NE(find_type(operation.signature.result.type), nullptr) << operation.name;
      }
    }
  }
}

TEST(ProvisioningTables, EveryFieldOfTheAddressBookExists) {
  std::set<std::string_view> names;
  for (const UserField& field : user_fields()) {
    EXPECT_TRUE(names.insert(field.member.name).second) << field.member.name;
    if (field.home == FieldHome::Contact) {
      EXPECT_GE(model::find_json(model::contacts::contact_fields(), field.contact_name), 0)
          << field.contact_name;
    }
  }
}

TEST(ProvisioningTables, EveryKindOfFaultHasItsRow) {
  int kind = 0;
  for (const FaultRow& row : fault_rows()) {
    EXPECT_EQ(static_cast<int>(row.kind), kind++);
    EXPECT_EQ(&fault_row(row.kind), &row);
  }
}

TEST(ModuleAccess, ShippedCombinationsKeepTheirNames) {
  const AccessCombinations combinations;
  for (const char* name :
       {"webmail", "pim", "pim_infostore", "pim_mobility", "groupware_standard", "groupware_premium", "all"})
    EXPECT_EQ(combinations.find_name(combinations.load(name)), name);
  EXPECT_THROW((void)combinations.load("none"), Fault);
}

TEST(ModuleAccess, AFileAddsNamesAndTellsItsMistakes) {
  AccessCombinations combinations;
  combinations.add_text("# mine\nmine = webmail, Contacts , tasks\n\n");
  EXPECT_EQ(combinations.find_name(combinations.load("mine")), "mine");
  EXPECT_THROW(combinations.add_text("mine=flying"), std::invalid_argument);
  EXPECT_THROW(combinations.add_text("no equals sign"), std::invalid_argument);
  EXPECT_THROW(combinations.add_file("/nowhere/at/all"), std::invalid_argument);
}

TEST(ModuleAccess, MembersThatAreThereChangeAndOthersStay) {
  Json access = Json::object();
  access.set("tasks", Json::boolean(true)).set("globalAddressBookDisabled", Json::boolean(true));
  const model::ModuleSet changed = read_access(access, access_of_nothing());
  EXPECT_TRUE(changed.has(model::Module::Tasks));
  EXPECT_TRUE(changed.has(model::Module::Webmail));
  EXPECT_FALSE(changed.has(model::Module::GlobalAddressBook));
  EXPECT_TRUE(write_access(changed).get("globalAddressBookDisabled").is_true());
  access.set("tasks", Json::string("perhaps"));
  EXPECT_FALSE(read_access(access, changed).has(model::Module::Tasks)) << "as the web API reads words";
}

}  // namespace
}  // namespace gw::provisioning
