#include "model/notifications/subscription_service.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/random.hpp"

namespace gw::model::notifications {
namespace {

constexpr std::string_view kTransports[] = {"websocket", "apn", "apns_http2", "gcm", "fcm", "wns"};

constexpr std::string_view kFind =
    "SELECT id FROM pns_subscriptions WHERE cid=? AND user_id=? AND token=? AND client=?";
constexpr std::string_view kIdsOfUser =
    "SELECT id FROM pns_subscriptions WHERE cid=? AND user_id=? ORDER BY last_modified DESC,id";
constexpr std::string_view kInsert =
    "INSERT INTO pns_subscriptions (cid,user_id,token,client,id,transport,last_modified,all_flag,expires) "
    "VALUES (?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kInsertTopic =
    "INSERT INTO pns_topics (cid,id,topic,is_prefix,user_id) VALUES (?,?,?,?,?)";
constexpr std::string_view kDelete = "DELETE FROM pns_subscriptions WHERE cid=? AND id=?";
constexpr std::string_view kDeleteTopics = "DELETE FROM pns_topics WHERE cid=? AND id=?";
constexpr std::string_view kList =
    "SELECT id,token,client,transport,all_flag,expires FROM pns_subscriptions WHERE cid=? AND user_id=? AND "
    "(expires=0 OR expires>?) ORDER BY last_modified,id";
constexpr std::string_view kTopics =
    "SELECT topic,is_prefix FROM pns_topics WHERE cid=? AND id=? ORDER BY topic";
/// Over all contexts on purpose: expiry does not depend on the tenant.
constexpr std::string_view kExpired =
    "SELECT cid,id FROM pns_subscriptions WHERE expires>0 AND expires<=? LIMIT 500";

std::optional<std::string> find(sql::Connection& connection, const UnitOfWork& work,
                                const Subscription& subscription) {
  sql::Query row =
      connection.query(kFind, work.context(), work.caller().user, subscription.token, subscription.client);
  return row.next() ? std::optional(row.string(0)) : std::nullopt;
}

void erase(sql::Connection& connection, ContextId context, const std::string& id) {
  connection.execute(kDeleteTopics, context, id);
  connection.execute(kDelete, context, id);
}

void make_room(sql::Connection& connection, const UnitOfWork& work) {
  std::vector<std::string> ids;
  sql::Query row = connection.query(kIdsOfUser, work.context(), work.caller().user);
  while (row.next()) ids.push_back(row.string(0));
  for (std::size_t i = kMostSubscriptions - 1; i < ids.size(); ++i) erase(connection, work.context(), ids[i]);
}

}  // namespace

bool is_transport(std::string_view name) {
  return std::find(std::begin(kTransports), std::end(kTransports), name) != std::end(kTransports);
}

void subscribe(UnitOfWork& work, const Subscription& subscription) {
  const std::set<std::string> topics(subscription.topics.begin(), subscription.topics.end());
  const bool all = topics.contains("*");
  work.write([&](Transaction& transaction) {
    sql::Connection& connection = transaction.connection();
    const Millis stamp = transaction.stamp();
    if (const auto known = find(connection, work, subscription)) erase(connection, work.context(), *known);
    make_room(connection, work);
    const std::string id = random_uuid();
    connection.execute(kInsert, work.context(), work.caller().user, subscription.token, subscription.client,
                       id, subscription.transport, stamp, all, subscription.expires);
    for (const std::string& topic : topics) {
      if (topic == "*") continue;
      const bool is_prefix = topic.ends_with('*');
      connection.execute(kInsertTopic, work.context(), id,
                         topic.substr(0, topic.size() - (is_prefix ? 1 : 0)), is_prefix, work.caller().user);
    }
  });
}

bool unsubscribe(UnitOfWork& work, const Subscription& subscription) {
  bool was_there = false;
  work.write([&](Transaction& transaction) {
    const auto known = find(transaction.connection(), work, subscription);
    was_there = known.has_value();
    if (known) erase(transaction.connection(), work.context(), *known);
  });
  return was_there;
}

std::vector<Subscription> list_subscriptions(UnitOfWork& work) {
  std::vector<Subscription> list;
  work.snapshot([&](sql::Connection& connection) {
    list.clear();
    std::vector<std::string> ids;
    sql::Query row = connection.query(kList, work.context(), work.caller().user, work.now());
    while (row.next()) {
      ids.push_back(row.string(0));
      list.push_back({row.string(2), row.string(1), row.string(3), {}, {row.integer(5)}});
      if (row.integer(4) != 0) list.back().topics.emplace_back("*");
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
      sql::Query topic = connection.query(kTopics, work.context(), ids[i]);
      while (topic.next()) list[i].topics.push_back(topic.string(0) + (topic.integer(1) != 0 ? "*" : ""));
    }
  });
  return list;
}

int purge_expired(sql::Scope& database, Millis now) {
  int count = 0;
  database.write([&](sql::Connection& connection) {
    std::vector<std::pair<ContextId, std::string>> expired;
    {
      sql::Query row = connection.query(kExpired, now);
      while (row.next()) expired.emplace_back(row.id<ContextId>(0), row.string(1));
    }
    for (const auto& [context, id] : expired) erase(connection, context, id);
    count = static_cast<int>(expired.size());
  });
  return count;
}

}  // namespace gw::model::notifications
