/// What editors of a lexicon ask: warnings, differences, whom a name means, names unknown.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lexicon/calendar.h"
#include "lexicon/data.h"
#include "lexicon/diff.h"
#include "lexicon/lookup.h"
#include "lexicon/unknown.h"
#include "lexicon/warnings.h"

namespace ceasewire {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Ruritania with a president, in four files; `more` are added to its actors and holders.
std::vector<LexiconFile> ruritania(const std::string& actors = "",
                                   const std::string& holders = "") {
    return {{"VERSION", "r.1\n"},
            {"actors.tsv",
             "id\tname\ttype\tcountry\twikidata\taliases\tsource\n"
             "ruritania\tRuritania\tstate\tRUR\tQ1\t\tbook\n"
             "flavia-elph\tFlavia Elphberg\tperson\tRUR\tQ2\tsurname:Elphberg\tbook\n"
             "rupert-hentz\tRupert Hentzau\tperson\tRUR\t\t\tbook\n" +
                 actors},
            {"countries.tsv",
             "id\tiso3\tadjectives\tpeople\tmetonyms\tsource\n"
             "ruritania\tRUR\tRuritanian\tRuritanians\tStrelsau\tbook\n"},
            {"offices.tsv",
             "id\ttitle\tbody\tnouns\tsource\n"
             "president\tPresident of Ruritania\truritania\tpresident|head of state\tbook\n"},
            {"holders.tsv",
             "office\tperson\tfrom\tto\tnote\tsource\n"
             "president\tflavia-elph\t2020-01-01\t2024-06-01\t\tbook\n"
             "president\trupert-hentz\t2024-06-01\t\t\tbook\n" +
                 holders}};
}

std::vector<std::string> told(const std::vector<LexiconFile>& files) {
    EXPECT_TRUE(Lexicon::compile(files).has_value());
    std::vector<std::string> out;
    for (const LexiconWarning& warning : warnings_of(files)) out.push_back(warning.at.to_string());
    return out;
}

TEST(LexiconWarnings, HasNoneForAGoodLexicon) { EXPECT_THAT(told(ruritania()), IsEmpty()); }

TEST(LexiconWarnings, OfValuesAndRowsThatStandTwice) {
    EXPECT_THAT(told(ruritania("x\tX Y\tperson\t\t\tMr X|Mr X\tbook\n")),
                ElementsAre("actors.tsv:5:21: 'Mr X' stands twice in this cell"));
    EXPECT_THAT(told(ruritania("", "president\trupert-hentz\t2024-06-01\t2025\t\tbook\n")),
                ElementsAre(HasSubstr("holders.tsv:4:11: a second row for this term")));
}

TEST(LexiconWarnings, OfTwoInOneOffice) {
    EXPECT_THAT(told(ruritania("", "president\trupert-hentz\t2023-05-01\t2023-06-01\t\tbook\n")),
                ElementsAre(HasSubstr("president: the term overlaps that of flavia-elph "
                                      "(holders.tsv:2)")));
    EXPECT_THAT(
        told(ruritania("", "president\trupert-hentz\t2023-05-01\t2023-06-01\tacting\tbook\n")),
        IsEmpty());
}

TEST(LexiconWarnings, OfNamesThatMeanTwo) {
    EXPECT_THAT(told(ruritania("x\tElsewhere\tcompany\t\t\tRupert-Hentzau\tbook\n")),
                ElementsAre("actors.tsv:5:23: the name 'Rupert-Hentzau' means rupert-hentz too "
                            "(actors.tsv:4)"));
    // Two people who held offices at other times are told apart by the day.
    EXPECT_THAT(told(ruritania("x\tFlavia Elphberg (elder)\tperson\t\t\t\tbook\n",
                               "president\tx\t1990-01-01\t1995-01-01\t\tbook\n")),
                IsEmpty());
    EXPECT_THAT(told(ruritania("x\tX Y\tcompany\t\t\tweak:Rupert Hentzau\tbook\n")), IsEmpty());
}

TEST(LexiconWarnings, APlusSignMakesAnotherName) {
    EXPECT_THAT(told(ruritania("a\tQED\tigo\t\t\t\tbook\nb\tQED+\tigo\t\t\t\tbook\n")), IsEmpty());
}

TEST(LexiconWarnings, OfCodesIdsAndSources) {
    EXPECT_THAT(told(ruritania("x\tX Y\tperson\tXXX\t\t\tbook\n")),
                ElementsAre("actors.tsv:5:14: no countries file has the country 'XXX'"));
    EXPECT_THAT(told(ruritania("x\tX Y\tperson\t\tQ2\t\tbook\n")),
                ElementsAre("actors.tsv:5:15: Q2 is given to flavia-elph too (actors.tsv:3)"));
    EXPECT_THAT(told(ruritania("x\tX Y\tperson\t\t\t\t\n")), ElementsAre(HasSubstr("no source")));
}

Lexicon compiled(const std::vector<LexiconFile>& files) {
    auto lexicon = Lexicon::compile(files);
    EXPECT_TRUE(lexicon.has_value());
    return std::move(*lexicon);
}

TEST(DiffLexicons, SaysNothingOfTheSame) {
    const Lexicon one = compiled(ruritania());
    EXPECT_THAT(diff_lexicons(one.data(), one.data()), IsEmpty());
}

TEST(DiffLexicons, TellsOfActorsNamesAndHolders) {
    const Lexicon before = compiled(ruritania("x\tX Corp\tcompany\t\t\tacronym:XC\tbook\n"));
    const Lexicon after =
        compiled(ruritania("x\tY Corp\tcompany\t\t\tXC\tbook\nz\tZ Zed\tperson\t\t\t\tbook\n",
                           "president\tz\t2019\t2019\t\tbook\n"));
    EXPECT_THAT(diff_lexicons(before.data(), after.data()),
                ElementsAre("~ actor x: \"X Corp\", company -> \"Y Corp\", company",
                            "+ actor z: \"Z Zed\", person", "- name x \"X Corp\": name",
                            "~ name x \"XC\": acronym -> alias", "+ name x \"Y Corp\": name",
                            "+ name z \"Z Zed\": name",
                            "+ holder president: z since 2019-01-01: from 2019-01-01 to "
                            "2019-12-31"));
}

TEST(LookUp, SaysWhoByWhichRow) {
    const Lexicon lexicon = compiled(ruritania());
    const Lookup lookup = look_up("elphberg", std::nullopt, lexicon.data());
    ASSERT_EQ(lookup.answers.size(), 1U);
    EXPECT_THAT(lookup.answers[0].why,
                ElementsAre("surname 'Elphberg' (actors.tsv:3)",
                            "held President of Ruritania from 2020-01-01 to 2024-06-01 "
                            "(holders.tsv:2)"));
}

TEST(LookUp, TakesOfficesByTheDay) {
    const Lexicon lexicon = compiled(ruritania());
    const LexiconData& data = lexicon.data();
    for (const char* name : {"Ruritanian president", "the president of Ruritania",
                             "Ruritania's head of state", "Strelsau's president"}) {
        const Lookup lookup = look_up(name, day_number(2025, 1, 1), data);
        ASSERT_EQ(lookup.answers.size(), 1U) << name;
        EXPECT_EQ(data.actors[lookup.answers[0].actor].id, "rupert-hentz") << name;
    }
    const Lookup early = look_up("Ruritanian president", day_number(1900, 1, 1), data);
    ASSERT_EQ(early.answers.size(), 1U);
    EXPECT_EQ(early.answers[0].actor, kNoRow);
}

TEST(LookUp, OffersWhatIsNear) {
    const Lexicon lexicon = compiled(ruritania());
    EXPECT_THAT(look_up("Flaiva Elphburg", std::nullopt, lexicon.data()).near,
                ElementsAre("'Flavia Elphberg': flavia-elph (actors.tsv:3)"));
    EXPECT_THAT(look_up("Rupert", std::nullopt, lexicon.data()).near,
                ElementsAre("'Rupert Hentzau': rupert-hentz (actors.tsv:4)"));
    EXPECT_THAT(look_up("Nobody Atall", std::nullopt, lexicon.data()).near, IsEmpty());
    EXPECT_THAT(look_up("...", std::nullopt, lexicon.data()).answers, IsEmpty());
}

std::vector<std::string> unknown_in(const std::vector<std::string>& bodies) {
    const Lexicon lexicon = compiled(ruritania());
    UnknownNames names(lexicon);
    Document document;
    for (const std::string& body : bodies) {
        document.assign("", body);
        names.add(document, "a1");
    }
    std::vector<std::string> out;
    for (const UnknownNames::Name& name : names.result(1))
        out.push_back(name.name + " " + std::to_string(name.count) + "/" +
                      std::to_string(name.articles));
    return out;
}

TEST(Unknown, CountsNamesThatTheLexiconLacks) {
    EXPECT_THAT(unknown_in({"They met Anton Rassen and Flavia Elphberg. Rassen spoke on Monday.",
                            "A letter to Anton Rassen came from Ruritania."}),
                ElementsAre("Anton Rassen 3/2"));
}

TEST(Unknown, KeepsWordsThatOpenASentenceOut) {
    EXPECT_THAT(unknown_in({"Fishermen mended nets. The harbour slept."}), IsEmpty());
    EXPECT_THAT(unknown_in({"Zenda slept. They rode to Zenda."}), ElementsAre("Zenda 2/1"));
}

TEST(Unknown, JoinsParticlesAndHyphens) {
    EXPECT_THAT(unknown_in({"He met Karim al-Dosar and the Guild of Masons."}),
                ElementsAre("Guild of Masons 1/1", "Karim al-Dosar 1/1"));
}

}  // namespace
}  // namespace ceasewire
