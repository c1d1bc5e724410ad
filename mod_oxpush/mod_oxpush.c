/* Module record and command table, nothing else. In C because AP_INIT_* checks the setter's type only there,
 * and under this file name because <IfModule> and hook ordering compare it. */
#include "exports.h"

static const command_rec kCommands[] = {
    AP_INIT_FLAG("OXPush", oxpush_set_enabled, NULL, RSRC_CONF,
                 "On starts the push child process; the default is Off"),
    AP_INIT_TAKE1(
        "OXPushPidFile", oxpush_set_pid_file, NULL, RSRC_CONF,
        "File for the push child's process id, relative to DefaultRuntimeDir; the default is oxpush.pid"),
    AP_INIT_ITERATE("OXPushRestartDelay", oxpush_set_restart_delay, NULL, RSRC_CONF,
                    "min=TIME max=TIME: pause before a push child that died is replaced; the default is "
                    "min=100ms max=30s"),
    {NULL, {NULL}, NULL, 0, RAW_ARGS, NULL}};

extern module oxpush_module;
module __attribute__((visibility("default"))) oxpush_module = {
    STANDARD20_MODULE_STUFF, NULL, NULL, oxpush_create_settings, NULL, kCommands, oxpush_register_hooks, 0};
