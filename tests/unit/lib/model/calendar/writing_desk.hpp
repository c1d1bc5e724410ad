// People who write in calendars: a sample context with a group, rooms and short words for events, so that
// tests read like what people do. Now is 2024-06-01 00:00 UTC.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include "core/errors/calendar.hpp"
#include "model/calendar/calendar_access.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/calendar/calendar_writing.hpp"
#include "model/calendar/event_store.hpp"
#include "model/calendar/event_time.hpp"
#include "model/calendar/scheduling_event.hpp"
#include "model/changes.hpp"
#include "model/groups/group_service.hpp"
#include "model/resources/resource_service.hpp"
#include "unit/lib/model/calendar/event_drafts.hpp"
#include "unit/lib/model/sample_context.hpp"

namespace gw::test {

class RecordedScheduling final : public calendar::SchedulingSink {
 public:
  void take(const calendar::SchedulingEvent& event) const noexcept override { events.push_back(event); }
  mutable std::vector<calendar::SchedulingEvent> events;
};

/// For threads: what is recorded is not shared among them.
class SilentEvents final : public model::EventSink {
 public:
  void publish(const model::Event&) noexcept override {}
};

class WritingDesk : public SampleContext {
 protected:
  WritingDesk() : SampleContext({&calendar::calendar_folder_content()}) {
    database.clock.set(1'717'200'000'000);
    database.environment->scheduling = &scheduling;
  }

  /// A request of its own, for a thread of its own.
  std::unique_ptr<model::UnitOfWork> quiet_work(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return std::make_unique<model::UnitOfWork>(quiet, *model::users::load_caller(*lease, kContext, user));
  }

  FolderId home(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    return model::users::load_user(*lease, kContext, user).calendar_folder;
  }
  FolderId make_folder(model::folders::FolderType type, UserId owner, bool is_group, std::int64_t entity,
                       const model::Rights& rights) {
    const sql::Lease lease = database.pool->acquire();
    const FolderId id(model::reserve_ids(*lease, kContext));
    const std::string title = "Folder " + std::to_string(id.value);
    lease->execute(
        "INSERT INTO folders "
        "(cid,id,parent,module,type,title,title_fold,owner,default_kind,subscribed,created_by,"
        "modified_by,created,last_modified) VALUES (?,?,?,2,?,?,?,?,0,1,2,2,0,0)",
        kContext, id, static_cast<int>(type), static_cast<int>(type), title, title, owner);
    lease->execute("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (?,?,?,?,?)",
                   kContext, id, is_group, entity, model::to_bits(rights));
    lease->execute("UPDATE context_sequence SET folder_stamp=folder_stamp+1 WHERE cid=?", kContext);
    return id;
  }
  FolderId public_folder(const model::Rights& rights) {
    return make_folder(model::folders::FolderType::Public, kAdmin, true, 0, rights);
  }
  FolderId second_folder(UserId owner) {
    return make_folder(model::folders::FolderType::Private, owner, false, owner.value,
                       {64, 64, 64, 64, true});
  }

  ResourceId new_room(const std::string& name, bool is_available = true) {
    model::resources::ResourceInput input = model::resources::parse_resource(
        json("{'name':'" + name + "','display_name':'" + name + "','mailaddress':'" + name +
             "@example.test','availability':" + (is_available ? "true" : "false") + "}"),
        true);
    return ResourceId(model::resources::create_resource(as(kAdmin), input).id);
  }
  GroupId new_group(const std::string& name, const std::string& members) {
    const auto input = model::groups::parse_group(
        json("{'name':'" + name + "','display_name':'" + name + "','members':" + members + "}"), true);
    return GroupId(model::groups::create_group(as(kAdmin), input).id);
  }
  void set_members(GroupId id, const std::string& members) {
    model::groups::update_group(
        as(kAdmin), id, model::groups::parse_group(json("{'members':" + members + "}"), false), {INT64_MAX});
  }

