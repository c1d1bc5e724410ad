#include "provisioning/module_access.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/text.hpp"
#include "provisioning/fault.hpp"

namespace gw::provisioning {
namespace {

using model::Module;

constexpr std::size_t kMaxCombinations = 1'000;
constexpr std::size_t kMaxCombinationFile = 65'536;

constexpr std::uint32_t bits(Module module) { return static_cast<std::uint32_t>(module); }

// CalDAV goes with the calendar and CardDAV with contacts: provisioning has no words of its own for them.
constexpr AccessRow kAccess[] = {
    {"webmail", "webmail", "webmail", bits(Module::Webmail)},
    {"calendar", "calendar", "calendar", bits(Module::Calendar) | bits(Module::Caldav)},
    {"contacts", "contacts", "contacts", bits(Module::Contacts) | bits(Module::Carddav)},
    {"tasks", "tasks", "tasks", bits(Module::Tasks)},
    {"infostore", "infostore", "infostore", bits(Module::Infostore)},
    {"webdav", "webdav", "webdav", bits(Module::Webdav)},
    {"webdavxml", "webdavXml", "webdav-xml", bits(Module::WebdavXml)},
    {"ical", "ical", "ical", bits(Module::Ical)},
    {"vcard", "vcard", "vcard", bits(Module::Vcard)},
    {"syncml", "syncml", "syncml", bits(Module::SyncMl)},
    {"usm", "USM", "usm", bits(Module::Usm)},
    {"activesync", "activeSync", "active-sync", bits(Module::ActiveSync)},
    {"olox20", "OLOX20", "olox20", bits(Module::OutlookConnector)},
    {"readcreatesharedfolders", "readCreateSharedFolders", "read-create-shared-Folders",
     bits(Module::ReadCreateSharedFolders)},
    {"delegatetask", "delegateTask", "delegate-tasks", bits(Module::DelegateTasks)},
    {"editpublicfolders", "editPublicFolders", "edit-public-folder", bits(Module::EditPublicFolders)},
    {"editgroup", "editGroup", "edit-group", bits(Module::EditGroup)},
    {"editresource", "editResource", "edit-resource", bits(Module::EditResource)},
    {"editpassword", "editPassword", "edit-password", bits(Module::EditPassword)},
    {"collectemailaddresses", "collectEmailAddresses", "collect-email-addresses",
     bits(Module::CollectEmailAddresses)},
    {"multiplemailaccounts", "multipleMailAccounts", "multiple-mail-accounts",
     bits(Module::MultipleMailAccounts)},
    {"subscription", "subscription", "subscription", bits(Module::Subscription)},
    {"publication", "publication", "publication", bits(Module::Publication)},
    {"globaladdressbookdisabled", "globalAddressBookDisabled", "global-address-book-disabled",
     bits(Module::GlobalAddressBook), true},
    {"publicfoldereditable", "publicFolderEditable", "public-folder-editable",
     bits(Module::PublicFolderEditable)},
    {"deniedportal", "deniedPortal", "denied-portal", bits(Module::DeniedPortal)},
};

constexpr auto kAccessMembers = [] {
  std::array<Member, std::size(kAccess)> members{};
  for (std::size_t i = 0; i < members.size(); ++i) members[i] = {kAccess[i].member, ValueKind::Boolean};
  return members;
}();

constexpr std::string_view kShipped = R"(
webmail=webmail,contacts,collectemailaddresses,globaladdressbookdisabled,editpassword
pim=webmail,contacts,collectemailaddresses,calendar,tasks,multiplemailaccounts,subscription,publication,globaladdressbookdisabled,editpassword
pim_infostore=webmail,contacts,collectemailaddresses,calendar,tasks,multiplemailaccounts,subscription,publication,globaladdressbookdisabled,infostore,webdav
pim_mobility=webmail,contacts,collectemailaddresses,calendar,tasks,multiplemailaccounts,subscription,publication,globaladdressbookdisabled,editpassword,syncml,usm,activesync
groupware_standard=webmail,contacts,collectemailaddresses,calendar,tasks,multiplemailaccounts,subscription,publication,editpassword,infostore,webdav,ical,vcard,readcreatesharedfolders,delegatetask,editpublicfolders,editgroup,editresource
groupware_premium=webmail,contacts,collectemailaddresses,calendar,tasks,multiplemailaccounts,subscription,publication,editpassword,infostore,webdav,ical,vcard,readcreatesharedfolders,delegatetask,editpublicfolders,editgroup,editresource,syncml,usm,activesync,olox20
all=webmail,contacts,collectemailaddresses,calendar,tasks,multiplemailaccounts,subscription,publication,editpassword,infostore,webdav,ical,vcard,readcreatesharedfolders,delegatetask,editpublicfolders,editgroup,editresource,syncml,usm,activesync,olox20,publicfoldereditable
)";

constexpr std::uint32_t kInverseBits = [] {
  std::uint32_t all = 0;
  for (const AccessRow& row : kAccess)
    if (row.is_inverse) all |= row.bits;
  return all;
}();

const AccessRow* find_right(std::string_view name) {
  for (const AccessRow& row : kAccess)
    if (row.name == name) return &row;
  return nullptr;
}

bool has_right(const AccessRow& row, std::uint32_t modules) {
  // The first bit alone: a forced-off CalDAV does not take the calendar away.
  const std::uint32_t first = row.bits & ~(row.bits - 1);
  return ((modules & first) != 0) != row.is_inverse;
}

void set_right(std::uint32_t& modules, const AccessRow& row, bool on) {
  modules = on != row.is_inverse ? modules | row.bits : modules & ~row.bits;
}

/// Rights that no combination speaks of do not stand between it and its name.
std::uint32_t compared_bits(std::uint32_t modules) {
  std::uint32_t compared = 0;
  for (const AccessRow& row : kAccess)
    if (row.name != "deniedportal") set_right(compared, row, has_right(row, modules));
  return compared;
}

}  // namespace

