// Module `mail/categories`. Source: spec mail-push-and-extras section 4.
#include "ajax/mail/mail_categories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ajax/mail/mail_call.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "mail/mime/addresses.hpp"
#include "mailbox/categories/category_mails.hpp"
#include "mailbox/categories/category_rules.hpp"
#include "mailbox/filters/filters.hpp"
#include "model/settings/availability.hpp"

namespace gw::ajax {
namespace {

namespace categories = mailbox::categories;
using model::settings::MailCategories;

/// Addresses of one request.
constexpr std::size_t kMaxTaught = 100;

std::unique_ptr<mailbox::filters::Filters> open_filters(const Invocation& invocation) {
  return std::make_unique<mailbox::filters::Filters>(
      invocation.work, *invocation.session,
      mailbox::filters::Filters::Wish{
          mail_keys(invocation), {}, &invocation.runtime.mail_protocols->places()});
}

/// Errors: MSG-0087 when the filter server sets no flags; those of Filters.
void change_rules(const Invocation& invocation,
                  const std::function<void(mail::sieve::Script&, const mail::sieve::Context&)>& change) {
  const auto filters = open_filters(invocation);
  const mail::sieve::Extensions& known = filters->extensions();
  if (!known.empty() && !known.contains("imap4flags") && !known.contains("imapflags"))
    throw ApiError(errors::msg::kUnsupportedOperation, {"imap4flags"});
  const mail::sieve::Context context = filters->context();
  filters->change([&](mail::sieve::Script& script) { change(script, context); });
}

/// The administrator's senders become the user's rules when he uses categories for the first time. A filter
/// server that is away stops nothing else.
void make_predefined_rules(const Invocation& invocation, const MailCategories& all) {
  if (!all.is_on || all.rules != model::settings::CategoryRules::Wanted) return;
  if (!model::settings::has_mail_filters(invocation.caller(), invocation.work.settings())) return;
  if (invocation.runtime.mail_protocols == nullptr) return;
  model::settings::note_category_rules(invocation.work, false);
  try {
    change_rules(invocation, [&](mail::sieve::Script& script, const mail::sieve::Context& context) {
      categories::train_predefined(script, all, context);
    });
    model::settings::note_category_rules(invocation.work, true);
  } catch (const ApiError& error) {
    log(LogLevel::Info, "GW0408",
        fmt::format("no rules for categories of mails: {}", format_code(error.code())));
  }
}

/// Errors: SVL-0016 where they are not offered.
MailCategories load_categories(const Invocation& invocation) {
  MailCategories all = model::settings::load_mail_categories(invocation.work);
  if (!all.is_offered) throw ApiError(errors::svl::kNoPermission, {"mail/categories"});
  make_predefined_rules(invocation, all);
  return all;
}

std::vector<std::string> asked_categories(const Invocation& invocation, const MailCategories& all) {
  std::vector<std::string> ids;
  for (const std::string_view id : split(invocation.arguments.text("category_ids"), ','))
    if (!id.empty()) ids.emplace_back(id);
  if (!ids.empty()) return ids;
  ids.emplace_back(model::settings::kGeneralCategory);
  if (!all.is_on) return ids;
  for (const auto& each : all.list)
    if (each.is_active) ids.push_back(each.id);
  return ids;
}

Response unread_of_categories(Invocation& invocation) {
  const MailCategories all = load_categories(invocation);
  const std::vector<std::string> ids = asked_categories(invocation, all);
  const auto mailbox = open_mailbox(invocation);
  Json data = Json::object();
  for (const auto& [id, count] : categories::count_unread(*mailbox, all, ids))
    data.set(id, Json::integer(count));
  return Response::with_data(std::move(data));
}

Response move_to_category(Invocation& invocation) {
  const MailCategories all = load_categories(invocation);
  const std::vector<MailRef> mails = parse_mail_list(invocation.body);
  const auto mailbox = open_mailbox(invocation);
  const std::string_view id = invocation.arguments.text("category_id");
  categories::move_mails(*mailbox, all, id, {0, "INBOX"}, {});
  // Nothing is changed when one of them is elsewhere.
  const std::vector<MailGroup> groups = group_by_folder(mails);
  for (const MailGroup& group : groups) categories::move_mails(*mailbox, all, id, group.folder, {});
  for (const MailGroup& group : groups) categories::move_mails(*mailbox, all, id, group.folder, group.uids);
  return Response::empty_data();
}

/// Lower case, each once. Errors: SVL-0028, SVL-0002, SVL-0031, MSG-1008.
std::vector<std::string> parse_senders(const Json& body) {
  if (!body.is_object()) throw ApiError(errors::svl::kBodyType, {"an object with from"});
  const Json from = body.get("from");
  if (from.is_missing()) throw ApiError(errors::svl::kMissing, {"from"});
  if (!from.is_array()) throw ApiError(errors::svl::kBodyType, {"an object whose from is an array"});
  if (from.size() > kMaxTaught)
    throw ApiError(errors::svl::kBodyIllegal, {"more than " + std::to_string(kMaxTaught) + " addresses"});
  std::vector<std::string> addresses;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const mail::AddressList read = mail::mime::parse_addresses(from.at(i).as_string());
    if (read.size() != 1 || read.front().address.find('@') == std::string::npos)
      throw ApiError(errors::msg::kBadAddress, {from.at(i).dump()});
    const std::string address = to_lower_ascii(read.front().address);
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
      addresses.push_back(address);
  }
  if (addresses.empty()) throw ApiError(errors::svl::kMissing, {"from"});
  return addresses;
}

Response train_category(Invocation& invocation) {
  const MailCategories all = load_categories(invocation);
  const std::vector<std::string> addresses = parse_senders(invocation.body);
  const std::string_view id = invocation.arguments.text("category_id");
  const auto mailbox = open_mailbox(invocation);
  categories::move_mails(*mailbox, all, id, {0, "INBOX"}, {});
  if (invocation.arguments.boolean("apply-for-future-ones", true)) {
    change_rules(invocation, [&](mail::sieve::Script& script, const mail::sieve::Context& context) {
      categories::train(script, all, id, addresses, context);
    });
  }
  if (invocation.arguments.boolean("apply-for-existing"))
    categories::move_mails_from(*mailbox, all, id, addresses);
  return Response::empty_data();
}

constexpr Parameter kUnreadCategories[] = {{"category_ids"}};
constexpr Parameter kMoveCategory[] = {{"category_id", Type::Text, true}};
constexpr Parameter kTrainCategory[] = {{"category_id", Type::Text, true},
                                        {"apply-for-existing", Type::Boolean},
                                        {"apply-for-future-ones", Type::Boolean}};

constexpr Action kCategoryActions[] = {
    {"move", kPut, move_to_category, kBody | kSerial, kMoveCategory, model::Module::Webmail},
    {"train", kPut, train_category, kBody | kSerial, kTrainCategory, model::Module::Webmail},
    {"unread", kGet, unread_of_categories, 0, kUnreadCategories, model::Module::Webmail},
};

}  // namespace

const ApiModule kMailCategoriesModule{"mail/categories", kCategoryActions};

}  // namespace gw::ajax
