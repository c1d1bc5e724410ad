#include "recurrence/occurrences.hpp"

#include <algorithm>

namespace gw::recurrence {
namespace {

constexpr std::size_t kMaxSteps = 100'000;

}  // namespace

bool Occurrences::Names::hold(const Series& series, LocalTime start, const RecurrenceId& id) const {
  return std::binary_search(exact.begin(), exact.end(), id) ||
         std::any_of(other.begin(), other.end(),
                     [&](const RecurrenceId& name) { return series.is_named_by(start, name); });
}

Occurrences::Occurrences(const Series& series, Include include, TimeZone viewer)
    : series_(series),
      include_(include),
      viewer_(std::move(viewer)),
      hits_(series.rule ? std::optional(series.rule_hits()) : std::nullopt),
      longest_(series.duration),
      deleted_(sort_names(series.deleted)),
      overridden_(sort_names(series.overridden)) {
  collect_extras();
}

Occurrences::Names Occurrences::sort_names(const std::vector<RecurrenceId>& ids) const {
  Names names;
  const RecurrenceId::Kind own = series_.id_of(series_.start).kind;
  for (const RecurrenceId& id : ids) (id.kind == own ? names.exact : names.other).push_back(id);
  std::sort(names.exact.begin(), names.exact.end());
  return names;
}

void Occurrences::collect_extras() {
  for (const ExtraDate& date : series_.extra) {
    extras_.push_back({series_.wall_of(date.start), date.duration});
    longest_ = std::max(longest_, date.duration.value_or(0));
  }
  // Without a rule the start is what recurs first; with one it counts only where the rule hits it.
  if (!series_.rule) extras_.push_back({series_.shown(series_.start), std::nullopt});
  std::sort(extras_.begin(), extras_.end());
  extras_.erase(std::unique(extras_.begin(), extras_.end(),
                            [](const Extra& a, const Extra& b) { return a.start == b.start; }),
                extras_.end());
}

void Occurrences::seek(LocalTime start) {
  is_behind_hits_ = false;
  if (hits_) hits_->seek(start);
  extra_ = static_cast<std::size_t>(
      std::lower_bound(extras_.begin(), extras_.end(), start,
                       [](const Extra& extra, LocalTime at) { return extra.start < at; }) -
      extras_.begin());
}

std::optional<LocalTime> Occurrences::next_hit() {
  if (!hits_ || is_behind_hits_) return std::nullopt;
  auto hit = hits_->next();
  while (hit && series_.is_behind_until(*hit)) hit = hits_->next();
  is_behind_hits_ = !hit;
  return hit;
}

std::optional<LocalTime> Occurrences::previous_hit() {
  if (!hits_) return std::nullopt;
  is_behind_hits_ = false;
  auto hit = hits_->previous();
  while (hit && series_.is_behind_until(*hit)) hit = hits_->previous();
  return hit;
}

/// The smaller of both; the cursor of the other goes back.
std::optional<Occurrences::Extra> Occurrences::next_start() {
  const auto hit = next_hit();
  if (extra_ >= extras_.size()) return hit ? std::optional(Extra{*hit, std::nullopt}) : std::nullopt;
  const Extra& extra = extras_[extra_];
  if (hit && *hit < extra.start) return Extra{*hit, std::nullopt};
  if (hit && *hit > extra.start) previous_hit();
  ++extra_;
  return extra;
}

std::optional<Occurrences::Extra> Occurrences::previous_start() {
  const auto hit = previous_hit();
  if (extra_ == 0) return hit ? std::optional(Extra{*hit, std::nullopt}) : std::nullopt;
  const Extra& extra = extras_[extra_ - 1];
  if (hit && *hit > extra.start) return Extra{*hit, std::nullopt};
  if (hit && *hit < extra.start) next_hit();
  --extra_;
  return extra;
}

std::optional<Occurrence> Occurrences::chosen(const Extra& found) const {
  Occurrence out;
  out.id = series_.id_of(found.start);
  out.is_deleted = deleted_.hold(series_, found.start, out.id);
  if (out.is_deleted && include_ != Include::All) return std::nullopt;
  out.is_overridden = overridden_.hold(series_, found.start, out.id);
  if (out.is_overridden && include_ == Include::Own) return std::nullopt;
  out.start = found.start;
  out.end = {found.start.seconds + found.duration.value_or(series_.duration)};
  out.starts_at = series_.instant_of(out.start, viewer_);
  // Where the clocks of a viewer skip an hour, a floating end may lie before its start.
  out.ends_at = std::max(out.starts_at, series_.instant_of(out.end, viewer_));
  return out;
}

std::optional<Occurrence> Occurrences::next() {
  while (const auto start = next_start())
    if (auto found = chosen(*start)) return found;
  return std::nullopt;
}

std::optional<Occurrence> Occurrences::previous() {
  while (const auto start = previous_start())
    if (auto found = chosen(*start)) return found;
  return std::nullopt;
}

Expansion expand(const Series& series, InstantRange range, Include include, std::size_t most,
                 const TimeZone& viewer) {
  Expansion expansion;
  const TimeZone& zone = series.is_floating() ? viewer : *series.zone;
  Occurrences walk(series, include, viewer);
  // A day to spare on both sides: more than any clock is ever set forward or back.
  walk.seek({zone.local_at(range.from).seconds - walk.longest_duration() - LocalTime::kDaySeconds});
  const LocalTime last{zone.local_at(range.until).seconds + LocalTime::kDaySeconds};
  for (std::size_t step = 0;; ++step) {
    const auto occurrence = walk.next();
    if (!occurrence || occurrence->start > last) break;
    const bool is_over =
        occurrence->ends_at <= range.from &&
        !(occurrence->starts_at == occurrence->ends_at && occurrence->starts_at == range.from);
    if (!is_over && occurrence->starts_at < range.until) {
      expansion.is_cut = expansion.occurrences.size() == most;
      if (!expansion.is_cut) expansion.occurrences.push_back(*occurrence);
    }
    if (expansion.is_cut || step == kMaxSteps) {
      expansion.is_cut = true;
      break;
    }
  }
  std::stable_sort(expansion.occurrences.begin(), expansion.occurrences.end(),
                   [](const Occurrence& a, const Occurrence& b) { return a.starts_at < b.starts_at; });
  return expansion;
}

}  // namespace gw::recurrence
