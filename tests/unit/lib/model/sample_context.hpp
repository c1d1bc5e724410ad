// A context with an administrator (2) and three users (3, 4, 5) and their folders: where the services' tests
// live.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/json.hpp"
#include "filestore/file_store.hpp"
#include "model/contexts/provisioning.hpp"
#include "model/users/provisioning.hpp"
#include "model/users/user_directory.hpp"
#include "support/database.hpp"

namespace gw::test {

inline constexpr UserId kAdmin{2}, kAnna{3}, kBerta{4}, kCarl{5};
inline constexpr ContextId kContext{1};

/// Single quotes stand for double ones.
inline Json json(const std::string& text) {
  std::string quoted = text;
  std::replace(quoted.begin(), quoted.end(), '\'', '"');
  auto parsed = Json::parse(quoted);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed.value_or(Json());
}

class SampleContext : public ::testing::Test {
 protected:
  /// `files` null: without file stores.
  explicit SampleContext(model::folders::ContentRegistry contents,
                         const filestore::StoreRoot* files = nullptr) {
    database.contents = std::move(contents);
    database.environment->files = files;
    model::UnitOfWork work(*database.environment, {});
    model::contexts::NewContext context;
    context.id = kContext;
    context.name = "test";
    context.admin = new_user("admin", "Admin", "Root");
    model::contexts::create_context(work, context);
    model::users::create_user(work, new_user("anna", "Anna", "Alpha"));
    model::users::create_user(work, new_user("berta", "Berta", "Beta"));
    model::users::create_user(work, new_user("carl", "Carl", "Gamma"));
    database.events.events.clear();
  }

  static model::users::NewUser new_user(const std::string& login, const std::string& first,
                                        const std::string& last) {
    model::users::NewUser user;
    user.login = login;
    user.mail = login + "@example.test";
    user.contact.first_name = first;
    user.contact.last_name = last;
    user.contact.display_name = last + ", " + first;
    return user;
  }

  /// One unit of work per user, made at first use; each call is a request of its own and sees what others
  /// wrote.
  model::UnitOfWork& as(UserId user) {
    auto& work = works_[user];
    sql::Lease lease = database.pool->acquire();
    auto caller = model::users::load_caller(*lease, kContext, user);
    EXPECT_TRUE(work || caller.has_value());
    if (!work) {
      work = std::make_unique<model::UnitOfWork>(*database.environment, std::move(*caller));
    } else if (caller && work->caller().marks.are_known()) {  // else a test made its caller by hand
      work->replace_caller(std::move(*caller));
    }
    work->release();
    return *work;
  }

  void share(FolderId folder, UserId user, const model::Rights& rights) {
    const sql::Lease lease = database.pool->acquire();
    lease->execute("INSERT INTO folder_permissions (cid,folder,is_group,entity,bits) VALUES (?,?,0,?,?)",
                   kContext, folder, user, model::to_bits(rights));
    lease->execute("UPDATE context_sequence SET folder_stamp=folder_stamp+1 WHERE cid=?", kContext);
  }

  TestDatabase database;

 private:
  std::map<UserId, std::unique_ptr<model::UnitOfWork>> works_;
};

/// The code that `action` is refused with; empty when it is not.
template <class Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const ApiError& error) {
    return format_code(error.code());
  }
  return "";
}

inline constexpr model::Rights kReadAll{1, 2, 0, 0, false}, kAuthor{4, 2, 2, 2, false},
    kOwnOnly{2, 1, 1, 1, false};

using Names = std::vector<std::string>;

}  // namespace gw::test
