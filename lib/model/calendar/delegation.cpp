#include "model/calendar/delegation.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "model/calendar/calendar_people.hpp"

namespace gw::model::calendar {
namespace {

constexpr std::size_t kMostDelegates = 10, kLongestDelegate = 767;

std::string delegation_uri(const Attendee& attendee) {
  return attendee.uri.empty() ? mail_uri(attendee.email) : attendee.uri;
}

void drop_parameter(Attendee& attendee, std::string_view name) {
  std::erase_if(attendee.parameters, [&](const auto& each) { return each.first == name; });
}

}  // namespace

bool is_delegation(std::string_view parameter) {
  return parameter == kDelegatedTo || parameter == kDelegatedFrom;
}

void delegate_to(Attendee& attendee, Attendee& delegate) {
  drop_parameter(attendee, kDelegatedTo);
  attendee.parameters.emplace_back(kDelegatedTo, delegation_uri(delegate));
  attendee.part_stat = PartStat::Delegated;
  drop_parameter(delegate, kDelegatedFrom);
  delegate.parameters.emplace_back(kDelegatedFrom, delegation_uri(attendee));
}

void forget_delegate(Attendee& attendee) { drop_parameter(attendee, kDelegatedTo); }

void take_delegation(Attendee& line, const Attendee& answer) {
  forget_delegate(line);
  if (answer.part_stat != PartStat::Delegated) return;
  std::size_t taken = 0;
  for (const auto& [name, value] : answer.parameters)
    if (name == kDelegatedTo && value.size() <= kLongestDelegate && taken++ < kMostDelegates)
      line.parameters.emplace_back(name, value);
}

const Attendee* find_delegator(const EventData& event, std::string_view address) {
  if (address.empty()) return nullptr;
  const auto names_him = [&](const auto& parameter) {
    return parameter.first == kDelegatedTo &&
           equal_ignoring_ascii_case(address_of_uri(parameter.second), address);
  };
  for (const Attendee& attendee : event.attendees)
    if (attendee.part_stat == PartStat::Delegated &&
        std::any_of(attendee.parameters.begin(), attendee.parameters.end(), names_him))
      return &attendee;
  return nullptr;
}

}  // namespace gw::model::calendar
