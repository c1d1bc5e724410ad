/* The module as httpd loads it: its record is complete, and every directive takes what it should and refuses
   the rest with a text that names the directive. */
/* What cmocka.h needs before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <apr_general.h>
#include <apr_hooks.h>
#include <apr_strings.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "httpd_stand_in.h"

#define MAX_WORDS 4
#define SLOTS 4

static module* record;
static apr_pool_t* pool;
static server_rec server;
static void* server_slots[SLOTS];

struct sample {
  const char* directive;
  /* A good call; for flags empty. */
  const char* good[MAX_WORDS];
  /* A call that must be refused; for flags empty. */
  const char* bad[MAX_WORDS];
};

static const struct sample samples[] = {
    {"GroupwareApi", {NULL}, {NULL}},
    {"GroupwareApiRoot", {"/ajax"}, {"ajax"}},
    {"GroupwareTrustedUser",
     {"On", "name=OIDC_CLAIM_email", "context=acme", "logout=/bye"},
     {"On", "name=HTTP_X_REMOTE_USER"}},
    {"GroupwareDatabase", {"sqlite:/tmp/groupware.db"}, {"oracle:somewhere"}},
    {"GroupwareDatabasePool", {"size=4", "wait=500ms", "idle=1m"}, {"size=0"}},
    {"GroupwareDatabaseTimeouts", {"connect=1s", "statement=10s"}, {"connect=1"}},
    {"GroupwareLogSlow", {"off"}, {"sometimes"}},
    {"GroupwareAutoMigrate", {NULL}, {NULL}},
    {"GroupwareFileStore", {"file:/var/lib/groupware/files"}, {"/var/lib/groupware/files"}},
    {"GroupwareUploadFolder", {"/tmp"}, {"tmp"}},
    {"GroupwareSessionLifetime", {"short=30m", "long=14d"}, {"short=30"}},
    {"GroupwareSessionLimits", {"node=100", "user=10", "client=2"}, {"users=10"}},
    {"GroupwareSessionCache", {"redis:127.0.0.1:6379"}, {"redis"}},
    {"GroupwareIPCheck", {"On", "v4=24", "v6=64"}, {"On", "v4=33"}},
    {"GroupwareIPCheckExempt", {"client=a-client"}, {"10.0.0.0/40"}},
    {"GroupwareCookieHash", {"remember"}, {"forget"}},
    {"GroupwareCookieSalt", {"some-long-salt"}, {"short"}},
    {"GroupwareCookieDomain", {"example.org"}, {"example.org; x"}},
    {"GroupwareCookieSecure", {"on"}, {"off"}},
    {"GroupwareAutologin", {NULL}, {NULL}},
    {"GroupwareRandomToken", {NULL}, {NULL}},
    {"GroupwareFormLoginWithoutAuthId", {NULL}, {NULL}},
    {"GroupwareTokenSecret", {"some-long-secret"}, {"file:/does/not/exist"}},
    {"GroupwareBodyLimit", {"50M"}, {"50X"}},
    {"GroupwareUploadLimit", {"1G"}, {"0"}},
    {"GroupwareImageLimit", {"2M"}, {"2"}},
    {"GroupwareVcardLimit", {"2M"}, {"two"}},
    {"GroupwareDocumentLimit", {"2M"}, {"-1"}},
    {"GroupwareUserConcurrency", {"50"}, {"0"}},
    {"GroupwareRequestRate", {"0"}, {"-1"}},
    {"GroupwareFailedLogins", {"10"}, {"ten"}},
    {"GroupwarePasswordCost", {"6"}, {"12"}},
    {"GroupwareMultipleLimit", {"100"}, {"0"}},
    {"GroupwareMinimumSearchCharacters", {"2"}, {"101"}},
    {"GroupwareImportLimit", {"-1"}, {"-2"}},
    {"GroupwareContactQuota", {"1000"}, {"many"}},
    {"GroupwareCalendarQuota", {"1000"}, {"many"}},
    {"GroupwareTaskQuota", {"1000"}, {"many"}},
    {"GroupwareAttachmentQuota", {"1000"}, {"-1"}},
    {"GroupwareDefaultContext", {"acme"}, {""}},
    {"GroupwareDefaultLocale", {"de_DE"}, {"german"}},
    {"GroupwareDefaultTimezone", {"Europe/Berlin"}, {"Europe/Nowhere"}},
    {"GroupwareProductName", {"Acme Groupware"}, {"a\nb"}},
    {"GroupwareUiPath", {"/ui/"}, {"//evil.example"}},
    {"GroupwareEditOwnContact", {NULL}, {NULL}},
    {"GroupwareUniqueDisplayNames", {NULL}, {NULL}},
    {"GroupwareCheckMailAddresses", {NULL}, {NULL}},
    {"GroupwareOrganizerChanges", {NULL}, {NULL}},
    {"GroupwareScheduling", {NULL}, {NULL}},
    {"GroupwareEvents", {NULL}, {NULL}},
    {"GroupwareEventLimits", {"user=8", "life=15m", "heartbeat=25s"}, {"heartbeat=3m"}},
    {"GroupwarePreset", {"io.ox/core//theme=default"}, {"theme=default"}},
    {"GroupwareMailServer", {"imap://mail.test:143", "tls=starttls", "verify=off"}, {"mail.test"}},
    {"GroupwareMailLogin", {"%u@%d"}, {"%x"}},
    {"GroupwareMailMaster", {"master", "secret"}, {"master", "file:/nowhere/at/all"}},
    {"GroupwareMailOAuth", {"oauthbearer", "OIDC_access_token"}, {"oauth", "TOKEN"}},
    {"GroupwareMailNotify", {"dovecot", "secret"}, {"a:b", "secret"}},
    {"GroupwareMailTimeouts", {"connect=1s", "read=10s"}, {"read=10"}},
    {"GroupwareMailConnections", {"user=2", "process=50", "idle=1m", "requests=8"}, {"user=0"}},
    {"GroupwareMailCompositions", {"user=5", "idle=2d"}, {"user=0"}},
    {"GroupwareMailFolders", {"sent=Sent Items", "trash=Bin"}, {"outbox=x"}},
    {"GroupwareMailRecipients", {"100"}, {"0"}},
    {"GroupwareMailInterval", {"5s"}, {"5"}},
    {"GroupwareMailFlagging", {"flaggedImplicit", "color=3"}, {"flaggedImplicit", "color=11"}},
    {"GroupwareMailAttachmentMarker", {NULL}, {NULL}},
    {"GroupwareMailAuthenticity", {"mx.example.org"}, {"mx example"}},
    {"GroupwareMailTrustedSender", {"news@example.org", "/pictures/news.png"}, {"example.org", "news.png"}},
    {"GroupwareMailAccounts", {"5"}, {"101"}},
    {"GroupwareMailAccountDeny", {"internal", "192.0.2.0/24"}, {"10.0.0.1/8"}},
    {"GroupwareMailAccountPorts", {"993", "465"}, {"0"}},
    {"GroupwareMailAccountTls", {"required=on", "verify=off"}, {"required=maybe"}},
    {"GroupwareMailAutoconfig",
     {"domain=on", "directory=https://dir.test/v1/"},
     {"directory=ftp://dir.test"}},
    {"GroupwareMailProvider",
     {"shop.test", "imaps://imap.test", "smtps://smtp.test", "login=%u"},
     {"shop.test", "imaps://imap.test"}},
    {"GroupwareMailCategories", {"on", "start=off", "name=Main"}, {"on", "start=1"}},
    {"GroupwareMailCategory", {"social", "name=Social", "kind=user"}, {"general"}},
    {"GroupwareFeeds",
     {"on", "ports=80,8080", "deny=10.0.0.0/8", "hosts=.example.org"},
     {"on", "ports=http"}},
    {"GroupwareNoReply", {"no-reply@example.org", "smtps://mail.test", "login=a", "secret=b"}, {"no-reply"}},
    {"GroupwareJobs", {"on", "interval=30s"}, {"on", "interval=1h"}},
    {"GroupwarePublicFreeBusy", {"on", "default=on", "contexts=1,acme"}, {"on", "who=all"}},
    {"GroupwareDirectory",
     {"corp", "ldaps://ldap.test", "base=dc=example,dc=org"},
     {"corp", "ldap://ldap.test"}},
    {"GroupwareDirectoryAccount",
     {"corp", "cn=groupware,dc=example,dc=org", "secret"},
     {"other", "cn=a", "b"}},
    {"GroupwareDirectoryMapping",
     {"corp", GW_SOURCE_DIR "/conf/ldap/inetorgperson.conf"},
     {"corp", "/nowhere"}},
    {"GroupwareDirectoryLogin", {"corp", "search=(uid=%u)", "create=on"}, {"corp", "search=uid=%u"}},
    {"GroupwareDirectoryBook", {"corp", "Partners", "folders=ou:Sales"}, {"corp", "Partners", "who=all"}},
    {"GroupwareDirectoryImport", {"corp", "context=example", "interval=1h"}, {"corp", "interval=1h"}},
    {"GroupwareLocalPasswords", {NULL}, {NULL}},
    {"GroupwareProvisioning", {"on", "override=on"}, {"on", "combinations=/nowhere/at/all"}},
    {"GroupwareTransportServer", {"submission://[::1]", "auth=off"}, {"smtp://mail.test", "tls=maybe"}},
    {"GroupwareSieveServer", {"sieve://mail.test", "tls=starttls"}, {"sieve://mail.test", "auth=off"}},
    {"GroupwareSieveLogin", {"%m"}, {""}},
    {"GroupwareSieveMaster", {"master", "secret"}, {"master", "file:/nowhere/at/all"}},
    {"GroupwareSieveTimeouts", {"connect=1s", "read=10s"}, {"connect=0s"}},
    {"GroupwareSieveScript", {"Open-Xchange"}, {"a/b"}},
    {"GroupwareSieveRedirects", {"4"}, {"-1"}},
    {"GroupwareSieveDenyRedirect", {"example.org"}, {"@example.org"}},
    {"GroupwareSieveHide", {"test:body"}, {"body"}},
    {"GroupwareSieveUtf7Folders", {NULL}, {NULL}},
    {"GroupwareStatus", {NULL}, {NULL}},
    {"GroupwareHealth", {"budget=1s", "files=on", "skip=clock", "disk=1G"}, {"skip=moon"}},
};
static const size_t sample_count = sizeof samples / sizeof samples[0];

