#include <algorithm>
#include <set>

#include "core/errors/calendar.hpp"
#include "model/attachments/attachment_search.hpp"
#include "model/calendar/event_places.hpp"
#include "model/calendar/event_query.hpp"
#include "model/calendar/event_time.hpp"
#include "model/folders/account_folders.hpp"
#include "model/text_pattern.hpp"

namespace gw::model::calendar {
namespace {

class Words {
 public:
  explicit Words(const EventQuery::Words& words)
      : in_(words.in), pattern_(words.pattern, PatternKind::Substring) {}
  [[nodiscard]] std::string piece() const { return pattern_.piece(); }
  [[nodiscard]] bool reads(EventText text) const {
    return std::find(in_.begin(), in_.end(), text) != in_.end();
  }
  /// `files`: the names of those that the event shows.
  [[nodiscard]] bool match(const EventData& event, const std::vector<std::string>& files) const {
    return std::any_of(in_.begin(), in_.end(), [&](EventText text) { return match(event, files, text); });
  }

 private:
  [[nodiscard]] bool match(const EventData& event, const std::vector<std::string>& files,
                           EventText text) const {
    switch (text) {
      case EventText::Summary:
        return pattern_.matches(event.summary);
      case EventText::Location:
        return pattern_.matches(event.location);
      case EventText::Description:
        return pattern_.matches(event.description);
      case EventText::Categories:
        return match(event.categories);
      case EventText::Attachments:
        return match(files);
    }
    return false;
  }
  [[nodiscard]] bool match(const std::vector<std::string>& texts) const {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const std::string& text) { return pattern_.matches(text); });
  }

  std::vector<EventText> in_;
  TextPattern pattern_;
};

class EventSearch {
 public:
  EventSearch(UnitOfWork& work, const EventQuery& query, const ReadOptions& options)
      : connection_(work.connection()),
        caller_(work.caller()),
        options_(options),
        places_(connection_, caller_),
        view_(connection_, caller_, options),
        condition_(condition_of(options)) {
    for (const EventQuery::Words& words : query.words) {
      const bool reads_names = words_.emplace_back(words).reads(EventText::Attachments);
      reads_names_ = reads_names_ || reads_names;
      if (std::string piece = words_.back().piece(); !piece.empty())
        (reads_names ? condition_.pieces_or_names : condition_.pieces).push_back(std::move(piece));
    }
    condition_.participants = query.participants;
    condition_.is_series = query.is_series;
    condition_.answers = query.answers;
    condition_.answerer = caller_.user;
  }

  void look_in(const folders::FolderAccess& folder) { look_in(places_of(folder), &folder); }
  void look_everywhere() {
    look_in(places_.own_places(), nullptr);
    store::Places open;
    for (const folders::FolderAccess* folder : places_.readable()) {
      if (is_public_folder(*folder) || folders::is_account_folder(folder->id))
        open.folders.push_back(folder->id);
      else if (folder->type == folders::FolderType::Shared)
        look_in(*folder);
    }
    look_in(open, nullptr);
  }
  std::vector<SeenEvent> finish() { return view_.finish(); }

 private:
  [[nodiscard]] store::Parts parts() const {
    store::Parts parts = view_.parts();
    for (const Words& words : words_) parts.texts = parts.texts || words.reads(EventText::Description);
    return parts;
  }
  [[nodiscard]] bool match(const EventData& event, const attachments::NamesOf& names) const {
    std::vector<std::string> files;
    for (const ObjectId shown : {event.id, is_exception(event) ? event.series : ObjectId()})
      if (const auto found = names.find(shown); found != names.end())
        files.insert(files.end(), found->second.begin(), found->second.end());
    return std::all_of(words_.begin(), words_.end(),
                       [&](const Words& words) { return words.match(event, files); });
  }
  /// Of files that these show.
  [[nodiscard]] attachments::NamesOf names_of(const std::vector<store::Found>& found) const {
    std::vector<ObjectId> ids;
    for (const store::Found& hit : found) {
      if (hit.row.number_of_attachments > 0) ids.push_back(hit.row.event.id);
      if (is_exception(hit.row.event)) ids.push_back(hit.row.event.series);
    }
    if (!reads_names_ || ids.empty()) return {};
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return attachments::names_of_parents(connection_, caller_.context, attachments::ParentModule::Appointment,
                                         ids);
  }

  void look_in(const store::Places& where, const folders::FolderAccess* folder) {
    const auto found = store::search(connection_, caller_.context, where, condition_, parts());
    check_rows(found, options_);
    const attachments::NamesOf names = names_of(found);
    for (const store::Found& hit : found) {
      const EventData& event = hit.row.event;
      const auto seen =
          folder != nullptr ? std::optional(places_.through(*folder, event)) : places_.best(event);
      // Only what is seen can be found by it.
      if (!seen || seen->sight != Sight::Everything || !match(event, names)) continue;
      if (known_.emplace(event.id, seen->folder).second) view_.add(hit.row, *seen);
    }
  }

  sql::Connection& connection_;
  const Caller& caller_;
  const ReadOptions& options_;
  EventPlaces places_;
  EventView view_;
  store::Condition condition_;
  std::vector<Words> words_;
  bool reads_names_ = false;
  std::set<std::pair<ObjectId, FolderId>> known_;
};

}  // namespace

std::vector<SeenEvent> find(UnitOfWork& work, const EventQuery& query, const ReadOptions& options) {
  const int least = work.settings().limits.minimum_search_characters;
  for (const EventQuery::Words& words : query.words)
    if (count_literal_characters(words.pattern) < static_cast<std::size_t>(std::max(least, 0)))
      throw ApiError(errors::cal::kQueryTooShort, {std::to_string(least)});
  EventSearch search(work, query, options);
  if (!query.folders) search.look_everywhere();
  for (const FolderId folder : query.folders.value_or(std::vector<FolderId>()))
    search.look_in(load_readable_folder(work.connection(), work.caller(), folder));
  return search.finish();
}

std::vector<SeenEvent> search(UnitOfWork& work, std::string_view pattern, std::span<const FolderId> folders,
                              const ReadOptions& options) {
  EventQuery query;
  query.words.push_back({{EventText::Summary}, std::string(pattern)});
  if (!folders.empty()) query.folders.emplace(folders.begin(), folders.end());
  return find(work, query, options);
}

}  // namespace gw::model::calendar
