#include "calendars/feeds/feed_calendar.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>
#include <utility>

#include "calendars/extended_properties.hpp"
#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/errors/calendar.hpp"
#include "core/log.hpp"
#include "model/calendar/feed_events.hpp"
#include "model/folders/account_folders.hpp"
#include "model/users/user_directory.hpp"

namespace gw::calendars::feeds {
namespace {

namespace calendar = model::calendar;
namespace cal = errors::cal;

/// What others publish leaves the user free unless he says otherwise.
constexpr PropertyDefaults kFeedDefaults{.is_transparent = true};
/// Longer than any reading takes: a process that died while it read does not block the feed for good.
constexpr std::int64_t kClaimMillis = 120'000;
/// Between two looks at what somebody else is reading.
constexpr std::chrono::milliseconds kPause{100};

FeedConfig config_of(const calendar::CalendarAccount& account) { return parse_feed_config(account.config); }

FeedFailure failure_of(const calendar::Freshness& freshness) {
  return static_cast<FeedFailure>(freshness.failure);
}

/// Without what is the request's alone.
model::Environment environment_of_process(const model::UnitOfWork& work) {
  model::Environment environment = work.environment();
  environment.scheduling = nullptr;
  return environment;
}

std::string uri_of(const calendar::AccountRow& row) {
  return std::string(row.account.config.get("uri").as_string());
}

}  // namespace

FeedCalendar::FeedCalendar(std::optional<mail::web::FetchRules> rules, Milliseconds patience)
    : rules_(std::move(rules)),
      patience_(patience),
      queue_(std::make_unique<RefreshQueue>([this](const DueFeed& feed) { read_due(feed); })) {}

mail::web::FetchRules FeedCalendar::rules() const {
  if (!rules_) throw ApiError(cal::kProviderUnavailable, {std::string(kName)});
  mail::web::FetchRules rules = *rules_;
  rules.is_cancelled = &queue_->is_stopping();
  return rules;
}

calendar::AccountRow FeedCalendar::load(model::UnitOfWork& work, FolderId folder) const {
  auto row = calendar::find_account(work.connection(), work.context(), folder);
  if (!row || row->account.user != work.caller().user)
    throw ApiError(cal::kAccountNotFound, {std::to_string(model::folders::account_of(folder))});
  return std::move(*row);
}

void FeedCalendar::refresh(model::UnitOfWork& work, FolderId folder, Refresh how) const {
  calendar::AccountRow row = load(work, folder);
  const bool was_read = row.freshness.fetched.value > 0;
  const bool is_due = row.freshness.next <= work.now();
  const bool is_waited_for = how == Refresh::Now || (how == Refresh::WhenDue && !was_read && is_due);
  if (is_waited_for)
    row = read(work, row);
  else if (is_due && rules_)
    queue_->push({environment_of_process(work), work.context(), work.caller().user, folder});
  if (was_read && !is_waited_for) return;
  const bool is_read_yet = is_waited_for && row.freshness.claimed_until > work.now();
  if (is_read_yet || (!is_waited_for && is_due)) throw_failure(FeedFailure::Unreachable, uri_of(row));
  if (row.freshness.failure != 0) throw_failure(failure_of(row.freshness), uri_of(row));
}

calendar::AccountRow FeedCalendar::read(model::UnitOfWork& work, const calendar::AccountRow& known) const {
  static_cast<void>(rules());
  const FolderId folder = known.account.folder;
  bool is_mine = false;
  work.write([&](model::Transaction& transaction) {
    const Millis now = work.now();
    is_mine = calendar::claim_reading(transaction, folder, now, {now.value + kClaimMillis});
  });
  if (!is_mine) return wait_for_other(work, folder);
  // Somebody may have read it between our look and our claim: then we have what we came for.
  const calendar::AccountRow current = load(work, folder);
  if (current.freshness.next != known.freshness.next && current.freshness.next > work.now()) {
    give_back(work, current);
    return load(work, folder);
  }
  try {
    read_claimed(work, current);
  } catch (const std::exception&) {
    give_back(work, current);
    throw;
  }
  return load(work, folder);
}

/// Nobody shall wait for a reading that failed on our side.
void FeedCalendar::give_back(model::UnitOfWork& work, const calendar::AccountRow& known) noexcept {
  try {
    work.write([&](model::Transaction& transaction) {
      calendar::finish_reading(transaction, known.account.folder, known.freshness.claimed_until,
                               known.freshness);
    });
  } catch (const std::exception& error) {
    log(LogLevel::Info, "GW0622",
        fmt::format("calendar {} stays claimed for a while: {}", known.account.folder.value, error.what()));
  }
}

void FeedCalendar::read_claimed(model::UnitOfWork& work, const calendar::AccountRow& known) const {
  const calendar::CalendarAccount& account = known.account;
  const FeedConfig config = config_of(account);
  std::string password = open_feed_password(work.connection(), account, work.context());
  work.release();
  FeedReading reading = read_from_web(config, password, known.freshness, work.caller().timezone, rules());
  wipe(password);
  calendar::Freshness fresh = known.freshness;
  if (reading.document) {
    const auto outcome = calendar::store_feed(work, account.folder, reading.document->series);
    fresh.etag = reading.etag;
    fresh.modified = reading.modified;
    fresh.refresh_minutes = reading.document->refresh_minutes;
    log(LogLevel::Debug, "GW0620",
        fmt::format("calendar {} of context {} was read: {} events new, {} changed, {} gone, {} not readable",
                    account.folder.value, work.context().value, outcome.added, outcome.changed,
                    outcome.removed, reading.document->left_out));
  }
  fresh.failure = static_cast<int>(reading.failure);
  const Millis now = work.now();
  if (reading.failure == FeedFailure::None) fresh.fetched = now;
  fresh.next = next_reading(config, fresh.refresh_minutes, reading.failure, now);
  work.write([&](model::Transaction& transaction) {
    calendar::finish_reading(transaction, account.folder, known.freshness.claimed_until, fresh);
  });
}

calendar::AccountRow FeedCalendar::wait_for_other(model::UnitOfWork& work, FolderId folder) const {
  const auto end = std::chrono::steady_clock::now() + patience_;
  for (;;) {
    calendar::AccountRow row = load(work, folder);
    work.release();
    if (row.freshness.claimed_until <= work.now() || queue_->is_stopping() ||
        std::chrono::steady_clock::now() >= end)
      return row;
    std::this_thread::sleep_for(kPause);
  }
}

void FeedCalendar::read_due(const DueFeed& feed) const noexcept {
  try {
    model::Environment environment = feed.environment;
    model::UnitOfWork work(environment, {});
    work.enter(feed.context);
    auto caller = model::users::load_caller(work.connection(), feed.context, feed.user);
    if (!caller) return;
    work.replace_caller(std::move(*caller));
    const calendar::AccountRow row = load(work, feed.folder);
    if (row.freshness.next > work.now() || row.freshness.claimed_until > work.now()) return;
    read(work, row);
  } catch (const std::exception& error) {
    log(LogLevel::Info, "GW0621",
        fmt::format("calendar {} of context {} was not read: {}", feed.folder.value, feed.context.value,
                    error.what()));
  }
}

CalendarInput FeedCalendar::probe(model::UnitOfWork& work, const CalendarInput& input) const {
  const FeedConfig config = parse_feed_config(input.config);
  auto change = parse_properties(input.properties, kFeedDefaults, kName);
  mail::web::FetchRules allowed = rules();
  work.release();
  const FeedReading reading =
      read_from_web(config, config.password.value_or(""), {}, work.caller().timezone, std::move(allowed));
  if (reading.failure != FeedFailure::None) throw_failure(reading.failure, config.uri);
  CalendarInput suggested;
  suggested.title = input.title && !input.title->empty() ? input.title : reading.document->title;
  if (!suggested.title) suggested.title = "Calendar";
  suggested.config = write_feed_config(config);
  // What was typed in comes back: the folder is made with what this answers.
  if (config.password) suggested.config.set("password", Json::string(*config.password));
  if (!config.refresh_minutes && reading.document->refresh_minutes > 0)
    suggested.config.set("refreshInterval", Json::integer(reading.document->refresh_minutes));
  calendar::CalendarProperties properties{
      change.color.value_or(std::nullopt), change.description.value_or(std::nullopt),
      change.is_transparent.value_or(std::nullopt), change.is_for_sync.value_or(std::nullopt)};
  if (!properties.color) properties.color = reading.document->color;
  if (!properties.description) properties.description = reading.document->description;
  suggested.properties = write_properties(properties, kFeedDefaults);
  return suggested;
}

FolderId FeedCalendar::create(model::UnitOfWork& work, const CalendarInput& input) const {
  static_cast<void>(rules());
  const FeedConfig config = parse_feed_config(input.config);
  const auto change = parse_properties(input.properties, kFeedDefaults, kName);
  // Made at first use, in a transaction of its own.
  static_cast<void>(seal_feed_password(work.connection(), {}, work.context(), config.password.value_or("")));
  FolderId folder;
  work.write([&](model::Transaction& transaction) {
    transaction.stamp(1);
    sql::Connection& connection = transaction.connection();
    if (calendar::count_accounts(connection, work.context(), work.caller().user, kName) >= kMostAccounts)
      throw ApiError(cal::kTooManyAccounts, {std::string(kName), std::to_string(kMostAccounts)});
    folder = model::folders::create_account_folder(transaction, input.title.value_or("Calendar"),
                                                   input.is_subscribed.value_or(true));
    calendar::CalendarAccount account{
        folder, work.caller().user, std::string(kName), write_feed_config(config), {}};
    account.sealed_password =
        seal_feed_password(connection, account, work.context(), config.password.value_or(""));
    calendar::insert_account(transaction, account);
    calendar::change_properties(transaction, folder, change);
  });
  return folder;
}

void FeedCalendar::change(model::UnitOfWork& work, FolderId folder, const CalendarInput& input) const {
  const auto change = parse_properties(input.properties, kFeedDefaults, kName);
  calendar::CalendarAccount account = load(work, folder).account;
  bool is_changed = false, is_other = false;
  if (input.config.is_object()) {
    const FeedConfig before = config_of(account), after = parse_feed_config(input.config);
    // Whoever shows the settings does not know the password: it stays, unless it would go to somebody else.
    is_other = after.uri != before.uri || after.login != before.login || after.password;
    if (is_other)
      account.sealed_password =
          seal_feed_password(work.connection(), account, work.context(), after.password.value_or(""));
    account.config = write_feed_config(after);
    is_changed = is_other || after.refresh_minutes != before.refresh_minutes;
  }
  work.write([&](model::Transaction& transaction) {
    if (is_changed) calendar::change_account(transaction, account, is_other);
    calendar::change_properties(transaction, folder, change);
  });
}

CalendarShape FeedCalendar::describe(const calendar::AccountRow* account,
                                     const calendar::CalendarProperties& properties) const {
  if (account == nullptr) return {kName, Json(), write_properties(properties, kFeedDefaults)};
  const Millis fetched = account->freshness.fetched;
  return {
      kName, account->account.config,
      write_properties(properties, kFeedDefaults, fetched.value > 0 ? std::optional(fetched) : std::nullopt)};
}

}  // namespace gw::calendars::feeds
