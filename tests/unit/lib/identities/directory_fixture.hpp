// A context, and a directory that is never asked: entries are made by hand.
#pragma once

#include "directory/directory.hpp"
#include "unit/lib/model/accounts/account_fixture.hpp"

namespace gw::test {

class DirectoryTest : public AccountTest {
 protected:
  DirectoryTest() {
    make_context();
    settings.name = "corp";
    settings.base = "dc=x";
    settings.servers.push_back({"127.0.0.1", 1, true});
    settings.mapping =
        "[user]\nfilter = (objectClass=person)\nid = uuid\nmodified = mark\nlogin = uid\nmail = mail\n"
        "display_name = displayName\nfirst_name = givenName\nlast_name = sn\nposition = title\n"
        "language = lang\ndisabled = locked=*\n";
  }

  /// `uid` is its login, its id, and what it is called.
  static directory::Entry entry(const std::string& uid, const std::string& mark = "1") {
    directory::Entry made;
    made.dn = "uid=" + uid + ",dc=x";
    made.attributes = {{"uuid", {"id-" + uid}},           {"mark", {mark}},   {"uid", {uid}},
                       {"mail", {uid + "@x.test"}},       {"sn", {"Person"}}, {"givenname", {uid}},
                       {"displayname", {uid + " Person"}}};
    return made;
  }

  directory::Directory& corp() {
    if (!directory_) directory_ = std::make_unique<directory::Directory>(settings);
    return *directory_;
  }

  DirectorySettings settings;

 private:
  std::unique_ptr<directory::Directory> directory_;
};

}  // namespace gw::test
