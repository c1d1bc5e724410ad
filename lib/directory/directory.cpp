#include "directory/directory.hpp"

#include <algorithm>

#include "core/random.hpp"
#include "core/text.hpp"
#include "directory/dn.hpp"

namespace gw::directory {
namespace {

using Identity = ConnectionPool::Identity;

/// Longer ones are nobody's.
constexpr std::size_t kMaxPassword = 1'024;

std::vector<std::string> login_attributes(const DirectorySettings& settings, const Mapping& mapping) {
  std::vector<std::string> names = attributes_of(*mapping.user);
  if (!settings.login.context_attribute.empty())
    names.push_back(to_lower_ascii(settings.login.context_attribute));
  return names;
}

const std::string& base_of(const Section& section, const DirectorySettings& settings) {
  return section.base.empty() ? settings.base : section.base;
}

}  // namespace

Directory::Directory(const DirectorySettings& settings)
    : settings_(settings),
      mapping_(parse_mapping(settings.mapping)),
      login_attributes_(login_attributes(settings, mapping_)),
      pool_(settings) {}

template <class Body>
auto Directory::with_connection(Identity identity, const Deadline& deadline, Body body) {
  while (true) {
    auto lease = pool_.acquire(identity, deadline);
    try {
      return body(lease);
    } catch (const DirectoryError& error) {
      if (error.kind() != DirectoryError::Kind::Unreachable) throw;
      const bool was_fresh = lease.is_fresh();
      lease.discard(&error);
      if (was_fresh || deadline.left().count() == 0) throw;
      // The others of the pool are as old.
      pool_.purge_idle(true);
    }
  }
}

Search Directory::search_of(std::string base, Scope scope, std::string filter) const {
  Search search{std::move(base), scope, std::move(filter), login_attributes_};
  search.limit = 2;
  search.may_be_cut = true;
  return search;
}

std::optional<Entry> Directory::authenticate(const LoginName& name, const std::string& password) {
  if (password.empty() || password.size() > kMaxPassword || password.find('\0') != password.npos ||
      name.user.empty())
    return std::nullopt;
  const Deadline deadline(settings_.request_timeout);
  return settings_.login.bind == DirectoryBind::Search ? authenticate_by_search(name, password, deadline)
                                                       : authenticate_by_name(name, password, deadline);
}

std::optional<Entry> Directory::authenticate_by_search(const LoginName& name, const std::string& password,
                                                       const Deadline& deadline) {
  std::vector<Entry> found;
  with_connection(Identity::Service, deadline, [&](ConnectionPool::Lease& lease) {
    found.clear();
    const std::string filter = both(mapping_.user->filter, fill_filter(settings_.login.pattern, name));
    lease->search(search_of(base_of(*mapping_.user, settings_), Scope::Subtree, filter), deadline,
                  [&](std::vector<Entry>&& entries) {
                    std::move(entries.begin(), entries.end(), std::back_inserter(found));
                    return true;
                  });
  });
  // Two of one name: nobody can tell who it is. As nobody, and as a wrong name, it is asked all the same.
  const bool is_one = found.size() == 1;
  const std::string dn = is_one ? found.front().dn : "cn=" + random_hex(16) + "," + settings_.base;
  const bool is_right = with_connection(Identity::Anybody, deadline, [&](ConnectionPool::Lease& lease) {
    lease.forget_identity();
    return lease->bind(dn, password, deadline);
  });
  if (!is_one || !is_right) return std::nullopt;
  return std::move(found.front());
}

std::optional<Entry> Directory::authenticate_by_name(const LoginName& name, const std::string& password,
                                                     const Deadline& deadline) {
  const bool is_principal = settings_.login.bind == DirectoryBind::Principal;
  const std::string bind_name =
      is_principal ? name.user + "@" + settings_.login.pattern : fill_dn(settings_.login.pattern, name);
  std::vector<Entry> found;
  with_connection(Identity::Anybody, deadline, [&](ConnectionPool::Lease& lease) {
    found.clear();
    lease.forget_identity();
    if (!lease->bind(bind_name, password, deadline)) return;
    const std::string who =
        "(|" + equals("userPrincipalName", bind_name) + equals("sAMAccountName", name.user) + ")";
    const Search search = is_principal ? search_of(base_of(*mapping_.user, settings_), Scope::Subtree,
                                                   both(mapping_.user->filter, who))
                                       : search_of(bind_name, Scope::Base, mapping_.user->filter);
    lease->search(search, deadline, [&](std::vector<Entry>&& entries) {
      std::move(entries.begin(), entries.end(), std::back_inserter(found));
      return true;
    });
  });
  if (found.size() != 1) return std::nullopt;
  return std::move(found.front());
}

void Directory::list(const Section& section, const std::vector<std::string>& attributes,
                     const EntryVisitor& visit) {
  // Pages may take any time together; each of them has the time-out of a search.
  const Deadline deadline(std::chrono::hours(1));
  Search search{base_of(section, settings_), section.is_one_level ? Scope::OneLevel : Scope::Subtree,
                section.filter, attributes, settings_.page_size};
  bool has_begun = false;
  with_connection(Identity::Service, deadline, [&](ConnectionPool::Lease& lease) {
    try {
      lease->search(search, deadline, [&](std::vector<Entry>&& entries) {
        has_begun = true;
        return visit(std::move(entries));
      });
    } catch (const DirectoryError& error) {
      // Nobody shall be visited twice.
      if (has_begun) throw DirectoryError(DirectoryError::Kind::Failed, error.what());
      throw;
    }
  });
}

std::optional<Entry> Directory::read(const std::string& dn, const Section& section,
                                     const std::vector<std::string>& attributes) {
  const Deadline deadline(settings_.request_timeout);
  std::optional<Entry> found;
  with_connection(Identity::Service, deadline, [&](ConnectionPool::Lease& lease) {
    found.reset();
    lease->search({dn, Scope::Base, section.filter, attributes}, deadline, [&](std::vector<Entry>&& entries) {
      if (!entries.empty()) found = std::move(entries.front());
      return true;
    });
  });
  return found;
}

void Directory::check() {
  const Deadline deadline(settings_.request_timeout);
  with_connection(Identity::Service, deadline, [&](ConnectionPool::Lease& lease) {
    lease->search(search_of(base_of(*mapping_.user, settings_), Scope::Subtree, mapping_.user->filter),
                  deadline, [](std::vector<Entry>&&) { return false; });
  });
}

}  // namespace gw::directory
