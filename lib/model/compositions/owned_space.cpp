#include "model/compositions/owned_space.hpp"

#include "core/errors/composition.hpp"

namespace gw::model::compositions {

SpaceOwner owner_of(const UnitOfWork& work) {
  const auto idle = work.settings().mail.composition_idle;
  const Millis since = idle.count() > 0 ? Millis{work.now().value - idle.count()} : Millis{-1};
  return {work.context(), work.caller().user, since};
}

std::optional<Space> find_to_change(Transaction& transaction, std::string_view id, const SendClaim* claim) {
  UnitOfWork& work = transaction.work();
  const std::string wanted = parse_space_id(id);
  auto found = find_space(transaction.connection(), owner_of(work), wanted);
  if (!found) return std::nullopt;
  const bool is_sent = found->sending.until > work.now();
  const bool is_ours = claim != nullptr && found->sending.token == claim->token();
  if (claim != nullptr ? !is_ours : is_sent) throw ApiError(errors::msgcs::kConcurrentUpdate, {wanted});
  return std::move(found->space);
}

Space load_to_change(Transaction& transaction, std::string_view id, const SendClaim* claim) {
  auto found = find_to_change(transaction, id, claim);
  if (!found) throw ApiError(errors::msgcs::kNoSpace, {std::string(id)});
  return std::move(*found);
}

void erase_space(Transaction& transaction, ContextId context, std::string_view id) {
  const auto files = files_of_space(transaction.connection(), context, id);
  delete_space(transaction.connection(), context, id);
  files::discard_files(transaction, context, files);
}

}  // namespace gw::model::compositions
