#include "mailbox/unified/unified_mail.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/errors/mail_account.hpp"
#include "mail/sort_key.hpp"
#include "mailbox/unified/at_once.hpp"
#include "mailbox/unified/participants.hpp"

namespace gw::mailbox::unified {
namespace {

using mail::SortField;

/// Takes elements off the fronts of sorted lists, the first one first; of equal ones that of the earlier
/// list. `key(list, element)` compares like the order of the lists.
template <class Element, class Key>
std::vector<std::pair<std::size_t, Element>> merge_sorted(std::vector<std::vector<Element>>& lists,
                                                          bool descending, const mail::Range& range,
                                                          const Key& key) {
  std::vector<std::vector<std::string>> keys(lists.size());
  for (std::size_t i = 0; i < lists.size(); ++i)
    for (const Element& each : lists[i]) keys[i].push_back(key(i, each));
  std::vector<std::size_t> heads(lists.size(), 0);
  std::vector<std::pair<std::size_t, Element>> merged;
  for (std::size_t at = 0; at < range.last; ++at) {
    std::size_t best = lists.size();
    for (std::size_t i = 0; i < lists.size(); ++i) {
      if (heads[i] == lists[i].size()) continue;
      const auto is_before = [&] {
        const std::string& mine = keys[i][heads[i]];
        const std::string& other = keys[best][heads[best]];
        return descending ? mine > other : mine < other;
      };
      if (best == lists.size() || is_before()) best = i;
    }
    if (best == lists.size()) break;
    Element& taken = lists[best][heads[best]++];
    if (at >= range.first) merged.emplace_back(best, std::move(taken));
  }
  return merged;
}

}  // namespace

UnifiedMail::UnifiedMail(Mailbox& mailbox, const FolderPath& folder) : mailbox_(mailbox) {
  require_participants(mailbox);
  const Place place = parse_place(folder.fullname);
  std::vector<std::int64_t> ids = participants(mailbox);
  if (place.account) {
    if (std::find(ids.begin(), ids.end(), *place.account) == ids.end())
      throw ApiError(errors::acc::kNotFound, {std::to_string(*place.account)});
    ids = {*place.account};
  }
  std::vector<std::int64_t> known;
  for (const std::int64_t id : ids) {
    try {
      mailbox.account(id);
      known.push_back(id);
    } catch (const ApiError& error) {
      note(id, error);
    }
  }
  const auto failures = mailbox.connect_all(known);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (failures[i])
      note(known[i], *failures[i]);
    else
      parts_.push_back({{known[i], {}}, mailbox.share_access(known[i]), {}});
  }
  ask([&](std::size_t, Part& part) {
    part.folder.fullname = part.access->folders().default_folder(place.kind);
    part.sent_folder = part.access->folders().default_folder(mail::DefaultFolder::Sent);
  });
  std::erase_if(parts_, [](const Part& part) { return part.folder.fullname.empty(); });
}

void UnifiedMail::note(std::int64_t account, const ApiError& error) {
  const accounts::AccountRecord* record = mailbox_.find_record(account);
  const std::string name = record == nullptr ? std::to_string(account) : record->name;
  warnings_.push_back({&errors::acc::kStoreCheckFailed, {name, error.what()}});
}

void UnifiedMail::ask(const std::function<void(std::size_t, Part&)>& act) {
  const auto failures = run_at_once(parts_.size(), [&](std::size_t i) { act(i, parts_[i]); });
  std::vector<Part> left;
  for (std::size_t i = 0; i < failures.size(); ++i) {
    if (failures[i])
      note(parts_[i].folder.account, *failures[i]);
    else
      left.push_back(std::move(parts_[i]));
  }
  parts_ = std::move(left);
}

std::vector<FolderPath> UnifiedMail::parts() const {
  std::vector<FolderPath> folders;
  for (const Part& part : parts_) folders.push_back(part.folder);
  return folders;
}

std::vector<FoundMail> UnifiedMail::search(const mail::Query& query, mail::FetchSet fetch,
                                           std::size_t& total) {
  fetch.bits |= mail::fetch_for(query.sort).bits;
  mail::Query part_query = query;
  part_query.range.first = 0;
  std::vector<mail::Page> pages(parts_.size());
  std::vector<std::int64_t> ids;
  for (const Part& part : parts_) ids.push_back(part.folder.account);
  ask([&](std::size_t i, Part& part) {
    mail::Page page = part.access->messages().search(part.folder.fullname, part_query, fetch);
    for (mail::Message& each : page.messages) each.folder = part.folder.fullname;
    pages[i] = std::move(page);
  });
  total = 0;
  std::vector<std::vector<mail::Message>> lists;
  for (mail::Page& page : pages) {
    total += page.total;
    lists.push_back(std::move(page.messages));
  }
  const auto key = [&](std::size_t list, const mail::Message& message) {
    return query.sort == SortField::Account ? mailbox_.account(ids[list]).name
                                            : mail::sort_key(message, query.sort);
  };
  std::vector<FoundMail> found;
  for (auto& [list, message] : merge_sorted(lists, query.descending, query.range, key))
    found.push_back({ids[list], std::move(message)});
  return found;
}

