// Reads configuration documents, streaming.
#include <algorithm>
#include <utility>

#include "core/text.hpp"
#include "core/xml_reader.hpp"
#include "mail/autoconfig/proposal.hpp"

namespace gw::mail::autoconfig {
namespace {

constexpr std::size_t kMaxDocument = 256 * 1'024, kMaxText = 1'024, kMaxServers = 100;
constexpr std::size_t kMaxDepth = 20;

/// Placeholders of the format, filled from the address.
std::string fill_in(std::string_view text, const MailAddress& address) {
  const std::pair<std::string_view, std::string> values[] = {
      {"%EMAILADDRESS%", address.text()},
      {"%EMAILLOCALPART%", address.local_part},
      {"%EMAILDOMAIN%", address.domain},
  };
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto value = std::find_if(std::begin(values), std::end(values),
                                    [&](const auto& each) { return text.substr(i).starts_with(each.first); });
    if (value == std::end(values)) {
      out += text[i++];
    } else {
      out += value->second;
      i += value->first.size();
    }
  }
  return out;
}

std::optional<Encryption> encryption_of(std::string_view word) {
  if (equal_ignoring_ascii_case(word, "SSL") || equal_ignoring_ascii_case(word, "TLS"))
    return Encryption::Tls;
  if (equal_ignoring_ascii_case(word, "STARTTLS")) return Encryption::StartTls;
  if (equal_ignoring_ascii_case(word, "plain")) return Encryption::None;
  return std::nullopt;
}

/// Ways to sign in that we know; the others need what a mail client has and a server has not.
std::optional<Mechanism> mechanism_of(std::string_view word) {
  if (word == "password-cleartext" || word == "plain") return Mechanism::Password;
  if (word == "OAuth2") return Mechanism::XOAuth2;
  if (word == "none" || word == "client-IP-address") return Mechanism::None;
  return std::nullopt;
}

class Reader final : XmlReader {
 public:
  explicit Reader(const MailAddress& address) : XmlReader({.deepest = kMaxDepth}), address_(address) {}

  std::optional<Proposal> read(std::string_view xml) {
    if (xml.size() > kMaxDocument || !parse(xml) || !is_document_ || proposal_.incoming.empty())
      return std::nullopt;
    return std::move(proposal_);
  }

 private:
  void open(std::string_view name, const XmlAttributes& attributes) override {
    text_.clear();
    if (std::exchange(is_root_, false)) is_document_ = name == "clientConfig";
    if (name != "incomingServer" && name != "outgoingServer") return;
    server_.emplace();
    has_encryption_ = has_mechanism_ = false;
    server_->protocol = to_lower_ascii(attributes.find("type"));
  }

  void text(std::string_view piece) override {
    if (text_.size() < kMaxText) text_ += piece;
  }

  void close(std::string_view name) override {
    const std::string value(trim(text_));
    text_.clear();
    if (!server_) {
      if (name == "displayName" && proposal_.provider.empty()) proposal_.provider = value;
      return;
    }
    if (name == "hostname") {
      server_->host = to_lower_ascii(fill_in(value, address_));
    } else if (name == "port") {
      server_->port = static_cast<int>(std::clamp<std::int64_t>(parse_integer(value).value_or(0), 0, 65'536));
    } else if (name == "socketType") {
      if (const auto encryption = encryption_of(value))
        server_->encryption = *encryption, has_encryption_ = true;
    } else if (name == "username") {
      server_->login = fill_in(value, address_);
    } else if (name == "authentication" && !has_mechanism_) {
      // The first that we know is the provider's favourite.
      if (const auto mechanism = mechanism_of(value)) server_->mechanism = *mechanism, has_mechanism_ = true;
    } else if (name == "incomingServer" || name == "outgoingServer") {
      finish_server(name == "incomingServer");
    }
  }

  void finish_server(bool is_incoming) {
    Candidate candidate = std::move(*server_);
    server_.reset();
    auto& list = is_incoming ? proposal_.incoming : proposal_.outgoing;
    const bool has_protocol = is_incoming ? candidate.protocol == "imap" || candidate.protocol == "pop3"
                                          : candidate.protocol == "smtp";
    const bool is_host = !candidate.host.empty() &&
                         candidate.host.find_first_of(" /@:") == std::string::npos &&
                         !has_control_characters(candidate.host);
    if (!has_protocol || !is_host || candidate.port < 1 || candidate.port > 65'535 || !has_encryption_ ||
        !has_mechanism_ || list.size() == kMaxServers)
      return;
    if (candidate.login.empty()) candidate.login = address_.text();
    list.push_back(std::move(candidate));
  }

  const MailAddress& address_;
  Proposal proposal_;
  std::optional<Candidate> server_;
  std::string text_;
  bool is_root_ = true, is_document_ = false, has_encryption_ = false, has_mechanism_ = false;
};

}  // namespace

std::optional<Proposal> parse_document(std::string_view xml, const MailAddress& address) {
  return Reader(address).read(xml);
}

}  // namespace gw::mail::autoconfig
