#include "mailbox/address_collection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <string>

#include "core/log.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "model/contacts/collected_addresses.hpp"
#include "model/settings/config_tree.hpp"

namespace gw::mailbox {
namespace {

using model::contacts::CollectedAddress;

bool is_own(Mailbox& mailbox, const std::string& address) {
  const auto same = [&](const std::string& own) { return equal_ignoring_ascii_case(own, address); };
  const auto& own = mailbox.own_addresses();
  if (std::any_of(own.begin(), own.end(), same)) return true;
  const auto& records = mailbox.records();
  return std::any_of(records.begin(), records.end(),
                     [&](const accounts::AccountRecord& each) { return same(each.address); });
}

std::vector<CollectedAddress> strangers_of(Mailbox& mailbox, const mail::AddressList& list) {
  std::vector<CollectedAddress> found;
  for (const mail::Address& each : list) {
    if (found.size() == model::contacts::kMostCollected) break;
    std::string address = mail::mime::to_unicode_domain(each.address);
    if (!is_own(mailbox, address)) found.push_back({std::move(address), each.personal.value_or("")});
  }
  return found;
}

bool is_spam(Mailbox& mailbox, const FolderPath& folder) {
  return folder.fullname == mailbox.default_folder(folder.account, mail::DefaultFolder::Spam);
}

struct Collection {
  const char* setting;
  const FolderPath* read_in;  ///< null: the mail was sent
};

void collect(Mailbox& mailbox, const mail::AddressList& list, const Collection& how) {
  model::UnitOfWork& work = mailbox.work();
  if (!model::contacts::may_collect(work)) return;
  const Json settings = model::settings::read_config(work, "modules/mail");
  if (!settings.get(how.setting).is_true()) return;
  const FolderId folder(settings.get("contactCollectFolder").to_integer().value_or(0));
  if (!folder || (how.read_in != nullptr && is_spam(mailbox, *how.read_in))) return;
  model::contacts::collect_addresses(work, folder, strangers_of(mailbox, list), how.read_in == nullptr);
}

/// The mail was sent or read, whatever happens here.
void try_to_collect(Mailbox& mailbox, const mail::AddressList& list, const Collection& how) try {
  collect(mailbox, list, how);
} catch (const std::exception& error) {
  const auto* of_api = dynamic_cast<const ApiError*>(&error);
  log(LogLevel::Info, "GW0404",
      fmt::format("no address was collected: {}", of_api ? format_code(of_api->code()) : error.what()));
}

}  // namespace

void collect_recipients(Mailbox& mailbox, const mail::AddressList& recipients) {
  try_to_collect(mailbox, recipients, {"contactCollectOnMailTransport", nullptr});
}

void collect_senders(Mailbox& mailbox, const FolderPath& folder, const mail::AddressList& senders) {
  try_to_collect(mailbox, senders, {"contactCollectOnMailAccess", &folder});
}

}  // namespace gw::mailbox
