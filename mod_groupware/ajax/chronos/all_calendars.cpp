#include "ajax/chronos/all_calendars.hpp"

#include "ajax/chronos/calendar_ids.hpp"
#include "ajax/runtime.hpp"
#include "core/text.hpp"
#include "model/folders/account_folders.hpp"

namespace gw::ajax {

const calendars::Calendars& calendars_of(const Invocation& invocation) {
  if (invocation.runtime.calendars != nullptr) return *invocation.runtime.calendars;
  // Never destroyed: a static object would run its exit handler in every forked process.
  static const auto* const without_feeds = new calendars::Calendars(std::nullopt);
  return *without_feeds;
}

bool is_birthday_folder(std::string_view id) {
  return trim(id) == format_calendar_id(model::folders::kBirthdayFolder);
}

std::optional<model::folders::Node> BirthdayFolders::find(model::UnitOfWork& work,
                                                          const model::folders::TreeView& view,
                                                          std::string_view id) const {
  if (!is_birthday_folder(id)) return std::nullopt;
  auto node = calendars_.birthday_folder(work, view.locale);
  if (node) node->id = std::string(id);
  return node;
}

}  // namespace gw::ajax
