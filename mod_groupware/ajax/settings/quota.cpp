// Module `quota`: limits and use per module. Source: spec settings section 6.
#include "ajax/settings/quota.hpp"

#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_tree.hpp"
#include "core/errors/account.hpp"
#include "model/quotas/quota_service.hpp"

namespace gw::ajax {
namespace {

Json account_json(const model::quotas::AccountQuota& quota) {
  Json entry = Json::object();
  entry.set("account_id", Json::string("0"));
  entry.set("account_name", Json::string(""));
  if (quota.count_limit >= 0) {
    entry.set("countquota", Json::integer(quota.count_limit));
    entry.set("countuse", Json::integer(quota.count_use));
  }
  if (quota.byte_limit) {
    entry.set("quota", Json::integer(*quota.byte_limit));
    entry.set("use", Json::integer(quota.byte_use));
  }
  return entry;
}

Json module_json(const model::quotas::AccountQuota& quota) {
  Json accounts = Json::array();
  accounts.append(account_json(quota));
  Json entry = Json::object();
  entry.set("display_name", Json::string(quota.display_name));
  entry.set("accounts", std::move(accounts));
  return entry;
}

Response get_quota(Invocation& invocation) {
  const std::string module(invocation.arguments.text("module"));
  const auto quotas = model::quotas::list_quotas(invocation.work);
  Json data = Json::object();
  for (const auto& quota : quotas)
    if (module.empty() || module == quota.module) data.set(quota.module, module_json(quota));
  if (!module.empty() && data.size() == 0) throw HttpError(400, "Unknown module: " + module);
  const std::string_view account = invocation.arguments.text("account", "0");
  if (account != "0") throw ApiError(errors::quota::kUnknownAccount, {std::string(account), module});
  return Response::with_data(std::move(data));
}

Response filestore(Invocation& invocation) {
  const auto quota = model::quotas::file_quota(invocation.work);
  Json data = Json::object();
  data.set("quota", Json::integer(quota.byte_limit.value_or(-1)));
  data.set("use", Json::integer(quota.byte_use));
  return Response::with_data(std::move(data));
}

/// A mailbox without quota answers -1, and so does no mailbox at all.
Response mailbox_quota(Invocation& invocation) {
  mail::Quota quota;
  if (offers_mail(invocation)) quota = open_mailbox(invocation)->folders(0).quota("INBOX");
  Json data = Json::object();
  data.set("quota", Json::integer(quota.storage_limit));
  data.set("use", Json::integer(quota.storage_use));
  data.set("countquota", Json::integer(quota.message_limit));
  data.set("countuse", Json::integer(quota.message_use));
  return Response::with_data(std::move(data));
}

constexpr Parameter kParameters[] = {{"module"}, {"account"}};

constexpr Action kQuotaActions[] = {
    {"filestore", kGet, filestore},
    {"get", kGet, get_quota, 0, kParameters},
    {"mail", kGet, mailbox_quota},
};

}  // namespace

const ApiModule kQuotaModule{"quota", kQuotaActions};

}  // namespace gw::ajax
