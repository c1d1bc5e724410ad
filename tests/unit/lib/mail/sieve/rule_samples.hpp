// Every test and action of both JSON versions: what JSON says and what stands in the script. The script ""
// means that the JSON form is the only check.
#pragma once

#include <string_view>
#include <vector>

#include "mail/sieve/json.hpp"

namespace gw::mail::sieve::test {

struct Sample {
  std::string_view json;
  std::string_view sieve;
  bool in_v1 = true, in_v2 = true;
};

inline const std::vector<Sample> kTestSamples = {
    {R"({"id":"true"})", "true"},
    {R"({"id":"false"})", "false"},
    {R"({"id":"not","test":{"id":"true"}})", "not true"},
    {R"({"id":"not","test":{"id":"exists","headers":["X"]}})", R"(not exists ["X"])"},
    {R"({"id":"allof","tests":[{"id":"true"},{"id":"anyof","tests":[{"id":"false"}]}]})",
     "allof (true, anyof (false))"},
    {R"({"id":"anyof","tests":[{"id":"true"},{"id":"false"}]})", "anyof (true, false)"},
    {R"({"id":"header","comparison":"is","headers":["A","B"],"values":["x","y\"\\"]})",
     R"(header :is ["A", "B"] ["x", "y\"\\"])"},
    {R"({"id":"header","comparison":"contains","headers":["A"],"values":["ü"]})",
     R"(header :contains ["A"] ["ü"])"},
    {R"({"id":"header","comparison":"matches","headers":["A"],"values":["a*b?"]})",
     R"(header :matches ["A"] ["a*b?"])"},
    {R"({"id":"header","comparison":"regex","headers":["A"],"values":["^a.*$"]})",
     R"(header :regex ["A"] ["^a.*$"])"},
    {R"({"id":"header","comparison":"startswith","headers":["A"],"values":["a*b?\\c"]})",
     R"(header :matches ["A"] ["a\\*b\\?\\\\c*"])", false},
    {R"({"id":"header","comparison":"endswith","headers":["A"],"values":["a*"]})",
     R"(header :matches ["A"] ["*a\\*"])", false},
    {R"({"id":"header","comparison":"not is","headers":["A"],"values":["x"]})",
     R"(not header :is ["A"] ["x"])", false},
    {R"({"id":"header","comparison":"not contains","headers":["A"],"values":["x"]})",
     R"(not header :contains ["A"] ["x"])", false},
    {R"({"id":"header","comparison":"not matches","headers":["A"],"values":["*x*"]})",
     R"(not header :matches ["A"] ["*x*"])", false},
    {R"({"id":"header","comparison":"not regex","headers":["A"],"values":["x"]})",
     R"(not header :regex ["A"] ["x"])", false},
    {R"({"id":"header","comparison":"not startswith","headers":["A"],"values":["x"]})",
     R"(not header :matches ["A"] ["x*"])", false},
    {R"({"id":"header","comparison":"not endswith","headers":["A"],"values":["x"]})",
     R"(not header :matches ["A"] ["*x"])", false},
    {R"({"id":"not","test":{"id":"header","comparison":"is","headers":["A"],"values":["x"]}})",
     R"(not header :is ["A"] ["x"])", true, false},
    {R"({"id":"address","comparison":"is","headers":["From"],"values":["a@b.test"]})",
     R"(address :is ["From"] ["a@b.test"])"},
    {R"({"id":"address","addresspart":"all","comparison":"is","headers":["From"],"values":["a@b.test"]})",
     R"(address :all :is ["From"] ["a@b.test"])"},
    {R"({"id":"address","addresspart":"localpart","comparison":"contains","headers":["From"],"values":["a"]})",
     R"(address :localpart :contains ["From"] ["a"])"},
    {R"({"id":"address","addresspart":"domain","comparison":"matches","headers":["From"],"values":["*.b.*"]})",
     R"(address :domain :matches ["From"] ["*.b.*"])"},
    {R"({"id":"address","addresspart":"user","comparison":"is","headers":["To"],"values":["a"]})",
     R"(address :user :is ["To"] ["a"])"},
    {R"({"id":"address","addresspart":"detail","comparison":"is","headers":["To"],"values":["a"]})",
     R"(address :detail :is ["To"] ["a"])"},
    {R"({"id":"address","comparison":"user","headers":["To"],"values":["a"]})",
     R"(address :user ["To"] ["a"])", true, false},
    {R"({"id":"address","comparison":"detail","headers":["To"],"values":["a"]})",
     R"(address :detail ["To"] ["a"])", true, false},
    {R"({"id":"envelope","addresspart":"domain","comparison":"is","headers":["from"],"values":["b.test"]})",
     R"(envelope :domain :is ["from"] ["b.test"])"},
    {R"({"id":"envelope","comparison":"contains","headers":["to"],"values":["b"]})",
     R"(envelope :contains ["to"] ["b"])"},
    {R"({"id":"exists","headers":["X-A","X-B"]})", R"(exists ["X-A", "X-B"])"},
    {R"({"id":"size","comparison":"over","size":1000})", "size :over 1000"},
    {R"({"id":"size","comparison":"under","size":2097152})", "size :under 2M"},
    {R"({"id":"size","comparison":"not over","size":1024})", "not size :over 1K", false},
    {R"({"id":"body","extensionskey":"text","comparison":"contains","values":["x"]})",
     R"(body :text :contains ["x"])"},
    {R"({"id":"body","extensionskey":"content","extensionsvalue":"text/plain","comparison":"is","values":["x"]})",
     R"(body :content "text/plain" :is ["x"])"},
    {R"({"id":"currentdate","comparison":"ge","datepart":"date","datevalue":[1768176000000],"zone":"+0100"})",
     R"(currentdate :zone "+0100" :value "ge" "date" ["2026-01-12"])"},
    {R"({"id":"currentdate","comparison":"le","datepart":"time","datevalue":[81000000],"zone":"-0530"})",
     R"(currentdate :zone "-0530" :value "le" "time" ["22:30"])"},
    {R"({"id":"currentdate","comparison":"is","datepart":"weekday","datevalue":[0,6],"zone":"+0000"})",
     R"(currentdate :zone "+0000" :is "weekday" ["0", "6"])"},
    {R"({"id":"date","comparison":"is","header":"Date","datepart":"date","datevalue":[0],"zone":"+0000"})",
     R"(date :zone "+0000" :is "Date" "date" ["1970-01-01"])"},
    {R"({"id":"date","comparison":"ge","header":"Date","datepart":"time","datevalue":[0],"zone":"original"})",
     R"(date :originalzone :value "ge" "Date" "time" ["00:00"])"},
    {R"({"id":"hasflag","comparison":"is","values":["\\seen","$cl_1"]})",
     R"(hasflag :is ["\\seen", "$cl_1"])"},
    {R"({"id":"string","comparison":"is","source":"${a}","values":["b"]})", R"(string :is "${a}" ["b"])",
     false},
    {R"({"id":"string","comparison":"contains","source":["a","c"],"values":["b"]})",
     R"(string :contains ["a", "c"] ["b"])", false},
    {R"({"id":"subject","comparison":"contains","values":["x"]})", R"(header :contains ["Subject"] ["x"])",
     false},
    {R"({"id":"from","comparison":"is","values":["x"]})", R"(header :is ["From"] ["x"])", false},
    {R"({"id":"to","comparison":"startswith","values":["x"]})", R"(header :matches ["To"] ["x*"])", false},
    {R"({"id":"cc","comparison":"not contains","values":["x"]})", R"(not header :contains ["Cc"] ["x"])",
     false},
    {R"({"id":"anyrecipient","comparison":"contains","values":["x"]})",
     R"(header :contains ["To", "Cc"] ["x"])", false},
    {R"({"id":"mailinglist","comparison":"contains","values":["x"]})",
     R"(header :contains ["List-Id", "X-BeenThere", "X-Mailinglist", "X-Mailing-List"] ["x"])", false},
};

