// GroupwareNoReply, GroupwareJobs and GroupwarePublicFreeBusy. Meanings: docs/directives.md.
#include "apache/calendar_words.hpp"
#include "apache/setter.hpp"

using gw::apache::ModuleConfig;

const char* gw_set_no_reply(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return gw::apache::set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_no_reply(config.settings.no_reply, name, gw::apache::to_views(count, words));
  });
}

const char* gw_set_jobs(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return gw::apache::set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_jobs(config.settings.jobs, name, gw::apache::to_views(count, words));
  });
}

const char* gw_set_public_busy(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return gw::apache::set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_public_busy(config.settings.calendar.public_busy, name,
                                gw::apache::to_views(count, words));
  });
}
