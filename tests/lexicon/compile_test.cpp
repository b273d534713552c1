#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lexicon/data.h"
#include "lexicon/find.h"
#include "lexicon/lexicon.h"
#include "support/small_lexicon.h"
#include "text/document.h"

namespace ceasewire {
namespace {

using testing::ElementsAre;

std::vector<std::string> errors_of(std::vector<LexiconFile> changed) {
    const auto compiled = Lexicon::compile(test::small_lexicon(std::move(changed)));
    std::vector<std::string> out;
    if (compiled) return out;
    for (const LexiconError& error : compiled.error()) out.push_back(error.to_string());
    EXPECT_FALSE(out.empty());
    return out;
}

TEST(Compile, TakesAGoodLexicon) {
    const auto compiled = Lexicon::compile(test::small_lexicon({}));
    ASSERT_TRUE(compiled.has_value()) << compiled.error()[0].to_string();
    const LexiconData& data = compiled->data();
    EXPECT_EQ(compiled->version(), "test.1");
    EXPECT_EQ(data.actors.size(), 3U);
    EXPECT_EQ(data.actors[data.actor_by_id.at("arcadia")].state, 0U);
    EXPECT_EQ(data.countries[0].military, data.actor_by_id.at("arcadia-army"));
    ASSERT_EQ(data.holders.size(), 1U);
    EXPECT_EQ(data.holders[0].to - data.holders[0].from, 365 * 4 + 1 + 182 - 1)
        << "2020-01-01 to 2024-06-30";
    EXPECT_EQ(data.row_name(data.actors[1].place), "actors.tsv:3");
}

struct Mistake {
    const char* name;
    LexiconFile file;
    const char* error;
};

const std::string kActorHead = "id\tname\ttype\tcountry\twikidata\taliases\n";
const std::string kGoodActors =
    "arcadia\tArcadia\tstate\tARC\tQ1\t\nada\tAda Lovelace\tperson\t\t\t\narcadia-army\tArcadian "
    "Army\tmilitary\t\t\t\n";

const std::vector<Mistake> kMistakes = {
    {"unknown_type",
     {"actors-x.tsv", kActorHead + "bob\tBob\tpersn\t\t\t\n"},
     "actors-x.tsv:2:9: unknown type 'persn'; known: person state government_body military "
     "armed_group political_group igo ngo media company role_group other"},
    {"duplicate_id",
     {"actors-x.tsv", kActorHead + "bob\tBob\tperson\t\t\t\nbob\tRob\tperson\t\t\t\n"},
     "actors-x.tsv:3:1: the id 'bob' stands already at actors-x.tsv:2"},
    {"duplicate_id_in_another_file",
     {"actors-x.tsv", kActorHead + "ada\tAda\tperson\t\t\t\n"},
     "actors.tsv:3:1: the id 'ada' stands already at actors-x.tsv:2"},
    {"id_with_capitals",
     {"actors-x.tsv", kActorHead + "Bob\tBob\tperson\t\t\t\n"},
     "actors-x.tsv:2:1: an id has only a-z, 0-9 and '-': 'Bob'"},
    {"id_empty",
     {"actors-x.tsv", kActorHead + "\tBob\tperson\t\t\t\n"},
     "actors-x.tsv:2:1: an id has only a-z, 0-9 and '-': ''"},
    {"name_empty",
     {"actors-x.tsv", kActorHead + "bob\t\tperson\t\t\t\n"},
     "actors-x.tsv:2:5: the name is empty"},
    {"name_of_marks",
     {"actors-x.tsv", kActorHead + "bob\t—\tperson\t\t\t\n"},
     "actors-x.tsv:2:5: the name has no letter or digit"},
    {"country_of_two_letters",
     {"actors-x.tsv", kActorHead + "bob\tBob\tperson\tUS\t\t\n"},
     "actors-x.tsv:2:16: a country is three capital letters (ISO 3166 alpha-3): 'US'"},
    {"wikidata_without_q",
     {"actors-x.tsv", kActorHead + "bob\tBob\tperson\t\t42\t\n"},
     "actors-x.tsv:2:17: a Wikidata id is Q and digits: '42'"},
    {"alias_prefix_unknown",
     {"actors-x.tsv", kActorHead + "bob\tBob\tperson\t\t\tRob|nick:Bobby\n"},
     "actors-x.tsv:2:22: unknown prefix 'nick:'; known: alias acronym metonym misspelling surname "
     "weak nominal"},
    {"alias_of_marks",
     {"actors-x.tsv", kActorHead + "bob\tBob\tperson\t\t\t...\n"},
     "actors-x.tsv:2:18: the alias has no letter or digit"},
    {"country_of_an_unknown_actor",
     {"countries.tsv", "id\tiso3\tadjectives\tpeople\tmetonyms\nnowhere\tNOW\t\t\t\n"},
     "countries.tsv:2:1: no actor has the id 'nowhere'"},
    {"government_unknown",
     {"countries.tsv",
      "id\tiso3\tadjectives\tpeople\tmetonyms\tgovernment\narcadia\tARC\t\t\t\tcabinet\n"},
     "countries.tsv:2:16: no actor has the id 'cabinet'"},
    {"office_of_an_unknown_body",
     {"offices-x.tsv", "id\ttitle\tbody\tnouns\nk\tKing\tnowhere\tking\n"},
     "offices-x.tsv:2:8: no actor has the id 'nowhere'"},
    {"office_twice",
     {"offices-x.tsv", "id\ttitle\tbody\tnouns\npresident-of-arcadia\tP\tarcadia\tp\n"},
     "offices.tsv:2:1: the office 'president-of-arcadia' stands already at offices-x.tsv:2"},
    {"holder_of_an_unknown_office",
     {"holders-x.tsv", "office\tperson\tfrom\tto\nking\tada\t2020\t\n"},
     "holders-x.tsv:2:1: no office has the id 'king'"},
    {"holder_unknown",
     {"holders-x.tsv", "office\tperson\tfrom\tto\npresident-of-arcadia\tbob\t2020\t\n"},
     "holders-x.tsv:2:22: no actor has the id 'bob'"},
    {"from_unreadable",
     {"holders-x.tsv", "office\tperson\tfrom\tto\npresident-of-arcadia\tada\tspring 2020\t\n"},
     "holders-x.tsv:2:26: a date is YYYY-MM-DD, YYYY-MM or YYYY: 'spring 2020'"},
    {"from_empty",
     {"holders-x.tsv", "office\tperson\tfrom\tto\npresident-of-arcadia\tada\t\t\n"},
     "holders-x.tsv:2:26: a date is YYYY-MM-DD, YYYY-MM or YYYY: ''"},
    {"to_unreadable",
     {"holders-x.tsv", "office\tperson\tfrom\tto\npresident-of-arcadia\tada\t2020\t2021-13\n"},
     "holders-x.tsv:2:31: a date is YYYY-MM-DD, YYYY-MM or YYYY: '2021-13'"},
    {"ends_before_it_begins",
     {"holders-x.tsv",
      "office\tperson\tfrom\tto\npresident-of-arcadia\tada\t2020-05-02\t2020-05-01\n"},
     "holders-x.tsv:2:37: the term ends before it begins"},
    {"cue_of_an_unknown_kind",
     {"cues.tsv", "kind\tvalue\tphrases\nshout\tx\ty\n"},
     "cues.tsv:2:1: unknown kind of cue 'shout'"},
    {"term_neither_core_nor_side",
     {"terms.tsv", "slug\tstrength\tphrases\nceasefire\tcentral\tceasefire\n"},
     "terms.tsv:2:11: a term is core (a halt to fighting by itself) or side (a provision or "
     "process)"},
    {"header_wrong",
     {"terms.tsv", "slug\tphrases\nceasefire\tceasefire\n"},
     "terms.tsv:1:1: the header lacks the column 'strength'"},
    {"file_empty",
     {"roles.tsv", ""},
     "roles.tsv:1:1: the file is empty; its first line must name the columns"},
    {"sector_unknown",
     {"sectors.tsv", "words\tids\tplover\tcameo\nwizards\t\tGOV|WIZ\tGOV\n"},
     "sectors.tsv:2:14: unknown code 'WIZ'; known: UNO EUR IGO NGO IMG ISM MNC GOV LEG JUD COP "
     "SPY MIL REB UAF PRM PTY OPP PRE ELI AGR BUS CRM CVL EDU JRN LAB MED REF REL SOC UNK"},
    {"sector_of_an_unknown_actor",
     {"sectors.tsv", "words\tids\tplover\tcameo\n\tnobody\tGOV\tGOV\n"},
     "sectors.tsv:2:2: no actor has the id 'nobody'"},
    {"sector_of_words_twice",
     {"sectors.tsv", "words\tids\tplover\tcameo\nwizards\t\tGOV\t\nWizards\t\tMIL\t\n"},
     "sectors.tsv:3:1: 'Wizards' has its sector in a row before; keep one"},
    {"file_of_no_kind",
     {"notes.tsv", "x\n"},
     "notes.tsv:1:1: the file's name must begin with actors, countries, offices, holders, roles, "
     "sectors, cues, terms, given, places, senses or weights"},
    {"version_missing",
     {"VERSION", "\n"},
     "VERSION:1:1: the lexicon has no VERSION file with a version in its first line"},
    {"weight_no_number",
     {"weights-actors.tsv", "feature\tgroup\tstate\tperson\nbias\tmuch\t1\t1\n"},
     "weights-actors.tsv:2:6: a weight is a number: 'much'"},
    {"weight_not_finite",
     {"weights-actors.tsv", "feature\tgroup\tstate\tperson\nbias\tinf\t1\t1\n"},
     "weights-actors.tsv:2:6: a weight is a number: 'inf'"},
    {"weight_missing",
     {"weights-actors.tsv", "feature\tgroup\tstate\tperson\nbias\t1\n"},
     "weights-actors.tsv:2:1: the row has not one weight for each column"},
    {"weight_too_many",
     {"weights-actors.tsv", "feature\tgroup\tstate\tperson\nbias\t1\t2\t3\t4\n"},
     "weights-actors.tsv:2:1: the row has not one weight for each column"},
    {"weights_twice",
     {"weights-actors.tsv", "feature\tgroup\tstate\tperson\nbias\t1\t2\t3\nbias\t1\t3\t4\n"},
     "weights-actors.tsv:3:1: a second row for the feature 'bias'; keep one"},
    {"weights_of_another_version",
     {"weights-claims.tsv", "feature\tgate\tact:call\nbias\t1\t2\n"},
     "weights-claims.tsv:1:9: the column is 'gate' where 'claim' must stand; write the file again "
     "with training/fit_claims.py"},
    {"weights_of_attributions",
     {"weights-attributions.tsv", "feature\tcue\twhat\nbias\t1\t2\n"},
     "weights-attributions.tsv:1:13: the column is 'what' where 'content' must stand; write the "
     "file again with training/fit_attributions.py"},
    {"weights_lack_columns",
     {"weights-actors.tsv", "feature\tgroup\nbias\t1\n"},
     "weights-actors.tsv:1:1: columns are missing behind the 2 that stand here; write the file "
     "again with training/fit_actors.py"},
};

class MistakeTest : public testing::TestWithParam<Mistake> {};
TEST_P(MistakeTest, IsNamedWithItsPlace) {
    EXPECT_THAT(errors_of({GetParam().file}), ElementsAre(GetParam().error));
}
INSTANTIATE_TEST_SUITE_P(Lexicons, MistakeTest, testing::ValuesIn(kMistakes),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Compile, NamesEveryMistakeAtOnce) {
    EXPECT_THAT(
        errors_of({{"actors-x.tsv", kActorHead + "bob\tBob\tpersn\t\t\t\nB\tB\tperson\t\t\t\n"},
                   {"holders.tsv", "office\tperson\tfrom\tto\nking\tada\t2020\t\n"}})
            .size(),
        3U);
}

/// The names of actors and other entries that a text holds, as "name[form]".
std::vector<std::string> found(const Lexicon& lexicon, std::string_view text) {
    Document document;
    document.assign("", text);
    std::vector<PhraseMatch> matches;
    find_phrases(document.text(), document.tokens(), lexicon, matches);
    std::vector<std::string> out;
    for (const PhraseMatch& match : matches) {
        const LexiconData::Range range = lexicon.data().phrase_entries[match.phrase];
        for (std::uint32_t i = range.begin; i < range.end; ++i) {
            const Entry& entry = lexicon.data().entries[i];
            if (static_cast<std::uint16_t>(layer_of(entry.meaning)) != match.layer ||
                !spelling_fits(document.text(), document.tokens(), match.token, entry))
                continue;
            out.push_back(entry.spelling);
        }
    }
    return out;
}

TEST(FindPhrases, AsksForTheSpellingThatAnEntryHas) {
    const auto compiled = Lexicon::compile(test::small_lexicon(
        {{"actors-x.tsv", kActorHead + "us\tUnited States\tstate\tUSA\t\tacronym:US\n"
                                       "md\tMédecins du Monde\tngo\t\t\tacronym:MdM\n"
                                       "aq\tal-Qaeda\tarmed_group\t\t\t\n"
                                       "front\tthe Front\tarmed_group\t\t\tweak:FRONT\n"
                                       "qed\tQED\tigo\t\t\t\n"
                                       "qed-plus\tQED+\tigo\t\t\t\n"
                                       "low\t3rd corps\tmilitary\t\t\t\n"}}));
    ASSERT_TRUE(compiled.has_value()) << compiled.error()[0].to_string();
    const auto in = [&](std::string_view text) { return found(*compiled, text); };
    // Names want a capital and nothing more.
    EXPECT_THAT(in("Ada Lovelace"), ElementsAre("Ada Lovelace"));
    EXPECT_THAT(in("ADA LOVELACE"), ElementsAre("Ada Lovelace"));
    EXPECT_THAT(in("ada lovelace"), ElementsAre());
    EXPECT_THAT(in("Ada lovelace"), ElementsAre("Ada Lovelace"));
    EXPECT_THAT(in("Arcadia’s"), ElementsAre("Arcadia"));
    EXPECT_THAT(in("arcadia"), ElementsAre());
    // Acronyms want their very case; stops between the letters do no harm.
    EXPECT_THAT(in("US"), ElementsAre("US"));
    EXPECT_THAT(in("U.S."), ElementsAre());  // one letter a token: a spelling of its own
    EXPECT_THAT(in("tell us"), ElementsAre());
    EXPECT_THAT(in("Us"), ElementsAre());
    EXPECT_THAT(in("MdM"), ElementsAre("MdM"));
    EXPECT_THAT(in("MDM"), ElementsAre());
    // A particle in front may be small; the first word with a capital is the one that is asked for
    // it.
    EXPECT_THAT(in("al-Qaeda, Al Qaeda, AL-QAEDA"),
                ElementsAre("al-Qaeda", "al-Qaeda", "al-Qaeda"));
    EXPECT_THAT(in("al-qaeda"), ElementsAre());
    EXPECT_THAT(in("Médecins du Monde, MEDECINS DU MONDE"),
                ElementsAre("Médecins du Monde", "Médecins du Monde"));
    EXPECT_THAT(in("the 3rd Corps"), ElementsAre("3rd corps"));
    // A plus sign makes another word of it.
    EXPECT_THAT(in("The QED+ group"), ElementsAre("QED", "QED+"));
    EXPECT_THAT(in("The QED group"), ElementsAre("QED"));
    // Nouns and cues ask for nothing.
    EXPECT_THAT(in("OFFICIALS Said a Cease-Fire"), ElementsAre("officials", "said", "cease-fire"));
}

TEST(FindPhrases, LayersDoNotHideEachOther) {
    const auto compiled = Lexicon::compile(
        test::small_lexicon({{"actors-x.tsv", kActorHead + "cw\tCeasefire Watch\tngo\t\t\t\n"}}));
    ASSERT_TRUE(compiled.has_value());
    EXPECT_THAT(found(*compiled, "Ceasefire Watch said officials told"),
                ElementsAre("Ceasefire Watch", "ceasefire", "said", "officials", "told"));
}

TEST(Compile, OrderOfFilesChangesNothing) {
    auto files = test::small_lexicon({});
    const auto one = Lexicon::compile(files);
    std::reverse(files.begin(), files.end());
    const auto other = Lexicon::compile(files);
    ASSERT_TRUE(one.has_value() && other.has_value());
    ASSERT_EQ(one->data().entries.size(), other->data().entries.size());
    for (std::size_t i = 0; i < one->data().entries.size(); ++i) {
        EXPECT_EQ(one->data().entries[i].spelling, other->data().entries[i].spelling);
        EXPECT_EQ(one->data().entries[i].index, other->data().entries[i].index);
    }
}

}  // namespace
}  // namespace ceasewire
