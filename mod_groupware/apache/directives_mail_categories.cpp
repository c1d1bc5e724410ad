// GroupwareMailCategories and GroupwareMailCategory. Meanings: docs/directives.md.
#include "apache/category_words.hpp"
#include "apache/setter.hpp"

using gw::apache::ModuleConfig;

const char* gw_set_mail_categories(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return gw::apache::set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::set_mail_categories(config.settings.categories, name, gw::apache::to_views(count, words));
  });
}

const char* gw_add_mail_category(cmd_parms* command, void*, int count, char* const words[]) noexcept {
  return gw::apache::set_for_server(command, [=](ModuleConfig& config, std::string_view name) {
    gw::apache::add_mail_category(config.settings.categories, name, gw::apache::to_views(count, words));
  });
}
