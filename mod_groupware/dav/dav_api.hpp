// The one place that includes mod_dav.h, which is no valid C++: a field and a parameter are called
// `namespace`. Everything it includes comes first, so that the word is renamed in it alone.
#pragma once

#include <httpd.h>

#include <ap_provider.h>
#include <apr_buckets.h>
#include <apr_dbm.h>
#include <apr_hooks.h>
#include <apr_strings.h>
#include <apr_xml.h>
#include <http_config.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <util_filter.h>
#include <util_xml.h>

#define namespace namespace_uri
#include <mod_dav.h>
#undef namespace

// mod_groupware also runs where mod_dav is not loaded: then these are null, and nothing here is called.
// httpd resolves symbols when it loads a module, so mod_dav must be loaded before.
#pragma weak dav_get_provider
#pragma weak dav_hook_find_liveprop
#pragma weak dav_hook_insert_all_liveprops
#pragma weak dav_hook_method_precondition
#pragma weak dav_new_error
#pragma weak dav_new_error_tag
