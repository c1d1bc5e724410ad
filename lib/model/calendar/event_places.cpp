#include "model/calendar/event_places.hpp"

#include "core/errors/calendar.hpp"
#include "model/folders/account_folders.hpp"

namespace gw::model::calendar {
namespace {

std::size_t row_limit(const ReadOptions& options) {
  constexpr std::size_t kRowsForOne = 10;
  return kRowsForOne * options.most;
}

}  // namespace

std::vector<FolderId> EventPlaces::own() {
  std::vector<FolderId> own;
  for (const folders::FolderAccess* folder : readable_.all())
    if (folder->type == folders::FolderType::Private && !folders::is_account_folder(folder->id))
      own.push_back(folder->id);
  return own;
}

Perspective EventPlaces::through(const folders::FolderAccess& folder, const EventData& event) const {
  return {folder.id, calendar_user_of(folder, caller_), sight_in(event, folder, caller_)};
}

std::optional<Perspective> EventPlaces::as_participant(const EventData& event) {
  const Attendee* attendee = find_attendee(event, caller_.user);
  if (attendee != nullptr && !attendee->is_hidden)
    return Perspective{event.folder ? event.folder : attendee->folder, caller_.user, Sight::Everything};
  if (!event.folder) return std::nullopt;
  const folders::FolderAccess* folder = find(event.folder);
  if (folder == nullptr || folder->type != folders::FolderType::Private) return std::nullopt;
  return Perspective{event.folder, caller_.user, Sight::Everything};
}

std::optional<Perspective> EventPlaces::best(const EventData& event) {
  if (auto own = as_participant(event)) return own;
  std::optional<Perspective> block;
  const auto look = [&](FolderId id) {
    const folders::FolderAccess* folder = find(id);
    if (folder == nullptr || !lies_in(event, *folder)) return false;
    const Perspective seen = through(*folder, event);
    if (seen.sight != Sight::Nothing && (!block || seen.sight == Sight::Everything)) block = seen;
    return block && block->sight == Sight::Everything;
  };
  if (event.folder) {
    look(event.folder);
    return block;
  }
  for (const Attendee& attendee : event.attendees)
    if (attendee.folder && look(attendee.folder)) break;
  return block;
}

store::Places places_of(const folders::FolderAccess& folder) {
  store::Places places{.folders = {folder.id}};
  if (is_public_folder(folder)) return places;
  places.takers = {folder.owner.value};
  places.in_folder = folder.id;
  return places;
}

store::Condition condition_of(const ReadOptions& options) {
  return {.range = options.range, .most = row_limit(options)};
}

void check_rows(const std::vector<store::Found>& found, const ReadOptions& options) {
  if (options.most > 0 && found.size() > row_limit(options))
    throw ApiError(errors::cal::kTooManyEvents, {std::to_string(options.most)});
}

}  // namespace gw::model::calendar
