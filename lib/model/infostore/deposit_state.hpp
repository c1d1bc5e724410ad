// The inside of Deposit, for the writing services.
#pragma once

#include "model/files/incoming_file.hpp"
#include "model/infostore/infostore_write.hpp"
#include "model/infostore/item_store.hpp"
#include "model/infostore/picture_notes.hpp"

namespace gw::model::infostore {

struct Deposit::State : files::IncomingFile {
  using files::IncomingFile::IncomingFile;
  /// More bytes. Errors: as Deposit::write.
  void take(std::string_view bytes) {
    if (!continued) picture.read(bytes);
    write(bytes);
  }
  PictureNotes picture;
  /// Of a continued file: the version whose bytes these follow.
  std::optional<store::FileRow> continued;
};

/// Runs the transaction that names the deposit's file, when there is one: files::write_with_files.
void write_with_file(UnitOfWork& work, std::optional<Deposit>& file,
                     const std::function<void(Transaction&, const Deposit::State*)>& body);

}  // namespace gw::model::infostore
