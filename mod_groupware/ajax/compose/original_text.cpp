#include "ajax/compose/original_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ajax/compose/space_message.hpp"
#include "ajax/mail/mail_columns.hpp"
#include "ajax/mail/mail_show.hpp"
#include "core/errors/mail.hpp"
#include "core/random.hpp"
#include "mail/html/plain_text.hpp"
#include "mailbox/answering.hpp"

namespace gw::ajax {
namespace {

namespace mime = mail::mime;

}  // namespace

OriginalText::OriginalText(Invocation& invocation, mailbox::Mailbox& mailbox, const mailbox::MailPath& path)
    : invocation_(invocation),
      mailbox_(mailbox),
      path_(path),
      message_(mailbox::load_original(mailbox, path, fetch_for_object())) {}

std::string OriginalText::address_of(const mail::Part& part) {
  const auto [known, is_new] = images_.try_emplace(part.id, "");
  if (is_new) known->second = random_hex(16);
  const std::string& root = invocation_.request.root;
  return fmt::format("{}/mail/compose/{}/attachments/{}", root.empty() ? "/ajax" : root, space_,
                     known->second);
}

void OriginalText::read(const OriginalWish& wish) {
  space_ = wish.space;
  const bool may_be_html =
      wish.content_type.empty() ? mailbox_.setting("mail/htmlinline") : wish.content_type != kPlainContent;
  mime::DisplayOptions options;
  options.view = may_be_html ? mime::View::Html : mime::View::TextNoHtmlAttach;
  options.is_embedded = true;
  options.is_for_editing = true;
  options.unpacks_nested = false;
  options.blocks_images = !wish.keeps_remote_images && !mailbox_.setting("modules/mail/allowhtmlimages");
  if (const std::string& root = invocation_.request.root; !root.empty()) options.api_roots.push_back(root);
  options.image_address = [this](const mail::Part& part) { return address_of(part); };
  bool is_html = false;
  if (message_.structure) {
    const MailBytes bytes =
        bytes_of_stored(mailbox_.messages(path_.folder.account), path_.folder.fullname, path_.uid);
    display_ = mime::plan_display(*message_.structure, options, bytes.text);
    const mime::DisplayElement& shown = display_->elements.front();
    content_ = shown.content.value_or("");
    is_html = shown.content_type.starts_with("text/html");
  }
  content_type_ = wish.content_type;
  if (content_type_.empty()) content_type_ = is_html ? kHtmlContent : kPlainContent;
  if (content_type_ != kPlainContent && !is_html) content_ = mail::html::text_to_html(content_);
  if (content_type_ == kPlainContent && is_html) content_ = mail::html::html_to_text(content_);
  if (content_.size() > kMaxContent) throw ApiError(errors::msg::kContentTooBig);
}

std::vector<NewAttachment> OriginalText::take_images() {
  std::vector<NewAttachment> taken;
  for (const auto& [part, id] : images_) {
    // A cleaner may drop an image after it had asked for its address.
    if (content_.find("/attachments/" + id) == std::string::npos) continue;
    NewAttachment image = take_part(invocation_, mailbox_, {path_, *message_.structure, part});
    image.facts.id = id;
    image.facts.is_inline = true;
    // Not that of the original: it may hold anything, and goes into HTML.
    image.facts.content_id = id + "@groupware";
    taken.push_back(std::move(image));
  }
  return taken;
}

std::vector<NewAttachment> OriginalText::take_files(bool only_files, const std::vector<std::string>& known) {
  std::vector<NewAttachment> taken;
  if (!display_) return taken;
  for (std::size_t i = 1; i < display_->elements.size(); ++i) {
    const mime::DisplayElement& element = display_->elements[i];
    if (element.is_virtual || element.disposition == "alternative") continue;
    if (only_files && element.disposition != "attachment") continue;
    const auto image = images_.find(element.id);
    if (image != images_.end() && content_.find("/attachments/" + image->second) != std::string::npos)
      continue;
    if (std::find(known.begin(), known.end(), source_of(path_, element.id)) != known.end()) continue;
    taken.push_back(take_part(invocation_, mailbox_, {path_, *message_.structure, element.id}));
  }
  return taken;
}

}  // namespace gw::ajax