inline const std::vector<Sample> kActionSamples = {
    {R"({"id":"keep"})", "keep;"},
    {R"({"id":"discard"})", "discard;"},
    {R"({"id":"stop"})", "stop;"},
    {R"({"id":"redirect","to":"a@b.test"})", R"(redirect "a@b.test";)"},
    {R"({"id":"redirect","copy":true,"to":"a@b.test"})", R"(redirect :copy "a@b.test";)"},
    {R"({"id":"move","into":"INBOX/Ä & B"})", R"(fileinto "INBOX/Ä & B";)"},
    {R"({"id":"move","copy":true,"into":"INBOX"})", R"(fileinto :copy "INBOX";)", true, false},
    {R"({"id":"copy","into":"INBOX","copy":true})", R"(fileinto :copy "INBOX";)", false, true},
    {R"({"id":"reject","text":"No\r\nthanks"})", "reject \"No\nthanks\";"},
    {R"({"id":"vacation","text":"Away"})", R"(vacation "Away";)"},
    {R"({"id":"vacation","days":"7","addresses":["a@b.test","c@d.test"],"subject":"Away","from":"Me <a@b.test>","text":"A\r\n\r\nB"})",
     "vacation :days 7 :addresses [\"a@b.test\", \"c@d.test\"] :subject \"Away\" :from \"Me <a@b.test>\" "
     "\"A\n\nB\";"},
    {R"({"id":"vacation","subject":"Bin für Tage weg","text":"x"})", ""},
    {R"({"id":"vacation","from":"Jörg <a@b.test>","text":"x"})", ""},
    {R"({"id":"notify","message":"New","method":"mailto:a@b.test"})",
     R"(notify :message "New" "mailto:a@b.test";)"},
    {R"({"id":"addflags","flags":["\\seen","$cl_3"]})", R"(addflag ["\\seen", "$cl_3"];)"},
    {R"({"id":"setflags","flags":["\\flagged"]})", R"(setflag ["\\flagged"];)"},
    {R"({"id":"removeflags","flags":["\\seen"]})", R"(removeflag ["\\seen"];)"},
    {R"({"id":"pgp","keys":["0xA"]})", R"(pgp_encrypt :keys ["0xA"];)"},
    {R"({"id":"addheader","name":"X-A","value":"b"})", R"(addheader "X-A" "b";)"},
    {R"({"id":"addheader","last":true,"name":"X-A","value":"b"})", R"(addheader :last "X-A" "b";)"},
    {R"({"id":"deleteheader","name":"X-A"})", R"(deleteheader "X-A";)"},
    {R"({"id":"deleteheader","name":"X-A","values":["b","c"]})", R"(deleteheader "X-A" ["b", "c"];)"},
    {R"({"id":"set","name":"a","value":"b"})", R"(set "a" "b";)"},
    {R"({"id":"filter","name":"a"})", R"(filter "a";)"},
};

/// Pigeonhole lacks these extensions.
inline bool is_beyond_pigeonhole(std::string_view json) {
  return json.find("\"pgp\"") != json.npos || json.find("\"filter\"") != json.npos;
}

}  // namespace gw::mail::sieve::test
