#include "model/folders/titles.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace gw::model::folders {
namespace {

constexpr std::size_t kLanguages = 6;
constexpr std::array<std::string_view, kLanguages> kLanguageCodes{"en", "de", "fr", "es", "it", "nl"};
using Names = std::array<std::string_view, kLanguages>;

std::size_t language_of(std::string_view locale) {
  const auto found =
      std::find(kLanguageCodes.begin(), kLanguageCodes.end(), locale.substr(0, locale.find_first_of("_-")));
  return found == kLanguageCodes.end() ? 0 : static_cast<std::size_t>(found - kLanguageCodes.begin());
}

/// `beside` is a parent whose children show up beside this folder, so they may not take its name.
struct SystemName {
  std::int64_t id;
  std::int64_t beside;
  Names names;
};

// Source: spec folders section 2, column "shown as". Children of 1 meet 2, 3 and 9 in tree 1.
constexpr SystemName kSystemNames[] = {
    {1,
     0,
     {"Private folders", "Persönliche Ordner", "Dossiers personnels", "Carpetas privadas", "Cartelle private",
      "Persoonlijke mappen"}},
    {2,
     1,
     {"Public folders", "Öffentliche Ordner", "Dossiers publics", "Carpetas públicas", "Cartelle pubbliche",
      "Openbare mappen"}},
    {3,
     1,
     {"Shared folders", "Freigegebene Ordner", "Dossiers partagés", "Carpetas compartidas",
      "Cartelle condivise", "Gedeelde mappen"}},
    {5,
     2,
     {"Shared address book", "Gemeinsames Adressbuch", "Carnet d'adresses partagé",
      "Libreta de direcciones compartida", "Rubrica condivisa", "Gedeeld adresboek"}},
    {6,
     2,
     {"Global address book", "Globales Adressbuch", "Carnet d'adresses global",
      "Libreta de direcciones global", "Rubrica globale", "Globaal adresboek"}},
    {9, 1, {"Infostore", "Infostore", "Infostore", "Infostore", "Infostore", "Infostore"}},
    {10,
     9,
     {"User infostore", "Benutzer-Infostore", "Infostore des utilisateurs", "Infostore de usuarios",
      "Infostore degli utenti", "Infostore van gebruikers"}},
    {11,
     2,
     {"Public tasks", "Öffentliche Aufgaben", "Tâches publiques", "Tareas públicas", "Attività pubbliche",
      "Openbare taken"}},
    {12,
     2,
     {"Public calendars", "Öffentliche Kalender", "Calendriers publics", "Calendarios públicos",
      "Calendari pubblici", "Openbare agenda's"}},
    {13,
     2,
     {"Public contacts", "Öffentliche Kontakte", "Contacts publics", "Contactos públicos",
      "Contatti pubblici", "Openbare contacten"}},
    {14,
     9,
     {"Other infostore folders", "Weitere Infostore-Ordner", "Autres dossiers Infostore",
      "Otras carpetas de Infostore", "Altre cartelle Infostore", "Andere infostore-mappen"}},
    {15,
     9,
     {"Public infostore", "Öffentlicher Infostore", "Infostore public", "Infostore público",
      "Infostore pubblico", "Openbare infostore"}},
    {16, 0, {"Guests", "Gäste", "Invités", "Invitados", "Ospiti", "Gasten"}},
};

constexpr SystemName kNewNames[] = {
    {9, 1, {"Drive", "Drive", "Drive", "Drive", "Drive", "Drive"}},
    {10, 9, {"My files", "Meine Dateien", "Mes fichiers", "Mis archivos", "I miei file", "Mijn bestanden"}},
    {15,
     9,
     {"Public files", "Öffentliche Dateien", "Fichiers publics", "Archivos públicos", "File pubblici",
      "Openbare bestanden"}},
};

// Indexed by DefaultTitle. Source: spec folders section 9.
constexpr Names kDefaultNames[] = {
    {"My Calendar", "Mein Kalender", "Mon calendrier", "Mi calendario", "Il mio calendario", "Mijn agenda"},
    {"My Contacts", "Meine Kontakte", "Mes contacts", "Mis contactos", "I miei contatti", "Mijn contacten"},
    {"My Tasks", "Meine Aufgaben", "Mes tâches", "Mis tareas", "Le mie attività", "Mijn taken"},
    {"Deleted files", "Gelöschte Dateien", "Fichiers supprimés", "Archivos eliminados", "File eliminati",
     "Verwijderde bestanden"},
    {"Collected addresses", "Gesammelte Adressen", "Adresses collectées", "Direcciones recopiladas",
     "Indirizzi raccolti", "Verzamelde adressen"},
    // A product name, the same everywhere: the folder is found again when its owner changes his language.
    {"Drive Mail", "Drive Mail", "Drive Mail", "Drive Mail", "Drive Mail", "Drive Mail"},
};

template <std::size_t N>
const SystemName* find_name(const SystemName (&table)[N], FolderId id) {
  const auto* found =
      std::find_if(table, table + N, [id](const SystemName& row) { return row.id == id.value; });
  return found == table + N ? nullptr : found;
}

template <std::size_t N>
bool has_title_beside(const SystemName (&table)[N], FolderId parent, const std::string& folded) {
  return std::any_of(table, table + N, [&](const SystemName& row) {
    return row.beside == parent.value &&
           std::any_of(row.names.begin(), row.names.end(),
                       [&](std::string_view name) { return fold(name) == folded; });
  });
}

}  // namespace

std::optional<std::string_view> system_title(FolderId id, std::string_view locale, bool new_names) {
  const SystemName* row = new_names ? find_name(kNewNames, id) : nullptr;
  if (row == nullptr) row = find_name(kSystemNames, id);
  return row == nullptr ? std::nullopt : std::optional(row->names[language_of(locale)]);
}

std::string_view default_title(DefaultTitle kind, std::string_view locale) {
  return kDefaultNames[static_cast<std::size_t>(kind)][language_of(locale)];
}

bool is_reserved_title(FolderId parent, std::string_view title) {
  const std::string folded = fold(title);
  return has_title_beside(kSystemNames, parent, folded) || has_title_beside(kNewNames, parent, folded);
}

}  // namespace gw::model::folders
