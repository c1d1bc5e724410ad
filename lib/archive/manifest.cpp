#include "archive/manifest.hpp"

#include "archive/broken_archive.hpp"

namespace gw::archive {
namespace {

constexpr std::string_view kFormat = "groupware-backup";

/// Errors: BrokenArchive when it is not there.
std::int64_t need_number(const Json& json, const char* name) {
  const auto number = json.get(name).to_integer();
  if (!number || *number < 0) throw BrokenArchive(std::string("the manifest has no number \"") + name + '"');
  return *number;
}

}  // namespace

Json to_json(const Manifest& manifest) {
  Json json = Json::object();
  json.set("format", Json::string(kFormat));
  json.set("version", Json::integer(manifest.version));
  json.set("schema", Json::integer(manifest.schema));
  json.set("created", Json::string(format_utc(manifest.created)));
  json.set("created_ms", Json::integer(manifest.created.value));
  json.set("context", Json::integer(manifest.context.value));
  json.set("context_name", Json::string(manifest.context_name));
  if (manifest.user) {
    json.set("user", Json::integer(manifest.user->value));
    json.set("login", Json::string(manifest.login));
  }
  json.set("mail", Json::boolean(manifest.has_mail));
  return json;
}

Manifest parse_manifest(std::string_view text) {
  const auto json = Json::parse(text);
  if (!json || !json->is_object() || json->get("format").as_string() != kFormat)
    throw BrokenArchive("this is no backup of the groupware: it has no manifest");
  Manifest manifest;
  const std::int64_t version = need_number(*json, "version");
  if (version > kArchiveVersion)
    throw BrokenArchive("the backup has format " + std::to_string(version) + ", newer than this program's " +
                        std::to_string(kArchiveVersion) + ": install the version that wrote it");
  manifest.version = static_cast<int>(version);
  const std::int64_t schema = need_number(*json, "schema");
  constexpr std::int64_t kLargestSchema = 1'000'000;
  if (schema == 0 || schema > kLargestSchema) throw BrokenArchive("the manifest has an impossible schema");
  manifest.schema = static_cast<int>(schema);
  manifest.created = {need_number(*json, "created_ms")};
  manifest.context = ContextId(need_number(*json, "context"));
  manifest.context_name = json->get("context_name").as_string();
  if (!json->get("user").is_missing()) manifest.user = UserId(need_number(*json, "user"));
  manifest.login = json->get("login").as_string();
  manifest.has_mail = json->get("mail").is_true();
  return manifest;
}

}  // namespace gw::archive
