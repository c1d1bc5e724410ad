#include "model/contacts/contact_quota.hpp"

#include "model/contacts/contact_store.hpp"

namespace gw::model::contacts {

std::int64_t count_in_context(sql::Connection& connection, ContextId context) {
  return store::count_context(connection, context, INT64_MAX);
}

}  // namespace gw::model::contacts
