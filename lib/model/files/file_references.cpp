#include "model/files/file_references.hpp"

#include <array>

#include "model/attachments/attachment_account.hpp"
#include "model/compositions/composition_account.hpp"
#include "model/files/managed_files.hpp"
#include "model/infostore/infostore_account.hpp"
#include "model/snippets/snippet_account.hpp"

namespace gw::model::files {

std::span<const FileReferences* const> all_references() {
  // Pointers to what is never destroyed.
  static const std::array<const FileReferences*, 5> all{
      &infostore::infostore_file_references(), &attachments::attachment_file_references(),
      &managed_file_references(), &compositions::composition_file_references(),
      &snippets::snippet_file_references()};
  return all;
}

}  // namespace gw::model::files
