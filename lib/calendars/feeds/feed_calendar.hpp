// Calendars that somebody publishes as an iCalendar document: provider `ical`. The document is read once for
// all who ask at the same time, without a connection to the database, and kept as events of its folder.
// Source: spec chronos section 14, users p27.
#pragma once

#include <memory>
#include <optional>

#include "calendars/calendar_provider.hpp"
#include "calendars/feeds/feed_reading.hpp"
#include "calendars/feeds/refresh_queue.hpp"

namespace gw::calendars::feeds {

class FeedCalendar final : public CalendarProvider {
 public:
  static constexpr std::string_view kName = "ical";
  static constexpr std::int64_t kMostAccounts = 20;  ///< of a user

  /// Who comes second waits so long for the reading of somebody else.
  static constexpr Milliseconds kPatience{10'000};

  /// What may be reached; nothing: feeds are off, and what was read before is shown as it is.
  explicit FeedCalendar(std::optional<mail::web::FetchRules> rules, Milliseconds patience = kPatience);

  [[nodiscard]] std::string_view name() const override { return kName; }
  /// A feed that was read before and is due is read later, behind the caller's back. CAL-5031 also of what
  /// somebody else still reads when patience is over.
  void refresh(model::UnitOfWork& work, FolderId folder, Refresh how) const override;
  [[nodiscard]] CalendarInput probe(model::UnitOfWork& work, const CalendarInput& input) const override;
  FolderId create(model::UnitOfWork& work, const CalendarInput& input) const override;
  void change(model::UnitOfWork& work, FolderId folder, const CalendarInput& input) const override;
  [[nodiscard]] CalendarShape describe(const model::calendar::AccountRow* account,
                                       const model::calendar::CalendarProperties& properties) const override;
  /// The process ends: nobody reads, and nobody waits any more.
  void stop() const noexcept { queue_->stop(); }
  /// For tests.
  [[nodiscard]] RefreshQueue& queue() const { return *queue_; }

 private:
  [[nodiscard]] mail::web::FetchRules rules() const;
  [[nodiscard]] model::calendar::AccountRow load(model::UnitOfWork& work, FolderId folder) const;
  /// Reads and stores, or waits for whoever does. Gives what is known then.
  model::calendar::AccountRow read(model::UnitOfWork& work, const model::calendar::AccountRow& known) const;
  /// `known`: the row as it is under the claim.
  static void give_back(model::UnitOfWork& work, const model::calendar::AccountRow& known) noexcept;
  void read_claimed(model::UnitOfWork& work, const model::calendar::AccountRow& known) const;
  /// What there is when nobody reads it any more, patience is over, or the process ends. Holds no connection
  /// while it waits.
  model::calendar::AccountRow wait_for_other(model::UnitOfWork& work, FolderId folder) const;
  void read_due(const DueFeed& feed) const noexcept;

  const std::optional<mail::web::FetchRules> rules_;
  const Milliseconds patience_;
  /// Last: its thread uses the rest.
  const std::unique_ptr<RefreshQueue> queue_;
};

}  // namespace gw::calendars::feeds