static const command_rec* find_command(const char* name) {
  for (const command_rec* command = record->cmds; command->name != NULL; ++command)
    if (strcmp(command->name, name) == 0) return command;
  return NULL;
}

/* Calls a setter as httpd's parser does. */
static const char* call(const command_rec* command, const char* const* words, int is_virtual) {
  cmd_parms parameters;
  memset(&parameters, 0, sizeof parameters);
  parameters.pool = pool;
  parameters.temp_pool = pool;
  parameters.server = &server;
  parameters.cmd = command;
  parameters.info = command->cmd_data;
  server.is_virtual = is_virtual;
  ap_directive_t section = {.directive = "<Location"};
  ap_directive_t line = {.directive = command->name, .parent = &section};
  if (strcmp(command->name, "GroupwareTrustedUser") == 0) parameters.directive = &line;
  void* directory = record->create_dir_config(pool, NULL);
  int count = 0;
  char* copies[MAX_WORDS];
  for (; count < MAX_WORDS && words[count] != NULL; ++count) copies[count] = apr_pstrdup(pool, words[count]);
  switch (command->args_how) {
    case FLAG:
      return command->AP_FLAG(&parameters, directory, 1);
    case TAKE1:
    case ITERATE:
      return command->AP_TAKE1(&parameters, directory, copies[0]);
    case TAKE2:
      return command->AP_TAKE2(&parameters, directory, copies[0], copies[1]);
    case TAKE_ARGV:
      return command->AP_TAKE_ARGV(&parameters, directory, count, copies);
    default:
      fail_msg("%s has a kind of arguments that this test does not know", command->name);
  }
  return NULL;
}

