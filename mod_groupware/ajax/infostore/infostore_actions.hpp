// The actions of module `infostore`, by file: infostore_lists.cpp, infostore_write.cpp, infostore_upload.cpp,
// infostore_versions.cpp, infostore_document.cpp, infostore_zip.cpp.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax::infostore_actions {

/// Who may use the modules of files.
inline constexpr auto kModule = model::Module::Infostore;

Response all(Invocation& invocation);
Response list(Invocation& invocation);
Response updates(Invocation& invocation);
Response search(Invocation& invocation);
Response shares(Invocation& invocation);
Response versions(Invocation& invocation);

Response create(Invocation& invocation);
Response update(Invocation& invocation);
Response copy(Invocation& invocation);
Response upload(Invocation& invocation);
Response save_as(Invocation& invocation);

Response move_one(Invocation& invocation);
Response move(Invocation& invocation);
Response remove(Invocation& invocation);
Response restore(Invocation& invocation);

Response detach(Invocation& invocation);
Response revert(Invocation& invocation);
Response lock(Invocation& invocation);
Response unlock(Invocation& invocation);

Response document(Invocation& invocation);
Response zip_folder(Invocation& invocation);
Response zip_documents(Invocation& invocation);

}  // namespace gw::ajax::infostore_actions
