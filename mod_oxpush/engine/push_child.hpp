// The push child at work: ties loop, sockets, bus and exchange together.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <functional>
#include <string>
#include <vector>

#include "bus_server.hpp"
#include "exchange.hpp"
#include "loop.hpp"
#include "udp_sockets.hpp"

namespace oxpush {

/// What the parent prepared.
struct ChildSetup {
  EngineSettings settings;
  std::vector<Port> ports;
  std::vector<int> port_descriptors;  ///< one for each port
  /// Groups with the interfaces to announce through.
  struct Group {
    Endpoint endpoint;
    std::vector<std::string> interfaces;  ///< empty: the system's choice
  };
  std::vector<Group> groups;
  std::vector<Endpoint> static_peers;
  int events_descriptor = -1;
  int bus_descriptor = -1;
  std::string state_file;
};

/// Serves until `stop` is raised, then sends what waits and saves the registrations.
/// Errors: std::system_error when the kernel refuses what it needs
/// `leaves` is asked at the end: whether the server stops for good, so that peers should hear of it.
void run_push_child(const ChildSetup& setup, Loop& loop, Journal& journal, Counters& counters,
                    const std::function<bool()>& leaves);

}  // namespace oxpush
