// Archives that are made while they are sent: nothing of them is held.
#pragma once

#include <functional>
#include <string>

#include "ajax/delivery/file_delivery.hpp"
#include "core/json.hpp"
#include "formats/zip/zip_writer.hpp"

namespace gw::ajax {

/// Most elements of a list that names what to pack. Errors beyond it: SVL-0031.
inline constexpr std::size_t kMaxZipElements = 10'000;

/// The list of what to pack: the body of a PUT; forms, which browsers use to start a download, carry it as
/// the field `body`, which must be declared. Errors: SVL-0023, SVL-0028, SVL-0029, SVL-0031.
Json parse_zip_body(const Invocation& invocation);

/// `write` fills the archive when the head of the answer was sent; it gets a unit of work of its own, because
/// that of the request is gone by then, and gives false when the client went away. `name` is without
/// extension.
Response zip_download(const Invocation& invocation, const std::string& name,
                      std::function<bool(model::UnitOfWork& work, formats::zip::ZipWriter& archive)> write);

/// Adds one file. What is lost in the store is left out, and logged. False: the client is gone. Errors:
/// StoreError.
bool add_to_archive(formats::zip::ZipWriter& archive, std::string path, const StoredBytes& bytes,
                    Millis modified);

}  // namespace gw::ajax