static int set_up(void** state) {
  (void)state;
  apr_pool_create(&pool, NULL);
  apr_hook_global_pool = pool; /* where optional hooks, such as mod_status's, are kept */
  record->module_index = 1;
  memset(&server, 0, sizeof server);
  server.module_config = (ap_conf_vector_t*)server_slots;
  server_slots[1] = record->create_server_config(pool, &server);
  hooked_count = 0;
  record->register_hooks(pool);
  assert_non_null(hooked_pre_config);
  assert_int_equal(hooked_pre_config(pool, pool, pool), 0);
  forget_calls();
  return 0;
}

static int tear_down(void** state) {
  (void)state;
  apr_hook_deregister_all();
  apr_pool_destroy(pool);
  return 0;
}

static void the_record_has_no_gaps(void** state) {
  (void)state;
  assert_int_equal(record->magic, MODULE_MAGIC_COOKIE);
  assert_int_equal(record->version, MODULE_MAGIC_NUMBER_MAJOR);
  /* <IfModule> and the order of hooks compare this name. */
  const char* slash = strrchr(record->name, '/');
  assert_string_equal(slash == NULL ? record->name : slash + 1, "mod_groupware.c");
  assert_non_null(record->create_dir_config);
  assert_non_null(record->merge_dir_config);
  assert_non_null(record->create_server_config);
  assert_non_null(record->merge_server_config);
  assert_non_null(record->cmds);
  assert_non_null(record->register_hooks);
}