std::span<const AccessRow> access_rows() { return kAccess; }
std::span<const Member> access_members() { return kAccessMembers; }

model::ModuleSet access_of_nothing() {
  model::ModuleSet modules{kInverseBits};
  for (const std::string_view name : {"webmail", "contacts"})
    set_right(modules.bits, *find_right(name), true);
  return modules;
}

Json write_access(model::ModuleSet modules) {
  Json access = Json::object();
  for (const AccessRow& row : kAccess)
    access.set(row.member.data(), Json::boolean(has_right(row, modules.bits)));
  return access;
}

model::ModuleSet read_access(const Json& access, model::ModuleSet modules) {
  for (const AccessRow& row : kAccess) {
    const Json value = access.get(row.member.data());
    if (value.is_missing() || value.is_null()) continue;
    const auto on = value.to_boolean();
    if (!on) throw Fault(FaultKind::InvalidData, fmt::format("{} is neither true nor false", row.member));
    set_right(modules.bits, row, *on);
  }
  return modules;
}

AccessCombinations::AccessCombinations() { add_text(kShipped); }

void AccessCombinations::add_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::invalid_argument("cannot read " + path);
  std::string text(kMaxCombinationFile + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > kMaxCombinationFile) throw std::invalid_argument(path + " is larger than 64 KiB");
  try {
    add_text(text);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(path + ": " + error.what());
  }
}

void AccessCombinations::add_text(std::string_view text) {
  int number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const std::size_t equals = line.find('=');
    const std::string_view name = trim(line.substr(0, equals));
    if (equals == line.npos || name.empty())
      throw std::invalid_argument(fmt::format("line {} is not name=right,right", number));
    std::uint32_t modules = kInverseBits;
    for (const std::string_view word : split(line.substr(equals + 1), ',')) {
      if (word.empty()) continue;
      const AccessRow* row = find_right(to_lower_ascii(word));
      if (row == nullptr) throw std::invalid_argument(fmt::format("line {}: unknown right {}", number, word));
      set_right(modules, *row, true);
    }
    sets_.insert_or_assign(std::string(name), modules);
    if (sets_.size() > kMaxCombinations) throw std::invalid_argument("more than 1000 combinations");
  }
}

model::ModuleSet AccessCombinations::load(std::string_view name) const {
  const auto found = sets_.find(name);
  if (found == sets_.end())
    throw Fault(FaultKind::InvalidData, fmt::format("There is no access combination \"{}\"", name));
  return {found->second};
}

std::optional<std::string> AccessCombinations::find_name(model::ModuleSet modules) const {
  const std::uint32_t wanted = compared_bits(modules.bits);
  for (const auto& [name, set] : sets_)
    if (compared_bits(set) == wanted) return name;
  return std::nullopt;
}

std::vector<std::string> AccessCombinations::names() const {
  std::vector<std::string> all;
  for (const auto& [name, set] : sets_) all.push_back(name);
  return all;
}

}  // namespace gw::provisioning
