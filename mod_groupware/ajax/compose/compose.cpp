#include "ajax/compose/compose.hpp"

#include <vector>

#include "ajax/compose/compose_route.hpp"
#include "ajax/delivery/document_delivery.hpp"
#include "core/errors/composition.hpp"
#include "core/errors/infostore.hpp"
#include "core/errors/servlet.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

using compose_calls::Route;

struct Call {
  Method method;
  std::string_view path;  ///< below the module: `*` is the space, `+` the attachment
  Response (*run)(Invocation&, const Route&);
};

// The first one that fits counts.
constexpr Call kCalls[] = {
    {Method::Get, "", compose_calls::list},
    {Method::Post, "", compose_calls::open},
    {Method::Get, "*", compose_calls::get},
    {Method::Put, "*", compose_calls::update},
    {Method::Patch, "*", compose_calls::update},
    {Method::Delete, "*", compose_calls::remove},
    {Method::Post, "*/attachments", compose_calls::add_attachment},
    {Method::Post, "*/attachments/original", compose_calls::add_original},
    {Method::Post, "*/attachments/vcard", compose_calls::add_card},
    {Method::Post, "*/attachments/+", compose_calls::replace_attachment},
    {Method::Get, "*/attachments/+", compose_calls::get_attachment},
    {Method::Delete, "*/attachments/+", compose_calls::remove_attachment},
    {Method::Post, "*/save", compose_calls::save},
    {Method::Post, "*/send", compose_calls::send},
};

bool fits(std::string_view pattern, std::string_view path, Route& route) {
  const auto wanted = split(pattern, '/');
  const auto given = split(path, '/');
  if (wanted.size() != given.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "*")
      route.space = given[i];
    else if (wanted[i] == "+")
      route.attachment = given[i];
    else if (wanted[i] != given[i])
      return false;
  }
  return true;
}

/// What the file store says, in the words of this module. Only the files of a Drive mail count for a quota.
ApiError in_own_words(const ApiError& error, const Invocation& invocation) {
  const ErrorCode& code = error.code();
  if (code.prefix != errors::fls::kIo.prefix || code == errors::fls::kQuota) return error;
  if (code == errors::fls::kMissing) return ApiError(errors::msgcs::kBytesGone, error.arguments());
  if (code != errors::fls::kUnavailable) return ApiError(errors::msgcs::kInputOutput, {error.what()});
  const bool has_store = invocation.work.environment().files != nullptr;
  return ApiError(has_store ? errors::msgcs::kStoreDown : errors::msgcs::kNoStore);
}

Response run_call(Invocation& invocation) {
  std::string_view path = invocation.request.path;
  path.remove_prefix(kMailComposeModule.path.size());
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  for (const Call& call : kCalls) {
    Route route;
    if (call.method != invocation.request.method || !fits(call.path, path, route)) continue;
    // Images are fetched with cookies alone; nothing else is.
    if (call.run != compose_calls::get_attachment && !invocation.request.parameter("session"))
      throw HttpError(400, "Missing the following request parameter: session");
    try {
      return call.run(invocation, route);
    } catch (const ApiError& error) {
      throw in_own_words(error, invocation);
    }
  }
  throw ApiError(errors::svl::kUnknownAction,
                 {std::string(method_name(invocation.request.method)), invocation.request.path});
}

constexpr Parameter kParameters[] = {{"type"},
                                     {"vcard", Type::Boolean},
                                     {"originalAttachments", Type::Boolean},
                                     {"priority"},
                                     {"contentType"},
                                     {"requestReadReceipt", Type::Boolean},
                                     {"columns", Type::List},
                                     {"copy2Sent", Type::Boolean},
                                     {"lineWrapAfter", Type::Integer},
                                     {"new", Type::Boolean},
                                     GW_DOCUMENT};

constexpr unsigned mask_of(Method method) { return static_cast<unsigned>(method); }

constexpr auto kComposeModule = model::Module::Webmail;

// No action parameter: method and path name the call.
constexpr Action kComposeActions[] = {
    {"DELETE", mask_of(Method::Delete), run_call, kNotInMultiple, kParameters, kComposeModule},
    {"GET", kGet, run_call, kPublicSession | kNotInMultiple, kParameters, kComposeModule},
    {"PATCH", mask_of(Method::Patch), run_call, kNotInMultiple, kParameters, kComposeModule},
    {"POST", kPost, run_call, kUpload | kNotInMultiple, kParameters, kComposeModule},
    {"PUT", kPut, run_call, kNotInMultiple, kParameters, kComposeModule},
};

}  // namespace

const ApiModule kMailComposeModule{.path = "mail/compose", .actions = kComposeActions, .takes_path = true};

}  // namespace gw::ajax
