#include "identities/intake/report.hpp"

#include <fmt/format.h>

#include "core/text.hpp"

namespace gw::identities::intake {
namespace {

constexpr std::size_t kMaxProblems = 100, kMaxProblemCharacters = 300;
constexpr Kind kKinds[] = {Kind::User, Kind::Group, Kind::Resource, Kind::Contact, Kind::Folder};

Json counts_to_json(const Counts& counts) {
  return Json::object()
      .set("read", Json::integer(counts.read))
      .set("created", Json::integer(counts.created))
      .set("changed", Json::integer(counts.changed))
      .set("suspended", Json::integer(counts.suspended))
      .set("restored", Json::integer(counts.restored))
      .set("purged", Json::integer(counts.purged))
      .set("skipped", Json::integer(counts.skipped))
      .set("failed", Json::integer(counts.failed));
}

}  // namespace

std::string_view word_of(Action action) {
  switch (action) {
    case Action::Create:
      return "create";
    case Action::Change:
      return "change";
    case Action::Suspend:
      return "suspend";
    case Action::Restore:
      return "restore";
    case Action::Purge:
      break;
  }
  return "purge";
}

std::string_view word_of(Kind kind) {
  switch (kind) {
    case Kind::User:
      return "user";
    case Kind::Group:
      return "group";
    case Kind::Resource:
      return "resource";
    case Kind::Contact:
      return "contact";
    case Kind::Folder:
      break;
  }
  return "folder";
}

std::string_view word_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::Done:
      return "done";
    case Outcome::Preview:
      return "preview";
    case Outcome::Stopped:
      return "stopped";
    case Outcome::Failed:
      return "failed";
    case Outcome::Interrupted:
      break;
  }
  return "interrupted";
}

void Report::tell(Kind kind, const std::string& name, const std::string& text) {
  if (problems_.size() == kMaxProblems) return;
  const std::string line = fmt::format("{} {}: {}", word_of(kind), name, text);
  problems_.emplace_back(first_characters(line, kMaxProblemCharacters));
}

void Report::note_failure(Kind kind, const std::string& name, const std::string& text) {
  ++counts(kind).failed;
  tell(kind, name, text);
}

void Report::note_skipped(Kind kind, const std::string& name, const std::string& text) {
  ++counts(kind).skipped;
  if (!text.empty()) tell(kind, name, text);
}

void Report::note_done(Kind kind, Action action) {
  Counts& those = counts(kind);
  if (action == Action::Create) ++those.created;
  if (action == Action::Change) ++those.changed;
  if (action == Action::Suspend) ++those.suspended;
  if (action == Action::Restore) ++those.restored;
  if (action == Action::Purge) ++those.purged;
}

std::int64_t Report::done() const {
  std::int64_t sum = 0;
  for (const Counts& each : counts_)
    sum += each.created + each.changed + each.suspended + each.restored + each.purged;
  return sum;
}

Json Report::to_json() const {
  Json object = Json::object();
  object.set("directory", Json::string(directory)).set("context", Json::integer(context.value));
  object.set("outcome", Json::string(word_of(outcome)));
  object.set("started", Json::string(format_utc(started))).set("ended", Json::string(format_utc(ended)));
  if (!reason.empty()) object.set("reason", Json::string(reason));
  for (const Kind kind : kKinds) object.set(std::string(word_of(kind)) + "s", counts_to_json(counts(kind)));
  Json problems = Json::array();
  for (const std::string& problem : problems_) problems.append(Json::string(problem));
  object.set("problems", std::move(problems));
  return object;
}

Json to_json(const Difference& difference) {
  Json fields = Json::array();
  for (const FieldChange& change : difference.fields)
    fields.append(Json::object()
                      .set("field", Json::string(change.field))
                      .set("before", Json::string(change.before))
                      .set("after", Json::string(change.after)));
  return Json::object()
      .set("kind", Json::string(word_of(difference.kind)))
      .set("action", Json::string(word_of(difference.action)))
      .set("name", Json::string(difference.name))
      .set("dn", Json::string(difference.dn))
      .set("fields", std::move(fields));
}

}  // namespace gw::identities::intake
