// A context with an administrator and users, made by provisioning itself.
#pragma once

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "model/calendar/calendar_account.hpp"
#include "model/contacts/contact_service.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"
#include "support/database.hpp"

namespace gw::test {

class AccountTest : public testing::Test {
 protected:
  AccountTest() {
    database.contents = {&model::contacts::contact_folder_content(),
                         &model::calendar::calendar_folder_content()};
  }

  static model::users::NewUser new_user(const std::string& login) {
    model::users::NewUser user;
    user.login = login;
    user.password_hash = "hash of " + login;
    user.mail = login + "@example.test";
    user.contact.display_name = "Name of " + login;
    user.contact.first_name = "First " + login;
    user.contact.last_name = "Last " + login;
    return user;
  }

  model::contexts::Context make_context(std::int64_t id = 1) {
    model::UnitOfWork work(*database.environment, {});
    model::contexts::NewContext wanted;
    wanted.id = ContextId(id);
    wanted.admin = new_user("oxadmin");
    return model::contexts::create_context(work, wanted);
  }

  std::unique_ptr<model::UnitOfWork> administration(std::int64_t context = 1) {
    return std::make_unique<model::UnitOfWork>(*database.environment,
                                               model::contexts::provisioning_caller(ContextId(context)));
  }

  model::users::User make_user(const std::string& login, std::int64_t context = 1) {
    return model::users::create_user(*administration(context), new_user(login));
  }

  /// Works as that user, as a request would.
  std::unique_ptr<model::UnitOfWork> acting(UserId user, std::int64_t context = 1) {
    auto work = administration(context);
    work->replace_caller(model::users::load_caller(work->connection(), ContextId(context), user).value());
    work->release();
    return work;
  }

  std::int64_t number(const std::string& statement) {
    const sql::Lease lease = database.pool->acquire();
    sql::Query row = lease->query(statement);
    return row.next() ? row.integer(0) : -1;
  }

  void run(const std::string& statement) { database.pool->acquire()->execute(statement); }

  TestDatabase database;
};

/// "I did not look at it before": whatever version it has.
inline constexpr Millis kAny{INT64_MAX};

/// The API code that `body` throws, or "".
template <class Body>
std::string problem_of(Body body) {
  try {
    body();
  } catch (const ApiError& error) {
    return format_code(error.code());
  } catch (const model::ProvisioningError& error) {
    switch (error.kind()) {
      case model::ProvisioningError::Kind::Invalid:
        return "invalid";
      case model::ProvisioningError::Kind::NotFound:
        return "not found";
      case model::ProvisioningError::Kind::AlreadyExists:
        return "exists";
      case model::ProvisioningError::Kind::Protected:
        return "protected";
    }
  }
  return "";
}

}  // namespace gw::test
