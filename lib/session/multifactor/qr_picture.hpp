// A text as a QR code. Through libqrencode and GD.
#pragma once

#include <string>

namespace gw::session::multifactor {

/// PNG, black on white with the quiet zone that readers need (ISO/IEC 18004). Errors: empty for a text that
/// is too long for such a picture; some 1,200 bytes fit.
std::string make_qr_picture(const std::string& text);

}  // namespace gw::session::multifactor
