#include "mod_oxpush/engine/recent_mails.hpp"

#include <gtest/gtest.h>

namespace oxpush {
namespace {

constexpr milliseconds kMailNow{5'000};

gw::push::EventRecord new_mail(std::int64_t object, std::int32_t user = 3) {
  return {.context = 1,
          .module = gw::push::kMail,
          .kind = gw::push::kCreated,
          .object = object,
          .audiences = {{1, {user}}}};
}

TEST(RecentMails, AMailIsToldOnceInAMinute) {
  RecentMails mails;
  EXPECT_FALSE(mails.is_repeated(new_mail(7), kMailNow));
  EXPECT_TRUE(mails.is_repeated(new_mail(7), kMailNow + milliseconds{59'999}));
  EXPECT_FALSE(mails.is_repeated(new_mail(7), kMailNow + RecentMails::kLife));
  EXPECT_TRUE(mails.is_repeated(new_mail(7), kMailNow + RecentMails::kLife));
}

TEST(RecentMails, OtherMailsAndOtherUsersAreNotTheSame) {
  RecentMails mails;
  EXPECT_FALSE(mails.is_repeated(new_mail(7), kMailNow));
  EXPECT_FALSE(mails.is_repeated(new_mail(8), kMailNow));
  EXPECT_FALSE(mails.is_repeated(new_mail(7, 4), kMailNow));
  gw::push::EventRecord elsewhere = new_mail(7);
  elsewhere.context = 2;
  EXPECT_FALSE(mails.is_repeated(elsewhere, kMailNow));
}

TEST(RecentMails, WhatIsNoNamedMailIsNeverTheSame) {
  RecentMails mails;
  gw::push::EventRecord contact = new_mail(7), changed = new_mail(7), of_many = new_mail(7);
  contact.module = gw::push::kContact;
  changed.kind = gw::push::kUpdated;
  of_many.audiences.front().users = {3, 4};
  for (const gw::push::EventRecord& event : {contact, changed, of_many, new_mail(0)}) {
    EXPECT_FALSE(mails.is_repeated(event, kMailNow));
    EXPECT_FALSE(mails.is_repeated(event, kMailNow));
  }
}

TEST(RecentMails, TheOldestIsForgottenWhenThereAreTooMany) {
  RecentMails mails;
  for (std::size_t i = 0; i <= RecentMails::kMost; ++i)
    EXPECT_FALSE(mails.is_repeated(new_mail(static_cast<std::int64_t>(i) + 1), kMailNow));
  EXPECT_FALSE(mails.is_repeated(new_mail(1), kMailNow));
  EXPECT_TRUE(mails.is_repeated(new_mail(3), kMailNow));
}

}  // namespace
}  // namespace oxpush
