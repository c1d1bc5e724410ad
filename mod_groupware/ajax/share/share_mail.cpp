#include "ajax/share/share_mail.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "ajax/envelope.hpp"
#include "ajax/login/login_flow.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/share/share_address.hpp"
#include "core/errors/folder.hpp"
#include "core/errors/mail.hpp"
#include "core/errors/servlet.hpp"
#include "core/errors/share.hpp"
#include "core/text.hpp"
#include "mailbox/sending.hpp"
#include "mailbox/share_notice.hpp"
#include "model/groups/membership.hpp"
#include "model/shares/guests.hpp"
#include "model/users/user_directory.hpp"

namespace gw::ajax {
namespace {

namespace shares = model::shares;

/// One mail that is to be sent. `name` is how warnings call the recipient.
struct Letter {
  std::string name;
  mail::Address to;
  std::string locale;
  std::string url;
};

/// Where the web client shows the target to a user who signs in.
std::string address_in_ui(const Invocation& invocation, const shares::Target& target) {
  const std::string_view module = share_module(target.module);
  const std::string_view app = target.module == model::ObjectModule::Infostore ? "files" : module;
  std::string url = web_origin(invocation.request) + choose_ui_path(invocation, {}) + "#!!&app=io.ox/" +
                    std::string(app) + "&folder=" + share_folder(target);
  if (target.item) url += "&id=" + percent_encode(share_item(target));
  return url;
}

/// Finds out whom to write to, while the database is at hand.
class Addressees {
 public:
  Addressees(Invocation& invocation, const SharedThing& thing) : invocation_(invocation), thing_(thing) {
    known_.insert(invocation.caller().user);
  }

  void add(const ToldEntity& entity) {
    if (!entity.is_group) return add_user(UserId(entity.entity));
    model::UnitOfWork& work = invocation_.work;
    for (const UserId member :
         model::groups::list_members(work.connection(), work.context(), GroupId(entity.entity)))
      add_user(member);
  }

  std::vector<Letter> letters;
  std::vector<Warning> warnings;

 private:
  void add_user(UserId id) {
    if (!known_.insert(id).second) return;
    if (letters.size() == kMostTold) return note_too_many();
    model::UnitOfWork& work = invocation_.work;
    const auto user = model::users::find_user(work.connection(), work.context(), id);
    if (!user || !user->enabled) return;
    Letter letter{std::to_string(id.value), {user->display_name, user->mail}, user->locale, {}};
    if (user->guest_created_by.value != 0) {
      const auto views =
          shares::describe(work.connection(), work.context(), work.settings(), std::span(&id, 1));
      const auto view = views.find(id);
      if (view == views.end() || view->second.is_link || view->second.token.empty()) return;
      letter.url =
          share_base(invocation_.request) + view->second.token + '/' + shares::format_target(thing_.target);
    } else {
      letter.url = address_in_ui(invocation_, thing_.target);
    }
    if (user->mail.empty())
      warnings.push_back({&errors::shr::kNobodyToTell, {user->display_name}});
    else
      letters.push_back(std::move(letter));
  }

  void note_too_many() {
    if (is_full_) return;
    is_full_ = true;
    warnings.push_back({&errors::msg::kTooManyRecipients, {std::to_string(kMostTold)}});
  }

  Invocation& invocation_;
  const SharedThing& thing_;
  std::set<UserId> known_;
  bool is_full_ = false;
};

/// One recipient's own trouble: others may still be told.
bool is_of_recipient(const ErrorCode& code) {
  return code == errors::msg::kRecipientsRefused || code == errors::msg::kBadAddress;
}

class Postman {
 public:
  Postman(Invocation& invocation, const SharedThing& thing, std::string_view message)
      : invocation_(invocation) {
    notice_.title = thing.title;
    notice_.is_file = static_cast<bool>(thing.target.item);
    notice_.message = message;
  }
  void set_password(bool has_password) { notice_.has_password = has_password; }

