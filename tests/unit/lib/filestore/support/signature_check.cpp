#include "unit/lib/filestore/support/signature_check.hpp"

#include <algorithm>
#include <map>

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace gw::filestore::test {
namespace {

std::map<std::string, std::string> headers_of(const std::string& head) {
  std::map<std::string, std::string> headers;
  for (const std::string_view line : split(head, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon != line.npos) headers[to_lower_ascii(line.substr(0, colon))] = trim(line.substr(colon + 1));
  }
  return headers;
}

/// The value behind `name=` up to a comma.
std::string field_of(const std::string& authorization, const std::string& name) {
  const std::size_t at = authorization.find(name + "=");
  if (at == authorization.npos) return {};
  const std::size_t begin = at + name.size() + 1;
  return authorization.substr(begin, authorization.find(',', begin) - begin);
}

/// Decoded and encoded again, sorted, each with its `=`.
std::string canonical_query(const std::string& target) {
  const std::size_t question = target.find('?');
  if (question == target.npos) return {};
  const std::string query = target.substr(question + 1);
  std::vector<std::string> pairs;
  for (const std::string_view pair : split(query, '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string value(pair.substr(std::min(equals + 1, pair.size())));
    pairs.push_back(percent_encode(percent_decode(pair.substr(0, equals), false).value_or("")) + "=" +
                    percent_encode(percent_decode(value, false).value_or("")));
  }
  std::sort(pairs.begin(), pairs.end());
  return join(pairs, "&");
}

std::string signing_key(const std::string& secret, const std::vector<std::string_view>& scope) {
  std::string key = "AWS4" + secret;
  for (std::size_t i = 1; i < scope.size(); ++i) key = hmac_sha256(key, scope[i]);
  return key;
}

}  // namespace

bool is_signed_with(const std::string& secret, const SeenRequest& request) {
  auto headers = headers_of(request.head);
  const std::string authorization = headers["authorization"];
  const std::string credential = field_of(authorization, "Credential");
  const std::string names = field_of(authorization, "SignedHeaders");
  const auto scope = split(credential, '/');
  if (!authorization.starts_with("AWS4-HMAC-SHA256 ") || scope.size() != 5) return false;

  std::string lines;
  std::vector<std::string> named;
  for (const std::string_view name : split(names, ';')) {
    named.emplace_back(name);
    lines += named.back() + ":" + headers[named.back()] + "\n";
  }
  for (const auto& [name, value] : headers)
    if ((name == "host" || name.starts_with("x-amz-")) &&
        std::find(named.begin(), named.end(), name) == named.end())
      return false;
  const std::string canonical = request.method + "\n" + request.target.substr(0, request.target.find('?')) +
                                "\n" + canonical_query(request.target) + "\n" + lines + "\n" + names + "\n" +
                                headers["x-amz-content-sha256"];
  const std::string text = "AWS4-HMAC-SHA256\n" + headers["x-amz-date"] + "\n" +
                           credential.substr(credential.find('/') + 1) + "\n" + to_hex(sha256(canonical));
  return to_hex(hmac_sha256(signing_key(secret, scope), text)) == field_of(authorization, "Signature");
}

}  // namespace gw::filestore::test
