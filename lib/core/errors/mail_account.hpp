// ACC: mail accounts of a user. Source: spec mail section 14. Only what is raised stands here.
#pragma once
#include "core/error.hpp"

namespace gw::errors::acc {

inline constexpr ErrorCode kNotFound{"ACC", 2, Category::UserInput, "There is no mail account %1$s."};

inline constexpr const ErrorCode* kAll[] = {&kNotFound};

}  // namespace gw::errors::acc