std::vector<FoundConversation> UnifiedMail::conversations(mail::ConversationQuery query, bool with_sent,
                                                          mail::FetchSet fetch, std::size_t& total) {
  fetch.bits |= mail::fetch_for(query.sort).bits;
  const mail::Range range = query.range;
  query.range.first = 0;
  std::vector<std::vector<mail::Conversation>> lists(parts_.size());
  std::vector<std::size_t> totals(parts_.size(), 0);
  std::vector<std::int64_t> ids;
  for (const Part& part : parts_) ids.push_back(part.folder.account);
  ask([&](std::size_t i, Part& part) {
    mail::ConversationQuery own = query;
    if (with_sent && part.sent_folder != part.folder.fullname) own.sent_folder = part.sent_folder;
    lists[i] = part.access->messages().conversations(part.folder.fullname, own, fetch, totals[i]);
  });
  total = 0;
  for (const std::size_t each : totals) total += each;
  const auto key = [&](std::size_t list, const mail::Conversation& each) {
    return query.sort == SortField::Account ? mailbox_.account(ids[list]).name
                                            : mail::sort_key(each.messages.front(), query.sort);
  };
  std::vector<FoundConversation> found;
  for (auto& [list, conversation] : merge_sorted(lists, query.descending, range, key))
    found.push_back({ids[list], std::move(conversation)});
  return found;
}

mail::Counters UnifiedMail::counters() {
  std::vector<mail::Counters> each(parts_.size());
  ask([&](std::size_t i, Part& part) { each[i] = part.access->folders().counters(part.folder.fullname); });
  mail::Counters sum;
  for (const mail::Counters& one : each) {
    sum.total += one.total;
    sum.unread += one.unread;
    sum.recent += one.recent;
    sum.deleted += one.deleted;
  }
  return sum;
}

UnifiedMail::Examined UnifiedMail::examine() {
  struct One {
    std::int64_t account = 0;
    mail::Validity validity;
    mail::Counters counters;
    bool is_told = false;
  };
  std::vector<One> each(parts_.size());
  ask([&](std::size_t i, Part& part) {
    mail::FolderStorage& folders = part.access->folders();
    each[i] = {part.folder.account, folders.validity(part.folder.fullname),
               folders.counters(part.folder.fullname), true};
  });
  Examined sum;
  const auto add = [](std::string& list, std::int64_t account, std::uint32_t number) {
    list += fmt::format("{}{}:{}", list.empty() ? "" : ",", account, number);
  };
  for (const One& one : each) {
    if (!one.is_told) continue;
    sum.counters.total += one.counters.total;
    sum.counters.unread += one.counters.unread;
    add(sum.validity, one.account, one.validity.uid_validity);
    add(sum.next, one.account, one.validity.uid_next);
  }
  return sum;
}

std::optional<MailPath> UnifiedMail::find_by_message_id(std::string_view id) {
  std::vector<std::optional<MailPath>> each(parts_.size());
  ask([&](std::size_t i, Part& part) {
    const auto found = part.access->messages().find_by_message_id(part.folder.fullname, id, false);
    if (found) each[i] = MailPath{part.folder, found->second};
  });
  const auto found = std::find_if(each.begin(), each.end(), [](const auto& one) { return one.has_value(); });
  return found == each.end() ? std::nullopt : *found;
}

void UnifiedMail::for_each(const std::function<void(const FolderPath&)>& act) {
  for (const Part& part : parts_) {
    try {
      act(part.folder);
    } catch (const ApiError& error) {
      note(part.folder.account, error);
    }
  }
}

void for_each_real(Mailbox& mailbox, const FolderPath& folder,
                   const std::function<void(const FolderPath&)>& act) {
  if (!is_unified(folder)) {
    act(folder);
    return;
  }
  for (const FolderPath& part : UnifiedMail(mailbox, folder).parts()) act(part);
}

}  // namespace gw::mailbox::unified
