/* Module record and command table, nothing else. In C because AP_INIT_* checks the setter's type only there,
 * and under this file name because <IfModule> and hook ordering compare it. */
#include "exports.h"

static const command_rec kCommands[] = {
    AP_INIT_FLAG("OXPush", oxpush_set_flag, NULL, RSRC_CONF,
                 "On starts the push child process; the default is Off"),
    AP_INIT_FLAG(
        "OXPushUdp", oxpush_set_flag, NULL, RSRC_CONF,
        "On serves clients of the UDP push protocol and other servers; the default is Off: browsers only"),
    AP_INIT_FLAG("OXPushMulticast", oxpush_set_flag, NULL, RSRC_CONF,
                 "On finds other servers by multicast; the default is Off"),
    AP_INIT_FLAG("OXPushEndWithSession", oxpush_set_flag, NULL, RSRC_CONF,
                 "On ends a user's registrations with his last session; the default is Off"),
    AP_INIT_TAKE1(
        "OXPushPidFile", oxpush_set_word, NULL, RSRC_CONF,
        "File for the push child's process id, relative to DefaultRuntimeDir; the default is oxpush.pid"),
    AP_INIT_ITERATE("OXPushRestartDelay", oxpush_set_word, NULL, RSRC_CONF,
                    "min=TIME max=TIME: pause before a push child that died is replaced; the default is "
                    "min=100ms max=30s"),
    AP_INIT_TAKE1(
        "OXPushSockets", oxpush_set_word, NULL, RSRC_CONF,
        "Beginning of the names of the Unix sockets, relative to DefaultRuntimeDir; the default is oxpush"),
    AP_INIT_TAKE1("OXPushStateFolder", oxpush_set_word, NULL, RSRC_CONF,
                  "Folder for the saved registrations, relative to DefaultRuntimeDir; the default is oxpush"),
    AP_INIT_TAKE1(
        "OXPushProperties", oxpush_read_properties, NULL, RSRC_CONF,
        "push.properties or push-udp.properties of an Open-Xchange server; directives after it win"),
    AP_INIT_TAKE1("OXPushPort", oxpush_set_word, NULL, RSRC_CONF,
                  "UDP port for clients and servers, also announced; the default is 44335"),
    AP_INIT_ITERATE("OXPushClientBind", oxpush_set_word, NULL, RSRC_CONF,
                    "Addresses where clients register, with :port if it is not OXPushPort; the default is *"),
    AP_INIT_ITERATE("OXPushClusterBind", oxpush_set_word, NULL, RSRC_CONF,
                    "Addresses where only other servers talk; by default they talk to OXPushClientBind"),
    AP_INIT_ITERATE("OXPushClientNetworks", oxpush_set_word, NULL, RSRC_CONF,
                    "Who may register: private, local, all or networks; the default is private local"),
    AP_INIT_ITERATE(
        "OXPushClusterNetworks", oxpush_set_word, NULL, RSRC_CONF,
        "Where other servers may be: private, local, all or networks; the default is private local"),
    AP_INIT_TAKE1("OXPushHostname", oxpush_set_word, NULL, RSRC_CONF,
                  "Name or address to announce; the default is the literal address"),
    AP_INIT_ITERATE("OXPushPeer", oxpush_set_word, NULL, RSRC_CONF,
                    "Other servers that need no announcement, with :port if it is not OXPushPort"),
    AP_INIT_TAKE1(
        "OXPushPeerAddress", oxpush_set_word, NULL, RSRC_CONF,
        "source: an announced address must be the sender's; any: it may differ; the default is source"),
    AP_INIT_TAKE1("OXPushPeerLife", oxpush_set_word, NULL, RSRC_CONF,
                  "How long a server counts after its last announcement; the default is 1h"),
    AP_INIT_ITERATE("OXPushMulticastGroup", oxpush_set_word, NULL, RSRC_CONF,
                    "Groups for announcements, with :port if it is not 9982; the default is 224.0.0.1"),
    AP_INIT_ITERATE("OXPushMulticastInterface", oxpush_set_word, NULL, RSRC_CONF,
                    "Network interfaces of the groups; the default is the system's choice"),
    AP_INIT_TAKE1("OXPushAnnounceInterval", oxpush_set_word, NULL, RSRC_CONF,
                  "Pause between announcements; the default is 30s"),
    AP_INIT_TAKE1("OXPushDistribution", oxpush_set_word, NULL, RSRC_CONF,
                  "What other servers are told: none, event or register; the default is none"),
    AP_INIT_TAKE1("OXPushDelay", oxpush_set_word, NULL, RSRC_CONF,
                  "How long events other than mail wait for equal ones; the default is 120s"),
    AP_INIT_TAKE1("OXPushRegisterTimeout", oxpush_set_word, NULL, RSRC_CONF,
                  "Life of a client's registration; the default is 1h"),
    AP_INIT_ITERATE("OXPushLimits", oxpush_set_word, NULL, RSRC_CONF,
                    "clients=N clients-per-address=N clients-per-user=N registrations=N packets=N peers=N "
                    "peer-packets=N queue=N"),
    AP_INIT_TAKE1("OXPushMailListeners", oxpush_set_word, NULL, RSRC_CONF,
                  "INBOXes that the child listens to for users with live clients, 0 for none; the default is "
                  "1000"),
    AP_INIT_TAKE1("OXPushSignatures", oxpush_set_word, NULL, RSRC_CONF,
                  "Packets between servers: off, prefer (sign, accept all) or require; the default is off"),
    AP_INIT_TAKE1("OXPushClientSignatures", oxpush_set_word, NULL, RSRC_CONF,
                  "Registrations of clients: off, prefer (check signed ones, accept all) or require; the "
                  "default is off"),
    AP_INIT_TAKE1("OXPushKeyFile", oxpush_set_word, NULL, RSRC_CONF,
                  "File of lines ID SECRET; the first key signs, all are accepted"),
    {NULL, {NULL}, NULL, 0, RAW_ARGS, NULL}};

extern module oxpush_module;
module __attribute__((visibility("default"))) oxpush_module = {
    STANDARD20_MODULE_STUFF, NULL, NULL, oxpush_create_settings, NULL, kCommands, oxpush_register_hooks, 0};
