// The path every list takes: visibility, sort keys, members of distribution lists, range. Filled by a scan of
// the store.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/contacts/contact_access.hpp"
#include "model/contacts/contact_list.hpp"
#include "model/contacts/contact_sort.hpp"
#include "model/contacts/contact_store.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::contacts {

/// The key of an action's own order, used when no column was asked for.
using NaturalKey = std::function<std::string(const Contact&)>;

class Listing {
 public:
  /// `extra` are rows that filters and the natural key look at. Without `natural` the order is by id.
  Listing(UnitOfWork& work, sql::Connection& connection, const ListRequest& request, const Visitor& visit,
          const FieldSet& extra = {}, NaturalKey natural = {});

  [[nodiscard]] store::Selection selection() const {
    return {fields_, caller_.user, request_.original_vcard};
  }
  [[nodiscard]] const SortKeys& sort_keys() const { return keys_; }
  /// For use inside a scan: takes a contact that was judged visible. Distribution lists wait for `finish`
  /// when their members are wanted.
  void add(const Contact& contact);
  /// Reads members, sorts, applies the range. Once.
  ListResult finish(FolderLookup& folders);
  /// As finish, in the order of these ids; what did not arrive is left out.
  ListResult finish_as(FolderLookup& folders, const std::vector<std::int64_t>& ids);

 private:
  struct Entry {
    std::string key;
    std::int64_t id;
    std::size_t arrival;
    Millis last_modified;
  };
  void hand_out_lists(FolderLookup& folders);
  [[nodiscard]] ListResult deliver(const std::vector<const Entry*>& entries) const;

  const Caller& caller_;
  sql::Connection& connection_;
  const ListRequest& request_;
  const Visitor& visit_;
  NaturalKey natural_;
  SortKeys keys_;
  FieldSet fields_;
  bool uses_sort_;
  bool wants_members_;
  UserId hidden_admin_;
  std::vector<Entry> entries_;
  std::vector<std::pair<std::size_t, Contact>> waiting_;
};

/// Finishes and fills in the context's last stamp where the list is empty.
ListResult with_timestamp(ListResult result, sql::Connection& connection, const Caller& caller);

}  // namespace gw::model::contacts
