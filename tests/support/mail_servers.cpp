#include "support/mail_servers.hpp"

#include <stdexcept>

#include "core/text.hpp"

namespace gw::test {

const MailServers& MailServers::shared() {
  static const MailServers servers;
  return servers;
}

MailServers::MailServers() {
  for (const std::string_view word : split(service_.told(), ' '))
    if (const auto equals = word.find('='); equals != std::string_view::npos)
      values_.emplace(word.substr(0, equals), word.substr(equals + 1));
}

int MailServers::port(const std::string& name) const {
  return static_cast<int>(parse_integer(value(name)).value());
}

const std::string& MailServers::value(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) throw std::out_of_range("mail servers: " + name + " " + problem());
  return found->second;
}

}  // namespace gw::test
