#include "ajax/transfer/export_contacts.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "core/log.hpp"
#include "formats/csv/contact_csv.hpp"
#include "formats/vcard/vcard.hpp"
#include "model/contacts/contact_pictures.hpp"

namespace gw::ajax {
namespace {

namespace contacts = model::contacts;
using contacts::Contact;
using Images = std::vector<std::optional<formats::vcard::Image>>;

constexpr auto kCardVersion = formats::vcard::Version::V30;
constexpr std::size_t kChunk = 200;
/// Pictures leave no larger than this. Source: spec export-import section 2.
constexpr int kPictureSide = 200;

bool is_list(const Contact& contact) {
  return contact.mark_as_distributionlist || contact.number_of_distribution_list > 0;
}

std::optional<formats::vcard::Image> load_image(model::UnitOfWork& work, const Contact& contact) {
  if (contact.number_of_images == 0) return std::nullopt;
  try {
    auto stored = contacts::load_picture(work, {ObjectId(contact.id), contact.image_last_modified});
    if (!stored) return std::nullopt;
    contacts::Transformation small;
    small.width = small.height = kPictureSide;
    small.shrink_only = true;
    auto scaled = contacts::transform_picture(*stored, small);
    return formats::vcard::Image{std::move(scaled.mime_type), std::move(scaled.bytes)};
  } catch (const ApiError& refused) {
    log(LogLevel::Info, "GW0300",
        fmt::format("picture of contact {} left out of an export: {}", contact.id, refused.what()));
    return std::nullopt;
  }
}

/// Gives each chunk to `format`, which returns its text, and writes that with the connection given back.
void stream_chunks(model::Environment& environment, const model::Caller& caller, const ContactExport& what,
                   const contacts::ListRequest& request,
                   const std::function<std::string(model::UnitOfWork&, const std::vector<Contact>&)>& format,
                   const BodyWriter& write) {
  const std::span refs(what.refs);
  for (std::size_t start = 0; start < refs.size(); start += kChunk) {
    std::string text;
    {
      model::UnitOfWork work(environment, caller);
      contacts::ContactCollector collector;
      const auto result = contacts::list_refs(
          work, refs.subspan(start, std::min(kChunk, refs.size() - start)), request, collector.visitor());
      std::vector<Contact> loaded = collector.take(result);
      if (!what.with_lists) std::erase_if(loaded, is_list);
      text = format(work, loaded);
    }
    if (!text.empty() && !write(text)) return;
  }
}

}  // namespace

void stream_csv(model::Environment& environment, const model::Caller& caller, const ContactExport& what,
                const std::vector<int>& columns, const formats::csv::WriteOptions& options,
                const BodyWriter& write) {
  std::string titles;
  formats::csv::append_titles(titles, columns);
  if (!write(titles)) return;
  contacts::ListRequest request;
  request.fields = contacts::fields_of(columns);
  const auto format = [&](model::UnitOfWork&, const std::vector<Contact>& loaded) {
    std::string text;
    for (const Contact& contact : loaded) formats::csv::append_contact(text, contact, columns, options);
    return text;
  };
  stream_chunks(environment, caller, what, request, format, write);
}

void stream_vcards(model::Environment& environment, const model::Caller& caller, const ContactExport& what,
                   const BodyWriter& write) {
  contacts::ListRequest request;
  request.fields = contacts::all_fields();
  request.original_vcard = true;
  const auto format = [&](model::UnitOfWork& work, const std::vector<Contact>& loaded) {
    Images images;
    for (const Contact& contact : loaded) images.push_back(load_image(work, contact));
    work.release();
    std::string text;
    for (std::size_t i = 0; i < loaded.size(); ++i)
      text += loaded[i].original_vcard ? formats::vcard::merge_into_original(
                                             *loaded[i].original_vcard, loaded[i], images[i], kCardVersion)
                                       : formats::vcard::write_card(loaded[i], images[i], kCardVersion);
    return text;
  };
  stream_chunks(environment, caller, what, request, format, write);
}

std::string write_vcard(model::UnitOfWork& work, const Contact& contact) {
  const auto image = load_image(work, contact);
  work.release();
  return formats::vcard::write_card(contact, image, kCardVersion);
}

}  // namespace gw::ajax
