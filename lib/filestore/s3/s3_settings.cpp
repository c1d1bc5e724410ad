#include "filestore/s3/s3_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

#include "core/text.hpp"
#include "core/value_or_file.hpp"

namespace gw::filestore {
namespace {

constexpr std::string_view kForm = "s3:bucket?endpoint=https://host&key=...&secret=file:/path";

[[noreturn]] void refuse(std::string_view text) {
  throw std::invalid_argument(fmt::format("{}; the form is {}", text, kForm));
}

bool is_made_of(std::string_view text, std::string_view punctuation) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           punctuation.find(c) != punctuation.npos;
  });
}

std::int64_t parse_number(std::string_view name, const std::string& value, std::int64_t most) {
  const auto number = parse_integer(value);
  if (!number || *number < 1 || *number > most)
    refuse(fmt::format("{}={}: a number from 1 to {} is wanted", name, value, most));
  return *number;
}

std::chrono::seconds parse_seconds(std::string_view name, const std::string& value) {
  return std::chrono::seconds(parse_number(name, value, 3'600));
}

void set_endpoint(S3Settings& settings, const std::string& value) {
  const std::size_t end = value.find("://");
  settings.scheme = value.substr(0, end);
  if (end == value.npos || (settings.scheme != "https" && settings.scheme != "http"))
    refuse(fmt::format("endpoint={}: it begins with https:// or http://", value));
  settings.host = value.substr(end + 3);
  if (settings.host.ends_with('/')) settings.host.pop_back();
  if (!is_made_of(settings.host, ".-:[]"))
    refuse(fmt::format("endpoint={}: only a host and a port may follow the scheme", value));
}

void set_authorities(S3Settings& settings, const std::string& value) {
  if (!value.starts_with('/') || !std::ifstream(value))
    refuse(fmt::format("tls-ca={}: the absolute path of a file that can be read is wanted", value));
  settings.tls_authorities = value;
}

std::string read_credential(std::string_view name, const std::string& value) {
  std::string credential;
  try {
    credential = read_value_or_file(value);
  } catch (const std::invalid_argument& error) {
    refuse(fmt::format("{}=: {}", name, error.what()));
  }
  if (credential.empty() || has_control_characters(credential))
    refuse(fmt::format("{}=: the value is empty or holds control characters", name));
  return credential;
}

void set_option(S3Settings& settings, std::string_view name, const std::string& value) {
  if (name == "endpoint") {
    set_endpoint(settings, value);
  } else if (name == "region") {
    if (!is_made_of(value, "-_")) refuse("region= holds letters, digits and dashes");
    settings.region = value;
  } else if (name == "path-style") {
    if (value != "on" && value != "off") refuse("path-style= is on or off");
    settings.is_path_style = value == "on";
  } else if (name == "key") {
    settings.key = read_credential(name, value);
  } else if (name == "secret") {
    settings.secret = read_credential(name, value);
  } else if (name == "tls-ca") {
    set_authorities(settings, value);
  } else if (name == "proxy") {
    settings.proxy = value;
  } else if (name == "connect-timeout") {
    settings.connect_timeout = parse_seconds(name, value);
  } else if (name == "stall-timeout") {
    settings.stall_timeout = parse_seconds(name, value);
  } else if (name == "timeout") {
    settings.timeout = parse_seconds(name, value);
  } else if (name == "connections") {
    settings.connections = static_cast<std::size_t>(parse_number(name, value, 1'000));
  } else {
    refuse(fmt::format("\"{}\" is no option", name));
  }
}

void set_options(S3Settings& settings, std::string_view text) {
  std::set<std::string_view> seen;
  for (const std::string_view option : split(text, '&')) {
    const std::size_t equals = option.find('=');
    if (equals == option.npos) refuse("each option is written name=value, with & between two");
    const std::string_view name = option.substr(0, equals);
    if (!seen.insert(name).second) refuse(fmt::format("{}= is given twice", name));
    const auto value = percent_decode(option.substr(equals + 1), false);
    if (!value) refuse(fmt::format("{}=: a % that stands for itself is written %25", name));
    set_option(settings, name, *value);
  }
}

}  // namespace

S3Settings parse_s3_uri(std::string_view uri) {
  uri.remove_prefix(std::min(uri.size(), std::string_view("s3:").size()));
  if (uri.starts_with("//")) uri.remove_prefix(2);
  const std::size_t question = uri.find('?');
  S3Settings settings;
  settings.bucket = uri.substr(0, question);
  if (settings.bucket.size() < 3 || settings.bucket.size() > 63 || !is_made_of(settings.bucket, ".-_") ||
      settings.bucket.find("..") != settings.bucket.npos || settings.bucket.front() == '.')
    refuse("the name of the bucket has 3 to 63 letters, digits, dots and dashes");
  if (question != uri.npos) set_options(settings, uri.substr(question + 1));
  if (settings.key.empty() || settings.secret.empty()) refuse("key= and secret= must be given");
  if (settings.host.empty()) settings.host = fmt::format("s3.{}.amazonaws.com", settings.region);
  return settings;
}

}  // namespace gw::filestore
