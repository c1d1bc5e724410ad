#include "sql/fault/fault_driver.hpp"

#include <gtest/gtest.h>

#include "unit/lib/sql/samples.hpp"

namespace gw::sql::fault {
namespace {

class FaultDriverTest : public testing::Test {
 protected:
  std::unique_ptr<Connection> connect() { return driver_.connect(); }

  sql::test::SampleDatabase database_;
  std::shared_ptr<Plan> plan_ = std::make_shared<Plan>();
  FaultDriver driver_{make_driver(database_.settings.database), plan_};
};

TEST_F(FaultDriverTest, PassesEverythingOnWithoutAPlan) {
  const auto connection = connect();
  connection->begin(TransactionMode::Write);
  connection->execute(sql::test::kInsertName, sql::test::kContext, 1, "x", 5);
  connection->commit();
  Query rows = connection->query("SELECT name,amount,body FROM samples WHERE cid=?", sql::test::kContext);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0), "x");
  EXPECT_EQ(rows.integer(1), 5);
  EXPECT_TRUE(rows.is_null(2));
  EXPECT_EQ(rows.column_count(), 3);
}

TEST_F(FaultDriverTest, FailsTheCallThatWasChosenAndNoOther) {
  plan_->add({.point = Point::Execute, .nth = 2, .kind = ErrorKind::Timeout});
  const auto connection = connect();
  EXPECT_NO_THROW((void)connection->query("SELECT 1"));
  EXPECT_THROW((void)connection->query("SELECT 1"), SqlError);
  EXPECT_NO_THROW((void)connection->query("SELECT 1"));
  EXPECT_FALSE(connection->broken());
  EXPECT_EQ(plan_->calls(Point::Execute), 3);
}

TEST_F(FaultDriverTest, ABrokenConnectionStaysBroken) {
  plan_->add({.point = Point::Prepare, .breaks_connection = true});
  const auto connection = connect();
  EXPECT_THROW((void)connection->query("SELECT 1"), SqlError);
  EXPECT_TRUE(connection->broken());
  EXPECT_FALSE(connection->ping());
  EXPECT_THROW(connection->begin(TransactionMode::Write), SqlError);
  EXPECT_TRUE(connect()->ping());
}

TEST_F(FaultDriverTest, AFaultAtRollbackBreaksTheConnection) {
  plan_->add({.point = Point::Rollback});
  const auto connection = connect();
  connection->begin(TransactionMode::Write);
  connection->rollback();
  EXPECT_TRUE(connection->broken());
}

TEST_F(FaultDriverTest, AClearedPlanFailsNothing) {
  plan_->add({.point = Point::Connect, .times = 100});
  EXPECT_THROW(connect(), SqlError);
  plan_->clear();
  EXPECT_NO_THROW(connect());
}

}  // namespace
}  // namespace gw::sql::fault
