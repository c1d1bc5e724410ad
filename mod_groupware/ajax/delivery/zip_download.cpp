#include "ajax/delivery/zip_download.hpp"

#include <fmt/format.h>

#include "ajax/delivery/content_disposition.hpp"
#include "core/errors/servlet.hpp"
#include "core/log.hpp"

namespace gw::ajax {

Json parse_zip_body(const Invocation& invocation) {
  if (!invocation.body.is_missing()) return invocation.body;
  const std::string_view text =
      invocation.request.body.empty() ? invocation.arguments.text("body") : invocation.request.body;
  if (text.empty()) throw ApiError(errors::svl::kBodyMissing);
  std::string why;
  auto parsed = Json::parse(text, &why);
  if (!parsed) throw ApiError(errors::svl::kBodyNotJson, {why});
  if (!parsed->is_array() || parsed->size() == 0) throw ApiError(errors::svl::kBodyType, {"an array"});
  if (parsed->size() > kMaxZipElements) throw ApiError(errors::svl::kBodyIllegal, {"too many elements"});
  return std::move(*parsed);
}

Response zip_download(const Invocation& invocation, const std::string& name,
                      std::function<bool(model::UnitOfWork&, formats::zip::ZipWriter&)> write) {
  Response response = Response::raw("application/zip", {});
  response.headers.emplace_back("Content-Disposition",
                                content_disposition(Disposition::Attachment, name + ".zip"));
  // The environment lives as long as the process; the unit of work of this request does not.
  response.stream = [environment = &invocation.runtime.environment, caller = invocation.caller(),
                     fill = std::move(write)](const BodyWriter& out) {
    model::UnitOfWork work(*environment, caller);
    formats::zip::ZipWriter archive(out);
    if (fill(work, archive)) archive.finish();
  };
  return response;
}

bool add_to_archive(formats::zip::ZipWriter& archive, std::string path, const StoredBytes& bytes,
                    Millis modified) {
  try {
    bytes.store->size(bytes.id);
    return archive.begin_file(std::move(path), bytes.size, modified) &&
           (bytes.size == 0 ||
            pour(bytes, {0, bytes.size}, [&](std::string_view piece) { return archive.write(piece); }));
  } catch (const filestore::StoreError& error) {
    if (error.kind() != filestore::StoreError::Kind::Missing) throw;
    log(LogLevel::Error, "GW0218", fmt::format("a ZIP download leaves a file out: {}", error.what()));
    return true;
  }
}

}  // namespace gw::ajax
