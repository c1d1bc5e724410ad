// What inviting and links share. Internal to model/shares.
#pragma once

#include <optional>

#include "model/shares/share_store.hpp"
#include "model/unit_of_work.hpp"

namespace gw::model::shares {

/// A fresh token for a row that is about to be written.
void set_new_token(Transaction& transaction, store::Row& row);

/// The link of a target. One whose time is over is ended here.
std::optional<store::Row> find_live_link(Transaction& transaction, const Target& target);

}  // namespace gw::model::shares
