#include "core/error.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/errors/account.hpp"
#include "core/errors/app_password.hpp"
#include "core/errors/appointment.hpp"
#include "core/errors/attachment.hpp"
#include "core/errors/calendar.hpp"
#include "core/errors/composition.hpp"
#include "core/errors/contact.hpp"
#include "core/errors/conversion.hpp"
#include "core/errors/feed.hpp"
#include "core/errors/filestorage.hpp"
#include "core/errors/find.hpp"
#include "core/errors/folder.hpp"
#include "core/errors/infostore.hpp"
#include "core/errors/login.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/mail_account.hpp"
#include "core/errors/mail_filter.hpp"
#include "core/errors/multifactor.hpp"
#include "core/errors/reminder.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/session.hpp"
#include "core/errors/share.hpp"
#include "core/errors/snippet.hpp"
#include "core/errors/task.hpp"
#include "core/errors/transfer.hpp"
#include "core/errors/upload.hpp"
#include "core/messages.hpp"
#include "core/messages_de.hpp"

namespace gw {
namespace {

std::vector<const ErrorCode*> all_codes() {
  std::vector<const ErrorCode*> codes;
  const auto add = [&](const auto& table) { codes.insert(codes.end(), std::begin(table), std::end(table)); };
  add(errors::ses::kAll);
  add(errors::svl::kAll);
  add(errors::lgi::kAll);
  add(errors::mfa::kAll);
  add(errors::app_password::kAll);
  add(errors::fld::kAll);
  add(errors::con::kAll);
  add(errors::ctx::kAll);
  add(errors::usr::kAll);
  add(errors::grp::kAll);
  add(errors::res::kAll);
  add(errors::quota::kAll);
  add(errors::ie::kAll);
  add(errors::ifo::kAll);
  add(errors::fls::kAll);
  add(errors::shr::kAll);
  add(errors::upl::kAll);
  add(errors::att::kAll);
  add(errors::filestorage::kAll);
  add(errors::msg::kAll);
  add(errors::msg::kAllOfServers);
  add(errors::imap::kAll);
  add(errors::acc::kAll);
  add(errors::mail_filter::kAll);
  add(errors::msgcs::kAll);
  add(errors::find::kAll);
  add(errors::snippet::kAll);
  add(errors::conversion::kAll);
  add(errors::rss::kAll);
  add(errors::app::kAll);
  add(errors::cal::kAll);
  add(errors::rem::kAll);
  add(errors::tsk::kAll);
  return codes;
}

TEST(ErrorCode, CodesAreEqualByPrefixAndNumberWhereverTheyAreStored) {
  const ErrorCode copy = errors::con::kNotFound;
  EXPECT_EQ(copy, errors::con::kNotFound);
  EXPECT_NE(copy, errors::con::kChanged);
  EXPECT_NE((ErrorCode{"CON", 10}), (ErrorCode{"USR", 10}));
}

TEST(ErrorCode, EveryNumberStandsOnceButForTheSharedOneOfTheSpec) {
  std::multiset<std::string> seen;
  for (const ErrorCode* code : all_codes()) seen.insert(format_code(*code));
  for (const std::string& code : seen) EXPECT_EQ(seen.count(code), code == "SVL-0003" ? 2U : 1U) << code;
}

TEST(ErrorCode, NumbersHaveAtLeastFourDigits) {
  EXPECT_EQ(format_code(errors::fld::kNotVisible), "FLD-0003");
  EXPECT_EQ(format_code(errors::fld::kUnknownTree), "FLD-1031");
  EXPECT_EQ(format_code(errors::ie::kNotExportable), "I_E-0100");
}

TEST(ErrorText, ArgumentsAreFilledInAnyOrder) {
  EXPECT_EQ(format_error_text("%2$s of %1$s, %3$s", {"a", "b"}), "b of a, ");
  EXPECT_EQ(format_error_text("100 % and %1$s", {"%2$s"}), "100 % and %2$s");
}

TEST(Messages, GermanUsersReadGermanAndOthersEnglish) {
  EXPECT_EQ(localized_text(errors::lgi::kInvalidCredentials, "de_DE"),
            "Der Benutzername oder das Passwort ist falsch.");
  EXPECT_EQ(localized_text(errors::lgi::kInvalidCredentials, "ja_JP"), errors::lgi::kInvalidCredentials.text);
}

TEST(Messages, EveryTranslationHasItsCodeAndTheSamePlaceholders) {
  const auto codes = all_codes();
  for (const TranslatedText& row : kGermanTexts) {
    const ErrorCode* match = nullptr;
    for (const ErrorCode* code : codes)
      if (code->prefix == row.prefix && code->number == row.number) match = code;
    ASSERT_NE(match, nullptr) << row.prefix << row.number;
    for (const char* placeholder : {"%1$s", "%2$s", "%3$s"})
      EXPECT_EQ(match->text.find(placeholder) == std::string_view::npos,
                row.text.find(placeholder) == std::string_view::npos)
          << row.prefix << row.number;
  }
}

}  // namespace
}  // namespace gw
