// German texts of the errors that people meet most. A code without a row here is shown in English.
#pragma once

#include <string_view>

namespace gw {

struct TranslatedText {
  std::string_view prefix;
  int number;
  std::string_view text;
};

inline constexpr TranslatedText kGermanTexts[] = {
    {"LGI", 6, "Der Benutzername oder das Passwort ist falsch."},
    {"LGI", 13, "Der Benutzer ist gesperrt."},
    {"LGI", 28, "Zu viele fehlgeschlagene Versuche. Bitte versuchen Sie es später erneut."},
    {"MFA", 1, "Bitte weisen Sie zuerst Ihren zweiten Faktor nach."},
    {"MFA", 4, "Der Code ist falsch oder wurde schon benutzt. Bitte versuchen Sie den nächsten."},
    {"MFA", 5, "Zu viele falsche Codes. Bitte versuchen Sie es in %1$s Sekunden erneut."},
    {"SES", 203, "Ihre Sitzung %1$s ist abgelaufen. Bitte melden Sie sich erneut an."},
    {"SES", 204, "Ihr Konto ist gesperrt."},
    {"SES", 205, "Ihre Netzwerkadresse hat sich geändert. Bitte melden Sie sich erneut an."},
    {"SES", 206, "Ihre Sitzung ist ungültig. Bitte melden Sie sich erneut an."},
    {"SVL", 16, "Sie dürfen das Modul \"%1$s\" nicht benutzen."},
    {"SVL", 17, "Das Objekt wurde zwischenzeitlich geändert."},
    {"FLD", 3, "Der Ordner %1$s ist für Sie nicht sichtbar."},
    {"FLD", 6, "Sie dürfen im Ordner %1$s keine Unterordner anlegen."},
    {"FLD", 7, "Bitte geben Sie einen Ordnernamen ein."},
    {"FLD", 8, "Der Ordner %1$s existiert nicht."},
    {"FLD", 9, "Der Ordner %1$s wurde zwischenzeitlich geändert. Bitte laden Sie ihn neu."},
    {"FLD", 10, "Sie haben keine Verwaltungsrechte für den Ordner %1$s."},
    {"FLD", 12, "Ein Ordner mit dem Namen \"%1$s\" existiert hier bereits."},
    {"FLD", 31, "Der Standardordner %1$s kann nicht gelöscht werden."},
    {"CON", 100, "Die E-Mail-Adresse \"%1$s\" ist ungültig."},
    {"CON", 104, "Sie dürfen Kontakte im Ordner %1$s nicht lesen."},
    {"CON", 112, "Sie dürfen im Ordner %1$s keine Kontakte anlegen."},
    {"CON", 119, "Der Kontakt wurde zwischenzeitlich geändert. Bitte laden Sie ihn neu."},
    {"CON", 125, "Der Kontakt %1$s wurde nicht gefunden."},
    {"CON", 154, "Ein Wert ist zu lang: \"%1$s\" darf %2$s Zeichen haben, hat aber %3$s."},
    {"CON", 169, "Sie dürfen Kontakte im Ordner %1$s nicht löschen."},
    {"CON", 176, "Sie dürfen Kontakte im Ordner %1$s nicht ändern."},
    {"USR", 20, "Das neue Passwort ist zu kurz. Es braucht mindestens %1$s Zeichen."},
    {"USR", 27, "Das aktuelle Passwort ist falsch."},
    {"QUOTA", 3, "Das Kontingent für %1$s ist erschöpft: %2$s von %3$s sind belegt."},
    {"IFO", 300, "Die Datei %1$s existiert nicht."},
    {"IFO", 400, "Sie dürfen diese Datei nicht lesen."},
    {"IFO", 402, "Sie dürfen im Ordner %1$s keine Dateien anlegen."},
    {"IFO", 403, "Sie dürfen diese Datei nicht ändern."},
    {"IFO", 415, "Die Datei ist gesperrt."},
    {"IFO", 441, "Eine Datei mit dem Namen \"%1$s\" existiert hier bereits."},
    {"IFO", 445, "Sie dürfen diese Datei nicht löschen."},
    {"IFO", 1302, "Die Datei wurde zwischenzeitlich geändert. Bitte laden Sie sie neu."},
    {"IFO", 1700, "Der Ordner %1$s kann keine Dateien aufnehmen."},
    {"FLS", 24, "Die Dateien brauchen mehr Platz, als die Quota von %1$s Bytes übrig lässt."},
    {"MSG", 32,
     "Die E-Mail %1$s wurde im Ordner %2$s nicht gefunden. Vielleicht wurde sie verschoben oder gelöscht."},
    {"MSG", 39, "Die E-Mails konnten nicht gelöscht werden, weil das Postfach voll ist."},
    {"MSG", 42,
     "Die E-Mail wurde gesendet, aber das Postfach ist voll: Im Ordner für gesendete E-Mails liegt keine "
     "Kopie."},
    {"MSG", 43, "Die E-Mail wurde gesendet, aber es konnte keine Kopie abgelegt werden."},
    {"MSG", 60, "Bitte geben Sie einen Ordnernamen ein."},
    {"MSG", 63, "Ein Ordner mit dem Namen \"%1$s\" existiert bereits."},
    {"MSG", 82, "Die E-Mail wurde gesendet, aber das Original konnte nicht markiert werden."},
    {"MSG", 1000, "Der Mailserver %1$s hat die Anmeldung von \"%2$s\" abgelehnt."},
    {"MSG", 1001, "Der Mailserver %1$s hat die Zugangsdaten von \"%2$s\" abgelehnt."},
    {"MSG", 1002, "Der E-Mail-Ordner %1$s existiert nicht."},
    {"MSG", 1013, "Der Mailserver hat diese Empfänger abgelehnt: %1$s"},
    {"MSG", 1014, "Die Verbindung zum Mailserver %1$s ist abgebrochen: %2$s"},
    {"MSG", 1016, "Der Mailserver %1$s ist nicht erreichbar: %2$s"},
    {"MSG", 1024, "Das Postfach ist voll: %1$s"},
    {"MSG", 1030, "Der Server %1$s hat die Anmeldung für das Senden abgelehnt."},
    {"IMAP", 2005, "Sie dürfen die E-Mails im Ordner %1$s nicht lesen."},
    {"IMAP", 2006, "Sie dürfen im Ordner %1$s keine E-Mails löschen."},
    {"IMAP", 2007, "Sie dürfen im Ordner %1$s keine E-Mails ablegen."},
    {"IMAP", 2010, "Sie dürfen die E-Mails im Ordner %1$s nicht ändern."},
};

}  // namespace gw
