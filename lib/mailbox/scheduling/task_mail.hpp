// A letter about a task as a mail: words for people. Source: house words; spec tasks-reminders-attachments
// section 1.
#pragma once

#include "mailbox/scheduling/scheduling_mail.hpp"

namespace gw::mailbox::scheduling {

/// `letter.task` must be there. `people`: who takes part, in words.
mail::mime::Composition compose_task_mail(const model::scheduling::Letter& letter, const Delivery& delivery,
                                          const std::string& people);

}  // namespace gw::mailbox::scheduling
