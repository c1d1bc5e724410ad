/* What mod_oxpush offers to other modules, as optional functions: they work without it. */
#pragma once

#include <httpd.h>

#include <apr_optional.h>

/* The paths of the push child's Unix sockets: where events go (push/sender.hpp), and where the bus answers
 * (push/bus_client.hpp).
 * Returns:  1, or 0 with both untouched when push is off.
 * Owns:     the configuration pool; gone at the next restart.
 * Threads:  any, from post_config on. */
APR_DECLARE_OPTIONAL_FN(int, oxpush_socket_paths, (const char** events, const char** bus));

/* The secret that keys of the push protocol's clients are derived from (push/client_key.hpp).
 * Returns:  NULL when clients do not sign.
 * Owns:     the configuration pool; gone at the next restart.
 * Threads:  any, from post_config on. */
APR_DECLARE_OPTIONAL_FN(const char*, oxpush_client_master, (void));

/* Whether the push child wants to know of INBOXes to listen to (MailWatch in push/control_record.hpp).
 * Returns:  1, or 0: then it is told no password.
 * Threads:  any, from post_config on. */
APR_DECLARE_OPTIONAL_FN(int, oxpush_listens_to_mail, (void));

/* Gives `visit` each counter of the push child, under the name that the status page has for it.
 * Returns:  how many; 0 when push is off.
 * Owns:     the names are part of the module.
 * Threads:  any, from post_config on. */
APR_DECLARE_OPTIONAL_FN(int, oxpush_visit_counters,
                        (void (*visit)(void* context, const char* name, apr_uint64_t value), void* context));
