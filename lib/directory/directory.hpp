// A directory of the configuration: who may sign in, and what stands in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/settings.hpp"
#include "directory/filter.hpp"
#include "directory/mapping.hpp"
#include "directory/pool.hpp"

namespace gw::directory {

/// Threads: any. The settings must outlive it.
class Directory {
 public:
  /// Connects to nothing. Errors: MappingError.
  explicit Directory(const DirectorySettings& settings);

  [[nodiscard]] const DirectorySettings& settings() const { return settings_; }
  [[nodiscard]] const Mapping& mapping() const { return mapping_; }

  /// The entry of whoever has this name and password, with the attributes that the mapping reads. Empty for a
  /// wrong name as for a wrong password: both take the same way, with a bind that the directory refuses.
  /// Errors: DirectoryError, within the time-out of a request. Cost: a search and a bind.
  std::optional<Entry> authenticate(const LoginName& name, const std::string& password);

  /// Everything of a section of the mapping, as the service account sees it, in pages. `attributes`: see
  /// attributes_of, marks_of. Errors: DirectoryError.
  void list(const Section& section, const std::vector<std::string>& attributes, const EntryVisitor& visit);
  /// One entry. Empty when there is none. Errors: DirectoryError.
  std::optional<Entry> read(const std::string& dn, const Section& section,
                            const std::vector<std::string>& attributes);
  /// What answers, for people. Errors: DirectoryError.
  void check();

  void purge_idle() { pool_.purge_idle(); }

 private:
  /// Once more with a fresh connection when one out of the pool breaks. Gives what `body` gives.
  template <class Body>
  auto with_connection(ConnectionPool::Identity identity, const Deadline& deadline, Body body);

  std::optional<Entry> authenticate_by_search(const LoginName& name, const std::string& password,
                                              const Deadline& deadline);
  std::optional<Entry> authenticate_by_name(const LoginName& name, const std::string& password,
                                            const Deadline& deadline);
  [[nodiscard]] Search search_of(std::string base, Scope scope, std::string filter) const;

  const DirectorySettings& settings_;
  const Mapping mapping_;
  const std::vector<std::string> login_attributes_;
  ConnectionPool pool_;
};

}  // namespace gw::directory