  std::vector<Warning> deliver(const std::vector<Letter>& letters) {
    if (letters.empty()) return {};
    try {
      mailbox_ = open_mailbox(invocation_);
      notice_.from = mailbox_->default_sender();
      // Without a transport, or a password for it, none of them will go.
      mailbox_->open_transport(mailbox_->find_sender(notice_.from.address));
    } catch (const ApiError&) {
      for (const Letter& letter : letters)
        warnings_.push_back({&errors::fld::kNoMailTransport, {letter.name}});
      return std::move(warnings_);
    }
    for (const Letter& letter : letters) post(letter);
    return std::move(warnings_);
  }

 private:
  void post(const Letter& letter) {
    if (failure_) {
      warnings_.push_back({&failure_->code(), failure_->arguments()});
      return;
    }
    notice_.to = letter.to;
    notice_.locale = letter.locale;
    notice_.url = letter.url;
    mailbox::Order order{mailbox::compose_share_notice(notice_), false, {}, {}, {}, false};
    order.is_paced = false;
    order.composition.mailer = invocation_.work.settings().product_name;
    try {
      for (auto& [code, arguments] : mailbox::send(*mailbox_, order).warnings)
        warnings_.push_back({code, std::move(arguments)});
    } catch (const ApiError& error) {
      warnings_.push_back({&error.code(), error.arguments()});
      if (!is_of_recipient(error.code())) failure_ = error;
    }
  }

  Invocation& invocation_;
  mailbox::ShareNotice notice_;
  std::unique_ptr<mailbox::Mailbox> mailbox_;
  std::optional<ApiError> failure_;
  std::vector<Warning> warnings_;
};

}  // namespace

NoticeWish read_notice_wish(const Json& body) {
  const Json wish = body.get("notification");
  if (!wish.is_object() || wish.size() == 0) return {};
  const Json transport = wish.get("transport");
  const bool names_none = transport.is_missing() || transport.is_null();
  if (!names_none && transport.as_string() != "mail")
    throw ApiError(errors::svl::kBadParameter, {"transport", transport.to_text().value_or("")});
  const Json message = wish.get("message");
  if (message.is_missing() || message.is_null()) return {true, {}};
  if (!message.is_string() || message.as_string().size() > mailbox::kMaxNoticeMessage)
    throw ApiError(errors::svl::kBadParameter, {"message", "(a text of at most 16 KiB)"});
  return {true, std::string(message.as_string())};
}

std::vector<Warning> tell_entities(Invocation& invocation, const SharedThing& thing,
                                   std::span<const ToldEntity> entities, std::string_view message) {
  Addressees addressees(invocation, thing);
  for (const ToldEntity& entity : entities) addressees.add(entity);
  std::vector<Warning> warnings = std::move(addressees.warnings);
  for (Warning& warning : Postman(invocation, thing, message).deliver(addressees.letters))
    warnings.push_back(std::move(warning));
  return warnings;
}

Response answer_told(const Invocation& invocation, const std::vector<Warning>& warnings) {
  Json list = Json::array();
  for (const Warning& warning : warnings)
    list.append(make_error_members(*warning.code, warning.arguments, invocation.caller().locale,
                                   next_error_id(), Category::Warning));
  Json data = Json::object();
  if (list.size() > 0) data.set("warnings", std::move(list));
  return Response::with_data(std::move(data));
}

std::vector<Warning> mail_link(Invocation& invocation, const SharedThing& thing, const shares::Link& link,
                               std::span<const mail::Address> recipients, std::string_view message) {
  std::vector<Letter> letters;
  for (const mail::Address& to : recipients)
    letters.push_back(
        {to.address, to, invocation.caller().locale, share_base(invocation.request) + link.token});
  Postman postman(invocation, thing, message);
  postman.set_password(link.has_password);
  return postman.deliver(letters);
}

}  // namespace gw::ajax
