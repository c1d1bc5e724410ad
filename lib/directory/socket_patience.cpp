#include "directory/socket_patience.hpp"

#include <poll.h>

#include <cerrno>

namespace gw::directory {
namespace {

/// Between the socket (10) and TLS (20).
constexpr int kLevel = LBER_SBIOD_LEVEL_PROVIDER + 5;

/// False, with ETIMEDOUT, when nothing happens in time: EAGAIN would make libldap ask again without end.
bool is_ready(const Sockbuf_IO_Desc* layer, short event) noexcept {
  ber_socket_t socket = -1;
  ber_sockbuf_ctrl(layer->sbiod_sb, LBER_SB_OPT_GET_FD, &socket);
  pollfd wanted{socket, event, 0};
  const int ready = poll(&wanted, 1, static_cast<const SocketPatience*>(layer->sbiod_pvt)->milliseconds());
  if (ready == 0) errno = ETIMEDOUT;
  return ready > 0;
}

extern "C" {

int set_up_layer(Sockbuf_IO_Desc* layer, void* patience) noexcept {
  layer->sbiod_pvt = patience;
  return 0;
}

/// What lies above may still say goodbye through it, so it forgets nothing.
int remove_layer(Sockbuf_IO_Desc*) noexcept { return 0; }
int close_layer(Sockbuf_IO_Desc*) noexcept { return 0; }

int control_layer(Sockbuf_IO_Desc* layer, int option, void* argument) noexcept {
  return LBER_SBIOD_CTRL_NEXT(layer, option, argument);
}

ber_slen_t read_layer(Sockbuf_IO_Desc* layer, void* bytes, ber_len_t size) noexcept {
  return is_ready(layer, POLLIN) ? LBER_SBIOD_READ_NEXT(layer, bytes, size) : -1;
}

ber_slen_t write_layer(Sockbuf_IO_Desc* layer, void* bytes, ber_len_t size) noexcept {
  return is_ready(layer, POLLOUT) ? LBER_SBIOD_WRITE_NEXT(layer, bytes, size) : -1;
}

}  // extern "C"

/// libldap keeps its address. Never written.
Sockbuf_IO patient_layer{set_up_layer, remove_layer, control_layer, read_layer, write_layer, close_layer};

extern "C" {

/// Called between connect() and the handshake.
int add_layer(LDAP*, Sockbuf* buffer, LDAPURLDesc*, sockaddr*, ldap_conncb* calls) noexcept {
  return ber_sockbuf_add_io(buffer, &patient_layer, kLevel, calls->lc_arg);
}

void forget_connection(LDAP*, Sockbuf*, ldap_conncb*) noexcept {}

}  // extern "C"

}  // namespace

SocketPatience::SocketPatience(std::chrono::milliseconds patience)
    : milliseconds_(0), calls_{add_layer, forget_connection, this} {
  set(patience);
}

bool SocketPatience::watch(LDAP* handle) {
  return ldap_set_option(handle, LDAP_OPT_CONNECT_CB, &calls_) == LDAP_OPT_SUCCESS;
}

void SocketPatience::set(std::chrono::milliseconds patience) {
  milliseconds_ = static_cast<int>(patience.count());
}

}  // namespace gw::directory
