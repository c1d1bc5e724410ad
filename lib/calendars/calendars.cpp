#include "calendars/calendars.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/text.hpp"
#include "model/folders/account_folders.hpp"

namespace gw::calendars {
namespace {

namespace calendar = model::calendar;
namespace folders = model::folders;

constexpr std::size_t kLongestRepeated = 100;

[[noreturn]] void refuse_account(FolderId folder) {
  throw ApiError(errors::cal::kAccountNotFound, {std::to_string(folders::account_of(folder))});
}

[[noreturn]] void refuse_birthdays(const model::Caller& caller, FolderId folder) {
  if (caller.is_guest || caller.modules.has(model::Module::Contacts)) refuse_account(folder);
  throw ApiError(errors::cal::kCapabilityMissing, {"contacts"});
}

}  // namespace

const CalendarProvider* Calendars::find(std::string_view name) const {
  for (const CalendarProvider* provider : std::array<const CalendarProvider*, 3>{&own_, &birthdays_, &feeds_})
    if (provider->name() == name) return provider;
  return nullptr;
}

const CalendarProvider& Calendars::named(std::string_view name) const {
  if (const CalendarProvider* provider = find(name)) return *provider;
  throw ApiError(errors::cal::kNotByProvider, {std::string(first_characters(name, kLongestRepeated))});
}

const CalendarProvider& Calendars::of(model::UnitOfWork& work, FolderId folder) const {
  if (!folders::is_account_folder(folder)) return own_;
  if (folder == folders::kBirthdayFolder) {
    if (!birthdays::BirthdayCalendar::is_offered_to(work.caller())) refuse_birthdays(work.caller(), folder);
    return birthdays_;
  }
  const auto row = calendar::find_account(work.connection(), work.context(), folder);
  if (!row || row->account.user != work.caller().user) refuse_account(folder);
  const CalendarProvider* provider = find(row->account.provider);
  if (provider == nullptr) throw ApiError(errors::cal::kProviderUnavailable, {row->account.provider});
  return *provider;
}

std::vector<calendar::SeenEvent> Calendars::list_refs(model::UnitOfWork& work,
                                                      std::span<const calendar::EventRef> refs,
                                                      calendar::EventFields fields) const {
  const auto is_birthday = [](const calendar::EventRef& ref) {
    return ref.folder == folders::kBirthdayFolder;
  };
  const bool has_birthdays = std::any_of(refs.begin(), refs.end(), is_birthday) &&
                             birthdays::BirthdayCalendar::is_offered_to(work.caller());
  if (!has_birthdays) return own_.list_refs(work, refs, fields);
  // Each run of one kind is read together: clients ask calendar by calendar.
  std::vector<calendar::SeenEvent> events;
  while (!refs.empty()) {
    const bool kind = is_birthday(refs.front());
    const auto end = std::find_if(refs.begin(), refs.end(),
                                  [&](const calendar::EventRef& ref) { return is_birthday(ref) != kind; });
    const auto run = refs.first(static_cast<std::size_t>(end - refs.begin()));
    const CalendarProvider& provider =
        kind ? static_cast<const CalendarProvider&>(birthdays_) : static_cast<const CalendarProvider&>(own_);
    auto found = provider.list_refs(work, run, fields);
    std::move(found.begin(), found.end(), std::back_inserter(events));
    refs = refs.subspan(run.size());
  }
  return events;
}

std::vector<calendar::AlarmTrigger> Calendars::pending_alarms(model::UnitOfWork& work, Millis until,
                                                              std::span<const std::string> actions) const {
  auto pending = calendar::pending_alarms(work, until, actions);
  birthdays::drop_lost_birthdays(work, pending);
  return pending;
}

void Calendars::describe(model::UnitOfWork& work, std::vector<folders::Node>& nodes) const {
  const auto is_calendar = [](const folders::Node& node) {
    return node.module == model::ObjectModule::Calendar && node.stored.value >= folders::kFirstOrdinaryId;
  };
  if (std::none_of(nodes.begin(), nodes.end(), is_calendar)) return;
  const auto properties = calendar::list_properties(work.connection(), work.context(), work.caller().user);
  std::map<FolderId, calendar::AccountRow> accounts;
  for (calendar::AccountRow& row :
       calendar::list_accounts(work.connection(), work.context(), work.caller().user))
    accounts.emplace(row.account.folder, std::move(row));
  std::erase_if(nodes, [&](const folders::Node& node) {
    return is_calendar(node) && folders::is_account_folder(node.stored) &&
           node.stored != folders::kBirthdayFolder && !accounts.contains(node.stored);
  });
  for (folders::Node& node : nodes) {
    if (!is_calendar(node)) continue;
    const auto account = accounts.find(node.stored);
    const CalendarProvider* provider = &own_;
    if (node.stored == folders::kBirthdayFolder) provider = &birthdays_;
    if (account != accounts.end()) provider = find(account->second.account.provider);
    if (provider == nullptr) continue;
    const auto own = properties.find(node.stored);
    CalendarShape shape =
        provider->describe(account == accounts.end() ? nullptr : &account->second,
                           own == properties.end() ? calendar::CalendarProperties{} : own->second);
    node.calendar_provider = shape.provider;
    node.calendar_config = std::move(shape.config);
    node.calendar_properties = std::move(shape.properties);
  }
}

std::optional<folders::Node> Calendars::birthday_folder(model::UnitOfWork& work,
                                                        std::string_view locale) const {
  if (!birthdays::BirthdayCalendar::is_offered_to(work.caller())) return std::nullopt;
  return birthdays_.folder_node(work, locale);
}

}  // namespace gw::calendars
