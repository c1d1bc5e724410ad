# The sample data of quickstart.sh, which sources it: contacts, a shared folder, a file, a room, a group, events, tasks.
# Needs of it: `fail`, `login`, `ctl`; `$port`, `$password`, `$state`, `$project`.
# shellcheck shell=bash
# shellcheck disable=SC2154

# user_id NAME: as the server tells it at login.
user_id() {
  curl -sS -m 20 -d "name=$1" -d "password=$password" "http://127.0.0.1:$port/ajax/login?action=login" |
    sed -n 's/.*"user_id" *: *\([0-9]*\).*/\1/p'
}

# As whom the sample is made just now: `become NAME` signs in, `part` signs out.
become() {
  cookies=$(mktemp)
  session=$(login "$1" "$cookies") || fail "$1 cannot log in"
}

part() {
  curl -sS -b "$cookies" "$api/login?action=logout&session=$session" >/dev/null
  rm -f "$cookies"
}

# default_folder KIND: contacts, calendar or tasks of who is signed in.
default_folder() {
  curl -sS -b "$cookies" "$api/config/folder/$1?session=$session" | sed -n 's/.*"data" *: *"\{0,1\}\([0-9]*\).*/\1/p' | grep . ||
    fail "no folder for $1"
}

# put TARGET: sends the JSON of the input and prints the answer.
put() {
  local answer
  answer=$(curl -sS -b "$cookies" -X PUT -H 'Content-Type: text/javascript; charset=UTF-8' --data-binary @- \
    "$api/$1&session=$session")
  [[ $answer != *'"error"'* && $answer != *'"conflicts"'* ]] || fail "the sample was refused: $1: $answer"
  echo "$answer"
}

# entity_id KIND NAME: the number of a group or a resource.
entity_id() { ctl --json "$1" show --context 1 --name "$2" | sed -n 's/.*"id" *: *\([0-9]*\).*/\1/p'; }

make_sample() {
  local marker=$state/data/sample-is-there cookies session api="http://127.0.0.1:$port/ajax"
  [ ! -e "$marker" ] || return 0
  become user1
  make_contact_sample
  make_calendar_sample
  part
  : >"$marker"
}

make_contact_sample() {
  local folder answer owner reader
  folder=$(default_folder contacts)
  answer=$(curl -sS -b "$cookies" -F "file=@$project/tests/data/sample-contacts.vcf;type=text/x-vcard" \
    "$api/import?action=VCARD&folder=$folder&session=$session")
  [[ $answer != *'"error"'* ]] || fail "the sample contacts were refused: $answer"
  owner=$(user_id user1) reader=$(user_id user2)
  answer=$(put 'folders?action=new&tree=0&folder_id=1' <<JSON
{"title": "Team contacts", "module": "contacts", "permissions": [
  {"entity": $owner, "group": false, "bits": 403710016}, {"entity": $reader, "group": false, "bits": 33025}]}
JSON
  )
  folder=$(sed -n 's/.*"data" *: *"\([0-9]*\)".*/\1/p' <<<"$answer")
  put 'contacts?action=new' >/dev/null <<JSON
{"folder_id": "$folder", "display_name": "Front desk", "last_name": "Desk", "first_name": "Front", "email1": "desk@example.test"}
JSON
  answer=$(curl -sS -u "user1:$password" -w '%{http_code}' -T "$project/tests/data/sample-contacts.vcf" \
    "http://127.0.0.1:$port/servlet/webdav.infostore/Userstore/User%201/Contacts.vcf")
  [[ $answer == *20[14] ]] || fail "the sample file was refused: $answer"
}

# event SUMMARY FROM UNTIL MEMBERS: a new event of who is signed in; local times such as 20240701T090000.
event() {
  put "chronos?action=new&folder=cal%3A%2F%2F0%2F$folder" >/dev/null <<JSON
{"summary": "$1", "startDate": {"value": "$2", "tzid": "Europe/Berlin"}, "endDate": {"value": "$3", "tzid": "Europe/Berlin"}$4}
JSON
}

# A room and a group, a week of events, a few tasks; from today on, so that clients show them.
make_calendar_sample() {
  local folder room team other monday today due is_there=5  # groupwarectl's exit code
  ctl resource create --context 1 --name meetingroom1 --display-name 'Meeting room 1' --mail meetingroom1@example.test \
    >/dev/null || [ $? = $is_there ] || fail "the sample room was refused"
  ctl group create --context 1 --name team --display-name Team --member user1 --member user2 --member user3 >/dev/null ||
    [ $? = $is_there ] || fail "the sample group was refused"
  room=$(entity_id resource meetingroom1) team=$(entity_id group team) other=$(user_id user2)
  folder=$(default_folder calendar)
  today=$(date +%Y%m%d) monday=$(date -d 'next monday' +%Y%m%d)
  event 'Team meeting' "${monday}T100000" "${monday}T110000" ', "rrule": "FREQ=WEEKLY;BYDAY=MO", "location": "Meeting room 1",
  "attendees": [{"entity": '"$team"', "cuType": "GROUP"}, {"entity": '"$room"', "cuType": "RESOURCE"}]'
  event 'Lunch with user2' "${today}T123000" "${today}T133000" ', "attendees": [{"entity": '"$other"', "cuType": "INDIVIDUAL"}],
  "alarms": [{"action": "DISPLAY", "trigger": {"duration": "-PT15M"}}]'
  event 'Dentist' "${monday}T160000" "${monday}T170000" ', "class": "CONFIDENTIAL"'
  folder=$(default_folder tasks) due=$(($(date -u -d "$monday" +%s) * 1000))
  put 'tasks?action=new' >/dev/null <<JSON
{"folder_id": "$folder", "title": "Prepare the team meeting", "end_date": $due, "priority": 3,
 "participants": [{"id": $other, "type": 1}]}
JSON
  put 'tasks?action=new' >/dev/null <<JSON
{"folder_id": "$folder", "title": "Water the plants", "start_date": $due, "end_date": $due, "recurrence_type": 1, "interval": 3}
JSON
}
