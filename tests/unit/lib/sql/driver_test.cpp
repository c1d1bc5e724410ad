#include "sql/driver.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "sql/url.hpp"

namespace gw::sql {
namespace {

TEST(CheckDatabaseUrl, AcceptsBothEngines) {
  for (const char* url :
       {"sqlite:/var/lib/groupware/groupware.db", "mysql://gw:secret@db.example.test/groupware",
        "mysql://gw@[::1]:3307/groupware", "mysql://gw:p%40ss%3A%2F@localhost:3306/gw?ssl=required",
        "mysql://gw:x@localhost/gw?socket=/run/mysqld/mysqld.sock",
        "mysql://gw:x@/gw?socket=%2Frun%2Fdb.sock", "mysql://gw:x@db/gw?ssl=verify&ssl_ca=/etc/ca.pem"}) {
    EXPECT_EQ(check_database_url(url), "") << url;
  }
}

TEST(CheckDatabaseUrl, TellsWhatIsWrongAndNeverThePassword) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "no database is configured"},
      {"postgres://x", "must start with sqlite: or mysql://"},
      {"mysql:host", "mysql://user:password@host:port/name"},
      {"sqlite:relative.db", "must be absolute"},
      {"sqlite::memory:", "must be absolute"},
      {"sqlite://path/file.db", "must be absolute"},
      {"sqlite:/var/lib/", "names a folder"},
      {"mysql://gw:hunter2@host", "no database name"},
      {"mysql://gw:hunter2@host/", "no database name"},
      {"mysql://host/name", "has no user"},
      {"mysql://gw:hunter2@/name", "has no host"},
      {"mysql://gw:hunter2@host:0/name", "port"},
      {"mysql://gw:hunter2@host:99999/name", "port"},
      {"mysql://gw:hunter2@host:x/name", "port"},
      {"mysql://gw:hunter2%@host/name", "password in the database URL has a broken percent escape"},
      {"mysql://gw:hunter2@[::1/name", "closing bracket"},
      {"mysql://gw:hunter2@host/a/b", "slash"},
      {"mysql://gw:hunter2@host/name?sockt=/x", "option \"sockt\""},
      {"mysql://gw:hunter2@host/name?socket=x", "absolute path"},
      {"mysql://gw:hunter2@host/name?ssl=maybe", "off, required or verify"},
  };
  for (const auto& [url, part] : cases) {
    const std::string text = check_database_url(url);
    EXPECT_NE(text.find(part), std::string::npos) << url << " gave: " << text;
    EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
  }
}

TEST(CheckDatabaseUrl, MakeDriverRefusesWhatItRefuses) {
  DatabaseSettings settings;
  settings.url = "oracle:x";
  EXPECT_THROW(make_driver(settings), std::invalid_argument);
  settings.url = "mysql://gw@host";
  EXPECT_THROW(make_driver(settings), std::invalid_argument);
}

TEST(MysqlUrl, TakesAllPartsApart) {
  const MysqlUrl url =
      parse_mysql_url("mysql://g%77:a@b:%2F%25@db:3307/na%6De?socket=%2Frun%2Fx&ssl=verify&ssl_ca=/ca");
  EXPECT_EQ(url.user, "gw");
  EXPECT_EQ(url.password, "a@b:/%");
  EXPECT_EQ(url.host, "db");
  EXPECT_EQ(url.port, 3307U);
  EXPECT_EQ(url.database, "name");
  EXPECT_EQ(url.socket, "/run/x");
  EXPECT_EQ(url.encryption, Encryption::Verified);
  EXPECT_EQ(url.ca_file, "/ca");
}

TEST(MysqlUrl, HasDefaults) {
  const MysqlUrl url = parse_mysql_url("mysql://gw@[2001:db8::1]/name");
  EXPECT_EQ(url.host, "2001:db8::1");
  EXPECT_EQ(url.port, 3306U);
  EXPECT_EQ(url.password, "");
  EXPECT_EQ(url.encryption, Encryption::Off);
}

}  // namespace
}  // namespace gw::sql
