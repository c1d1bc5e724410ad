#include "model/calendar/published_busy.hpp"

#include "model/settings/config_tree.hpp"
#include "model/users/provisioning.hpp"
#include "writing_desk.hpp"

namespace gw::test {
namespace {

class PublishedBusy : public WritingDesk {
 protected:
  PublishedBusy() { busy().enabled = true; }
  PublicBusySettings& busy() { return database.settings.calendar.public_busy; }
  void publish(UserId user, bool on = true) {
    model::settings::write_config(as(user), "modules/calendar/publishFreeBusy", Json::boolean(on));
  }
  auto ask(std::string_view user = "anna", std::string_view server = "example.test",
           std::string_view context = "1") {
    return calendar::find_published_busy(
        *database.environment,
        {context, user, server, Milliseconds(86'400'000), Milliseconds(7 * 86'400'000)});
  }
  static Names texts(const std::optional<calendar::PublishedBusy>& published) {
    EXPECT_TRUE(published.has_value());
    Names texts;
    if (published)
      for (const auto& slot : published->slots)
        texts.push_back(format_basic_utc(slot.from) + "/" + format_basic_utc(slot.until) + ":" +
                        std::to_string(static_cast<int>(slot.type)) + (slot.event ? " told" : ""));
    return texts;
  }
};

TEST_F(PublishedBusy, TellsTimesAndNothingElse) {
  publish(kAnna);
  create(kAnna, Draft("20240602T090000Z", "20240602T100000Z", "Talk"));
  create(kAnna, Draft("20240602T100000Z", "20240602T110000Z", "Lunch"));
  create(kAnna, Draft("20240603T090000Z", "20240603T100000Z").transparent());
  create(kAnna, Draft("20240604T090000Z", "20240604T100000Z").of_class(calendar::Classification::Private));
  create(kAnna,
         Draft("20240605T090000Z", "20240605T100000Z").of_class(calendar::Classification::Confidential));
  create(kAnna, Draft("20240607T230000Z", "20240608T010000Z"));
  create(kAnna, Draft("20240610T090000Z", "20240610T100000Z"));
  const auto published = ask();
  EXPECT_EQ(texts(published),
            (Names{"20240602T090000Z/20240602T110000Z:2", "20240605T090000Z/20240605T100000Z:2",
                   "20240607T230000Z/20240608T000000Z:2"}));
  EXPECT_EQ(published->address, "anna@example.test");
  EXPECT_EQ(texts(ask("anna", "")).size(), 3U);
  EXPECT_EQ(texts(ask("Anna", "Example.Test", "test")).size(), 3U);
}

TEST_F(PublishedBusy, IsForThoseWhoChoseIt) {
  EXPECT_FALSE(ask());
  busy().is_default = true;
  EXPECT_TRUE(ask());
  publish(kAnna, false);
  EXPECT_FALSE(ask());
  publish(kAnna);
  busy().is_default = false;
  EXPECT_TRUE(ask());
  EXPECT_FALSE(ask("berta"));
  busy().contexts = {"other"};
  EXPECT_FALSE(ask());
  busy().contexts = {"other", "test"};
  EXPECT_TRUE(ask());
  busy().contexts = {"1"};
  EXPECT_TRUE(ask());
  busy().enabled = false;
  EXPECT_FALSE(ask());
}

TEST_F(PublishedBusy, NobodyIsToldOfWhoIsNotThere) {
  busy().is_default = true;
  EXPECT_FALSE(ask("nobody"));
  EXPECT_FALSE(ask("nobody", ""));
  EXPECT_FALSE(ask("anna", "elsewhere.test"));
  EXPECT_FALSE(ask("anna", "example.test", "2"));
  EXPECT_FALSE(ask("anna", "example.test", ""));
  model::users::UserChanges change;
  change.enabled = false;
  model::UnitOfWork work(*database.environment, model::contexts::provisioning_caller(kContext));
  model::users::change_user(work, kAnna, change);
  EXPECT_FALSE(ask());
}

}  // namespace
}  // namespace gw::test
