// Asks the push child for something, and waits for the answer: for the command line, never for a worker.
#pragma once

#include <chrono>
#include <string>

namespace gw::push {

/// `socket_path`: of the bus. Only the server's user and root are let in.
/// Limits: each part of the answer within `patience`; 64 MiB
/// Errors: std::runtime_error with a text for people when nobody answers or the child does not know the
/// command
std::string run_push_command(const std::string& socket_path, const std::string& text,
                             std::chrono::seconds patience = std::chrono::seconds{10});

}  // namespace gw::push
