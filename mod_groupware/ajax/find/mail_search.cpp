// The search box in mails: one folder, newest first, searched by the mail server.
#include "ajax/find/persons.hpp"
#include "ajax/mail/mail_call.hpp"
#include "ajax/mail/mail_rows.hpp"
#include "core/text.hpp"

namespace gw::ajax {
namespace {

using mail::SearchTerm;

constexpr std::string_view kMailColumns = "102,600,601,602,603,604,605,606,607,608,610,611,614,652";

constexpr FacetChoice kMailRoles[] = {{"all", "Sender/Recipient", "from,to,cc,bcc"},
                                      {"sender", "Sender", "from"},
                                      {"recipient", "Recipient", "to,cc,bcc"}};
constexpr FacetChoice kAttachmentChoices[] = {{"yes", "Yes"}, {"no", "No"}};

constexpr FacetRow kMailFacets[] = {
    {"global", FacetKind::Text, "global"},
    {"subject", FacetKind::Text, "subject", "in subject"},
    {"mail_text", FacetKind::Text, "body", "in mail text"},
    {"filename", FacetKind::Text, "filename", "in file name"},
    {"contacts", FacetKind::Person, "from", "People", kMailRoles},
    {"has_attachment", FacetKind::Choice, "has_attachment", "Attachment", kAttachmentChoices},
    {"date", FacetKind::Date, "date", "Date"},
    {"folder", FacetKind::Folder, "folder"},
};

struct MailTextRow {
  std::string_view field;
  SearchTerm::Kind kind;
};
/// A field stands in several rows when it is looked for in several places.
constexpr MailTextRow kMailTexts[] = {
    {"global", SearchTerm::Kind::Subject},
    {"global", SearchTerm::Kind::From},
    {"global", SearchTerm::Kind::To},
    {"global", SearchTerm::Kind::Cc},
    {"subject", SearchTerm::Kind::Subject},
    {"body", SearchTerm::Kind::Body},
    {"from", SearchTerm::Kind::From},
    {"to", SearchTerm::Kind::To},
    {"cc", SearchTerm::Kind::Cc},
    {"bcc", SearchTerm::Kind::Bcc},
    {"filename", SearchTerm::Kind::AttachmentName},
};

SearchTerm contains(const std::vector<std::string>& fields, const std::string& text) {
  std::vector<SearchTerm> terms;
  for (const std::string& field : fields)
    for (const MailTextRow& row : kMailTexts)
      if (row.field == field) terms.push_back(mail::leaf_term(row.kind, text));
  return mail::joined_term(SearchTerm::Kind::Or, std::move(terms));
}

SearchTerm mail_term_of(const FindCriterion& criterion) {
  std::vector<SearchTerm> terms;
  switch (criterion.facet->kind) {
    case FacetKind::Text:
      for (const std::string& text : criterion.queries) terms.push_back(contains(criterion.fields, text));
      return mail::joined_term(SearchTerm::Kind::And, std::move(terms));
    case FacetKind::Person:
      // One person has several addresses.
      for (const std::string& text : addresses_of(criterion))
        terms.push_back(contains(criterion.fields, text));
      return terms.empty() ? mail::negate(SearchTerm{})
                           : mail::joined_term(SearchTerm::Kind::Or, std::move(terms));
    default: {
      const SearchTerm has = mail::leaf_term(SearchTerm::Kind::HasAttachment);
      if (criterion.queries.size() != 1) return {};
      return criterion.queries.front() == "yes" ? has : mail::negate(has);
    }
  }
}

SearchTerm received(SearchTerm::Kind kind, const std::optional<Millis>& at) {
  if (!at) return {};
  SearchTerm term;
  term.kind = kind;
  term.at = *at;
  return term;
}

FindResults search_mails(Invocation& invocation, const FindQuery& asked) {
  SearchTerm term = both(received(SearchTerm::Kind::ReceivedSince, asked.since),
                         received(SearchTerm::Kind::ReceivedBefore, asked.before));
  for (const FindCriterion& criterion : asked.criteria) term = both(std::move(term), mail_term_of(criterion));
  const mailbox::FolderPath folder = mailbox::parse_folder_path(asked.folder.value_or(""));
  FindResults found;
  if (folder.fullname.empty()) return found;
  const auto mailbox = open_mailbox(invocation);
  MailRows rows(invocation, *mailbox, kMailColumns);
  const mail::Query query{
      std::move(term), mail::SortField::Received, true, {asked.start, asked.start + asked.size}};
  if (mailbox::unified::is_unified(folder)) {
    mailbox::unified::UnifiedMail unified(*mailbox, folder);
    rows.show_in(mailbox::format_folder_path(folder));
    for (const auto& hit : unified.search(query, rows.needs(), found.total))
      found.objects.push_back(rows.object(hit.account, hit.message).dump());
    for (const auto& [code, arguments] : unified.warnings()) found.warnings.push_back({code, arguments});
    return found;
  }
  mail::Page page = mailbox->messages(folder.account).search(folder.fullname, query, rows.needs());
  found.total = page.total;
  for (mail::Message& mail : page.messages) {
    mail.folder = folder.fullname;
    found.objects.push_back(rows.object(folder.account, mail).dump());
  }
  return found;
}

}  // namespace

const SearchModule kMailSearch{"mail", {}, model::Module::Webmail, kMailFacets, true, search_mails};

}  // namespace gw::ajax