static void every_hook_of_the_module_is_registered(void** state) {
  (void)state;
  assert_int_equal(hooked_count, 23);
}

static void every_directive_has_a_setter_a_help_text_and_a_sample_here(void** state) {
  (void)state;
  size_t count = 0;
  for (const command_rec* command = record->cmds; command->name != NULL; ++command, ++count) {
    assert_memory_equal(command->name, "Groupware", 9);
    assert_non_null(command->AP_NO_ARGS);
    assert_true(command->errmsg != NULL && command->errmsg[0] != '\0');
    assert_true((command->req_override & RSRC_CONF) != 0);
    assert_ptr_equal(find_command(command->name), command);
    size_t index = 0;
    while (index < sample_count && strcmp(samples[index].directive, command->name) != 0) ++index;
    if (index == sample_count) fail_msg("no sample for %s", command->name);
  }
  assert_int_equal(count, sample_count);
}

static void every_directive_takes_its_good_sample(void** state) {
  (void)state;
  for (size_t index = 0; index < sample_count; ++index) {
    const char* problem = call(find_command(samples[index].directive), samples[index].good, 0);
    if (problem != NULL) fail_msg("%s: %s", samples[index].directive, problem);
  }
}

static void every_directive_refuses_its_bad_sample_by_name(void** state) {
  (void)state;
  for (size_t index = 0; index < sample_count; ++index) {
    if (samples[index].bad[0] == NULL) continue;
    const char* problem = call(find_command(samples[index].directive), samples[index].bad, 0);
    if (problem == NULL) fail_msg("%s took %s", samples[index].directive, samples[index].bad[0]);
    assert_non_null(strstr(problem, samples[index].directive));
  }
}

static void what_holds_for_the_whole_server_is_refused_in_a_virtual_host(void** state) {
  (void)state;
  for (size_t index = 0; index < sample_count; ++index) {
    const char* problem = call(find_command(samples[index].directive), samples[index].good, 1);
    const int is_local = strncmp(samples[index].directive, "GroupwareApi", 12) == 0 ||
                         strcmp(samples[index].directive, "GroupwareTrustedUser") == 0;
    if (is_local) {
      assert_null(problem);
    } else {
      if (problem == NULL) fail_msg("%s was taken", samples[index].directive);
      assert_non_null(strstr(problem, "<VirtualHost>"));
    }
  }
}

/* The first byte of a directory configuration is its tri-state switch: 0 unset, 1 off, 2 on. */
static unsigned char merged_switch(const void* parent, const void* child) {
  return *(unsigned char*)record->merge_dir_config(pool, (void*)(size_t)parent, (void*)(size_t)child);
}

static void an_inner_section_overrides_only_what_it_sets(void** state) {
  (void)state;
  unsigned char* unset = record->create_dir_config(pool, NULL);
  unsigned char* off = record->create_dir_config(pool, NULL);
  unsigned char* on = record->create_dir_config(pool, NULL);
  assert_int_equal(*unset, 0);
  *off = 1;
  *on = 2;
  assert_int_equal(merged_switch(on, unset), 2);
  assert_int_equal(merged_switch(on, off), 1);
  assert_int_equal(merged_switch(off, on), 2);
  assert_int_equal(merged_switch(unset, unset), 0);
}

int main(void) {
  apr_initialize();
  void* library = dlopen(GW_MODULE, RTLD_LAZY | RTLD_GLOBAL);
  if (library == NULL) {
    print_error("%s\n", dlerror());
    return 1;
  }
  record = dlsym(library, "groupware_module");
  if (record == NULL) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(the_record_has_no_gaps, set_up, tear_down),
      cmocka_unit_test_setup_teardown(every_hook_of_the_module_is_registered, set_up, tear_down),
      cmocka_unit_test_setup_teardown(every_directive_has_a_setter_a_help_text_and_a_sample_here, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(every_directive_takes_its_good_sample, set_up, tear_down),
      cmocka_unit_test_setup_teardown(every_directive_refuses_its_bad_sample_by_name, set_up, tear_down),
      cmocka_unit_test_setup_teardown(what_holds_for_the_whole_server_is_refused_in_a_virtual_host, set_up,
                                      tear_down),
      cmocka_unit_test_setup_teardown(an_inner_section_overrides_only_what_it_sets, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
