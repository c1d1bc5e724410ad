#include "model/calendar/published_busy.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "model/calendar/calendar_people.hpp"
#include "model/contexts/context_directory.hpp"
#include "model/settings/config_tree.hpp"
#include "model/users/account_rules.hpp"
#include "model/users/user_directory.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::string_view kPublishPath = "modules/calendar/publishFreeBusy";

bool is_listed(const PublicBusySettings& settings, const contexts::Context& context) {
  const auto names = [&](const std::string& word) {
    return word == std::to_string(context.id.value) || word == context.name ||
           std::find(context.mappings.begin(), context.mappings.end(), word) != context.mappings.end();
  };
  return settings.contexts.empty() || std::any_of(settings.contexts.begin(), settings.contexts.end(), names);
}

std::optional<UserId> find_asked(sql::Connection& connection, ContextId context,
                                 const BusyQuestion& question) {
  if (!question.server.empty()) {
    const std::string address = std::string(question.user) + "@" + std::string(question.server);
    return users::find_by_address(connection, context, users::fold_mail_address(address));
  }
  const auto user = users::find_by_login(connection, context, to_lower_ascii(question.user));
  return user ? std::optional(user->id) : std::nullopt;
}

/// The caller of the user himself, to read what he chose.
std::optional<Caller> find_owner(Environment& environment, const BusyQuestion& question) {
  const PublicBusySettings& settings = environment.settings.calendar.public_busy;
  if (!settings.enabled) return std::nullopt;
  UnitOfWork work(environment, {});
  const auto context = contexts::find_context(work.connection(), question.context);
  if (!context || !context->enabled || !is_listed(settings, *context)) return std::nullopt;
  work.enter(context->id);
  sql::Connection& connection = work.connection();
  const auto user = find_asked(connection, context->id, question);
  auto caller = user ? users::load_caller(connection, context->id, *user) : std::nullopt;
  if (!caller || caller->is_guest || !caller->modules.has(Module::Calendar)) return std::nullopt;
  return caller;
}

bool is_published(UnitOfWork& owner) {
  const Json chosen = settings::read_config(owner, kPublishPath);
  return chosen.is_boolean() ? chosen.is_true() : owner.settings().calendar.public_busy.is_default;
}

/// Nobody, in the zone of the user: days without zone are his.
Caller stranger(const Caller& owner) {
  Caller caller;
  caller.context = owner.context;
  caller.timezone = owner.timezone;
  return caller;
}

}  // namespace

std::optional<PublishedBusy> find_published_busy(Environment& environment, const BusyQuestion& question) {
  const auto owner = find_owner(environment, question);
  if (!owner) return std::nullopt;
  {
    UnitOfWork work(environment, *owner);
    if (!is_published(work)) return std::nullopt;
  }
  UnitOfWork work(environment, stranger(*owner));
  PublishedBusy published;
  const Millis now = work.now();
  published.range = {{now.value - question.past.count()}, {now.value + question.future.count()}};
  Attendee asked;
  asked.entity = owner->user.value;
  auto busy = free_busy(work, std::array{asked}, published.range, {}, true);
  AttendeeBusy& his = busy.front();
  published.address = his.attendee.email;
  published.name = his.attendee.cn;
  for (BusySlot& slot : his.slots) {
    slot.from = std::max(slot.from, published.range.from);
    slot.until = std::min(slot.until, published.range.until);
    slot.event.reset();
  }
  std::erase_if(his.slots,
                [](const BusySlot& slot) { return slot.type == BusyType::Free || slot.from >= slot.until; });
  published.slots = std::move(his.slots);
  return published;
}

}  // namespace gw::model::calendar
