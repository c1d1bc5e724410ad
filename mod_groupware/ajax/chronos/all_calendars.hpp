// The calendars of the caller in other modules: where they come from, and the folder of birthdays, which has
// no row. Source: spec chronos section 14.
#pragma once

#include "ajax/action.hpp"
#include "calendars/calendars.hpp"
#include "model/folders/source.hpp"

namespace gw::ajax {

/// Those of the process; where it has none (tests), without feeds.
const calendars::Calendars& calendars_of(const Invocation& invocation);

/// `cal://1/0`, the caller's birthdays.
bool is_birthday_folder(std::string_view id);

/// Gives the folder of birthdays to whoever asks for it by its id. It stands in no list of a tree.
class BirthdayFolders final : public model::folders::Source {
 public:
  explicit BirthdayFolders(const calendars::Calendars& calendars) : calendars_(calendars) {}
  Children children(model::UnitOfWork&, const model::folders::TreeView&, std::string_view) const override {
    return {};
  }
  std::optional<model::folders::Node> find(model::UnitOfWork& work, const model::folders::TreeView& view,
                                           std::string_view id) const override;

 private:
  const calendars::Calendars& calendars_;
};

}  // namespace gw::ajax
