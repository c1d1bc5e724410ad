#include "session/multifactor/device_rows.hpp"

namespace gw::session::multifactor {
namespace {

constexpr std::string_view kHasDevice =
    "SELECT 1 FROM multifactor_devices WHERE cid=? AND user_id=? AND is_enabled=1 AND provider=? LIMIT 1";
constexpr std::string_view kListDevices =
    "SELECT id,provider,name,is_enabled,created,secret,last_step FROM multifactor_devices "
    "WHERE cid=? AND user_id=? ORDER BY created,id";
constexpr std::string_view kFindDevice =
    "SELECT id,provider,name,is_enabled,created,secret,last_step FROM multifactor_devices "
    "WHERE cid=? AND user_id=? AND id=?";
constexpr std::string_view kInsertDevice =
    "INSERT INTO multifactor_devices (cid,user_id,id,provider,name,is_enabled,created,secret,last_step) "
    "VALUES (?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kRenameDevice =
    "UPDATE multifactor_devices SET name=? WHERE cid=? AND user_id=? AND id=?";
constexpr std::string_view kEnableDevice =
    "UPDATE multifactor_devices SET is_enabled=1 WHERE cid=? AND user_id=? AND id=?";
constexpr std::string_view kSetLastStep =
    "UPDATE multifactor_devices SET last_step=? WHERE cid=? AND user_id=? AND id=?";
constexpr std::string_view kDeleteDevice =
    "DELETE FROM multifactor_devices WHERE cid=? AND user_id=? AND id=?";
constexpr std::string_view kInsertCode =
    "INSERT INTO multifactor_codes (cid,user_id,device,digest) VALUES (?,?,?,?)";
constexpr std::string_view kTakeCode =
    "DELETE FROM multifactor_codes WHERE cid=? AND user_id=? AND device=? AND digest=?";
constexpr std::string_view kCountCodes =
    "SELECT COUNT(*) FROM multifactor_codes WHERE cid=? AND user_id=? AND device=?";
constexpr std::string_view kDeleteCodes =
    "DELETE FROM multifactor_codes WHERE cid=? AND user_id=? AND device=?";

Device read_device(const sql::Query& row) {
  Device device;
  device.id = row.string(0);
  device.provider = row.string(1);
  device.name = row.string(2);
  device.is_enabled = row.integer(3) != 0;
  device.created = row.millis(4);
  device.sealed_secret = row.string(5);
  device.last_step = row.integer(6);
  return device;
}

}  // namespace

bool has_second_factor(sql::Connection& connection, ContextId context, UserId user) {
  return connection.query(kHasDevice, context, user, kTotp).next();
}

std::vector<Device> list_device_rows(sql::Connection& connection, const Owner& owner) {
  std::vector<Device> devices;
  sql::Query row = connection.query(kListDevices, owner.context, owner.user);
  while (row.next()) devices.push_back(read_device(row));
  return devices;
}

std::optional<Device> find_device_row(sql::Connection& connection, const Owner& owner, std::string_view id) {
  sql::Query row = connection.query(kFindDevice, owner.context, owner.user, id);
  if (!row.next()) return std::nullopt;
  return read_device(row);
}

void insert_device(sql::Connection& connection, const Owner& owner, const Device& device) {
  connection.execute(kInsertDevice, owner.context, owner.user, device.id, device.provider, device.name,
                     device.is_enabled ? 1 : 0, device.created, device.sealed_secret, device.last_step);
}

void rename_device_row(sql::Connection& connection, const Owner& owner, std::string_view id,
                       std::string_view name) {
  connection.execute(kRenameDevice, name, owner.context, owner.user, id);
}

void enable_device_row(sql::Connection& connection, const Owner& owner, std::string_view id) {
  connection.execute(kEnableDevice, owner.context, owner.user, id);
}

void set_last_step(sql::Connection& connection, const Owner& owner, std::string_view id, std::int64_t step) {
  connection.execute(kSetLastStep, step, owner.context, owner.user, id);
}

void delete_device_row(sql::Connection& connection, const Owner& owner, std::string_view id) {
  connection.execute(kDeleteCodes, owner.context, owner.user, id);
  connection.execute(kDeleteDevice, owner.context, owner.user, id);
}

void insert_code(sql::Connection& connection, const Owner& owner, std::string_view device,
                 std::string_view digest) {
  connection.execute(kInsertCode, owner.context, owner.user, device, digest);
}

bool take_code(sql::Connection& connection, const Owner& owner, std::string_view device,
               std::string_view digest) {
  return connection.execute(kTakeCode, owner.context, owner.user, device, digest) > 0;
}

std::int64_t count_codes(sql::Connection& connection, const Owner& owner, std::string_view device) {
  sql::Query row = connection.query(kCountCodes, owner.context, owner.user, device);
  return row.next() ? row.integer(0) : 0;
}

}  // namespace gw::session::multifactor
