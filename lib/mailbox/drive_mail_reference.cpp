#include "mailbox/drive_mail_reference.hpp"

#include "model/server_secret.hpp"

namespace gw::mailbox {
namespace {

std::string reference_secret(model::UnitOfWork& work) {
  return model::server_secret(work.connection(), "drive_mail") + work.settings().session.cookie_salt;
}

}  // namespace

std::string seal_reference(model::UnitOfWork& work, const DriveMailReference& reference) {
  return seal_reference(reference_secret(work), reference);
}

std::optional<DriveMailReference> unseal_reference(model::UnitOfWork& work, std::string_view text) {
  return unseal_reference(reference_secret(work), text);
}

}  // namespace gw::mailbox
