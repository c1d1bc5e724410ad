// What mails about tasks say, by language. Source: house words.
#pragma once

#include <array>
#include <string_view>

namespace gw::mailbox::scheduling {

/// $1 stands for who writes, $2 for the title of the task.
struct TaskWords {
  std::string_view language;                                                            ///< begin of a locale
  std::string_view given, changed, deleted, unanswered, accepted, declined, tentative;  ///< sentences
  std::string_view new_task, change, deletion, answers, accepts, declines, maybe;  ///< begins of subjects
  std::string_view start, due, status, progress, priority, people, comment;
  std::array<std::string_view, 5> states;      ///< of status 1 to 5
  std::array<std::string_view, 3> priorities;  ///< 1 to 3
};

/// English where the language has no table.
const TaskWords& task_words(std::string_view locale);

}  // namespace gw::mailbox::scheduling
