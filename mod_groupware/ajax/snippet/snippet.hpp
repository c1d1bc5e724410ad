// Modules `snippet` and `image/snippet/image`: signatures and other pieces of text. Source: spec
// mail-push-and-extras section 5.
#pragma once

#include "ajax/action.hpp"

namespace gw::ajax {

extern const ApiModule kSnippetModule;
extern const ApiModule kImageSnippetModule;

}  // namespace gw::ajax