  CalendarResult try_create(UserId writer, const Draft& draft, const WriteOptions& options = {}) {
    return calendar::create(as(writer), home(writer), draft.input, options);
  }
  ObjectId create_in(UserId writer, FolderId folder, const Draft& draft, const WriteOptions& options = {}) {
    const CalendarResult result = calendar::create(as(writer), folder, draft.input, options);
    EXPECT_EQ(result.created.size(), 1U);
    return result.created.empty() ? ObjectId() : result.created.front().event.id;
  }
  ObjectId create(UserId writer, const Draft& draft, const WriteOptions& options = {}) {
    return create_in(writer, home(writer), draft, options);
  }
  CalendarResult update_in(UserId writer, const EventRef& ref, const Draft& draft,
                           const WriteOptions& options = {}) {
    return calendar::update(as(writer), ref, draft.input, options);
  }
  CalendarResult update(UserId writer, ObjectId event, const Draft& draft, const WriteOptions& options = {}) {
    return update_in(writer, {home(writer), event, {}}, draft, options);
  }
  CalendarResult update_at(UserId writer, ObjectId series, std::string_view at, const Draft& draft,
                           const WriteOptions& options = {}) {
    return update_in(writer, {home(writer), series, when(at)}, draft, options);
  }
  /// The code it is refused with, or empty.
  std::string remove_ref(UserId writer, const EventRef& ref, const WriteOptions& options = {}) {
    const auto outcomes = calendar::remove(as(writer), std::array{ref}, options);
    return outcomes.front().error ? format_code(outcomes.front().error->code()) : "";
  }
  std::string remove(UserId writer, ObjectId event, std::optional<std::string_view> at = {},
                     const WriteOptions& options = {}) {
    return remove_ref(writer, {home(writer), event, at ? std::optional(when(*at)) : std::nullopt}, options);
  }
  CalendarResult answer(UserId writer, ObjectId event, PartStat part_stat,
                        std::optional<std::string_view> at = {}) {
    Attendee line;
    line.part_stat = part_stat;
    return calendar::update_attendee(
        as(writer), {home(writer), event, at ? std::optional(when(*at)) : std::nullopt}, line, {}, {});
  }

  EventData get(UserId reader, ObjectId event, std::optional<std::string_view> at = {}) {
    const EventRef ref{home(reader), event, at ? std::optional(when(*at)) : std::nullopt};
    return calendar::get(as(reader), ref).event;
  }
  /// As it is stored; the id 0 when it is not there.
  EventData stored(ObjectId event) {
    const sql::Lease lease = database.pool->acquire();
    const auto row = calendar::store::find(*lease, kContext, event);
    return row ? row->event : EventData{};
  }
  std::vector<EventData> exceptions(ObjectId series) {
    const sql::Lease lease = database.pool->acquire();
    std::vector<EventData> found;
    for (auto& row : calendar::store::exceptions_of(*lease, kContext, std::array{series}))
      found.push_back(std::move(row.event));
    return found;
  }
  PartStat answer_of(ObjectId event, UserId who) {
    const EventData found = stored(event);
    const Attendee* line = calendar::find_attendee(found, who);
    EXPECT_NE(line, nullptr);
    return line == nullptr ? PartStat::NeedsAction : line->part_stat;
  }
  static Names names_of(const EventData& event) {
    Names names;
    for (const Attendee& attendee : event.attendees)
      names.push_back(attendee.cn.empty() ? attendee.uri : attendee.cn);
    std::sort(names.begin(), names.end());
    return names;
  }
  /// `start summary` of all that a folder shows in a time, in order.
  Names shown(UserId reader, FolderId folder, std::string_view from, std::string_view until) {
    const TimeZone utc = TimeZone::utc();
    calendar::ReadOptions options;
    options.range =
        calendar::TimeRange{calendar::instant_of(when(from), utc), calendar::instant_of(when(until), utc)};
    options.expand = true;
    Names names;
    for (const calendar::SeenEvent& seen : calendar::list_folder(as(reader), folder, options))
      names.push_back(calendar::format_time(seen.event.start) + " " + seen.event.summary.value_or("-"));
    std::sort(names.begin(), names.end());
    return names;
  }
  Names shown(UserId reader, std::string_view from, std::string_view until) {
    return shown(reader, home(reader), from, until);
  }
  std::vector<calendar::store::Trigger> triggers(UserId user) {
    const sql::Lease lease = database.pool->acquire();
    const std::vector<std::string> actions{"DISPLAY", "AUDIO", "EMAIL"};
    return calendar::store::due_triggers(*lease, kContext, user, {INT64_MAX}, actions, 100);
  }
  /// Due times as texts, with the occurrence.
  Names due(UserId user) {
    Names names;
    for (const auto& trigger : triggers(user))
      names.push_back(format_basic_utc(trigger.at) +
                      (trigger.recurrence_id.empty() ? "" : " " + trigger.recurrence_id));
    return names;
  }
  std::set<ObjectId> tombstones(FolderId folder) {
    const sql::Lease lease = database.pool->acquire();
    std::set<ObjectId> ids;
    for (const model::Tombstone& tombstone :
         model::tombstones_since(*lease, kContext, model::ObjectModule::Calendar, folder, {}))
      ids.insert(tombstone.object);
    return ids;
  }

  RecordedScheduling scheduling;
  SilentEvents silence;
  model::Environment quiet{database.settings, *database.pool, database.clock, silence, database.contents};
};

}  // namespace gw::test
