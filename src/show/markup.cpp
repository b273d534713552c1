#include "show/markup.h"

#include <algorithm>
#include <limits>

namespace ceasewire::show {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";

/// Something that lies over the text, in bytes once placed.
struct Mark {
    enum class What : std::uint8_t { claim, mention, cue };
    What what = What::claim;
    std::uint32_t claim = 0;
    MentionIndex mention;
    std::size_t begin = 0;
    std::size_t end = 0;
};

std::vector<Mark> marks_of(const EnrichedRecord& record, Field field) {
    std::vector<Mark> marks;
    const auto add = [&](const RecordSlice& slice, Mark mark) {
        if (slice.field != field || slice.end < slice.start) return;
        mark.begin = slice.start;
        mark.end = slice.end;
        marks.push_back(mark);
    };
    for (std::uint32_t i = 0; i < record.claims.size(); ++i) {
        Mark mark;
        mark.claim = i;
        add(record.claims[i].slice, mark);
        mark.what = Mark::What::cue;
        if (record.claims[i].cue) add(*record.claims[i].cue, mark);
    }
    for (ActorIndex actor = 0; actor < record.actors.size(); ++actor) {
        const auto& mentions = record.actors[actor].mentions;
        for (std::uint32_t i = 0; i < mentions.size(); ++i) {
            Mark mark;
            mark.what = Mark::What::mention;
            mark.mention = {actor, i};
            add(mentions[i].slice, mark);
        }
    }
    return marks;
}

/// Turns the marks' code points into bytes, in one walk over the text.
void place(std::string_view text, std::vector<Mark>& marks) {
    std::vector<std::size_t*> places;
    for (Mark& mark : marks) {
        places.push_back(&mark.begin);
        places.push_back(&mark.end);
    }
    std::sort(places.begin(), places.end(),
              [](const std::size_t* a, const std::size_t* b) { return *a < *b; });
    std::size_t point = 0;
    std::size_t next = 0;
    for (std::size_t byte = 0; byte < text.size() && next < places.size(); ++byte) {
        if ((static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U) continue;
        for (; next < places.size() && *places[next] == point; ++next) *places[next] = byte;
        ++point;
    }
    for (; next < places.size(); ++next) *places[next] = text.size();
}

/// The paragraphs as slices of `text`, without the blanks around them.
std::vector<std::string_view> paragraphs_of(std::string_view text) {
    const auto is_blank = [](std::string_view line) {
        return line.find_first_not_of(kBlanks) == std::string_view::npos;
    };
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    // A blank line at the start or the end parts nothing.
    while (!lines.empty() && is_blank(lines.front())) lines.erase(lines.begin());
    while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
    const bool parted = std::any_of(lines.begin(), lines.end(), is_blank);
    std::vector<std::string_view> paragraphs;
    bool open = false;
    for (const std::string_view line : lines) {
        if (is_blank(line)) {
            open = false;
            continue;
        }
        const std::size_t first = line.find_first_not_of(kBlanks);
        const std::size_t last = line.find_last_not_of(kBlanks);
        const std::string_view bare = line.substr(first, last + 1 - first);
        if (open && parted) {
            std::string_view& paragraph = paragraphs.back();
            paragraph = {paragraph.data(),
                         static_cast<std::size_t>(bare.data() + bare.size() - paragraph.data())};
        } else {
            paragraphs.push_back(bare);
        }
        open = true;
    }
    return paragraphs;
}

/// The piece [begin, end) of `text` under the marks that are open there.
Piece piece_of(std::string_view text, std::size_t begin, std::size_t end,
               const std::vector<const Mark*>& open) {
    Piece piece;
    piece.text = text.substr(begin, end - begin);
    std::size_t shortest = std::numeric_limits<std::size_t>::max();
    std::vector<const Mark*> claims;
    for (const Mark* mark : open) {
        switch (mark->what) {
            case Mark::What::claim:
                claims.push_back(mark);
                break;
            case Mark::What::cue:
                piece.cue = true;
                break;
            case Mark::What::mention:
                if (mark->end - mark->begin < shortest) {
                    shortest = mark->end - mark->begin;
                    piece.mention = mark->mention;
                }
                break;
        }
    }
    std::stable_sort(claims.begin(), claims.end(), [](const Mark* a, const Mark* b) {
        return a->end - a->begin > b->end - b->begin;
    });
    for (const Mark* mark : claims) piece.claims.push_back(mark->claim);
    return piece;
}

/// Says where each claim and mention begins and ends, once all pieces are cut.
void note_ends(const EnrichedRecord& record, Field field, std::vector<Paragraph>& paragraphs) {
    std::vector<Piece*> first(record.claims.size(), nullptr);
    std::vector<Piece*> last(record.claims.size(), nullptr);
    std::vector<std::vector<bool>> seen(record.actors.size());
    for (Paragraph& paragraph : paragraphs) {
        for (Piece& piece : paragraph) {
            for (const std::uint32_t claim : piece.claims) {
                if (first[claim] == nullptr) first[claim] = &piece;
                last[claim] = &piece;
            }
            if (!piece.mention) continue;
            auto& mentions = seen[piece.mention->actor];
            mentions.resize(record.actors[piece.mention->actor].mentions.size());
            piece.mention_begins = !mentions[piece.mention->mention];
            mentions[piece.mention->mention] = true;
        }
    }
    for (std::uint32_t i = 0; i < record.claims.size(); ++i) {
        if (record.claims[i].slice.field != field) continue;
        if (first[i] == nullptr) {
            if (paragraphs.empty()) paragraphs.push_back(Paragraph(1));
            first[i] = last[i] = &paragraphs.back().back();
        }
        first[i]->begins.push_back(i);
        last[i]->ends.push_back(i);
    }
}

}  // namespace

std::vector<Paragraph> mark_up(const EnrichedRecord& record, Field field) {
    const std::string_view text =
        field == Field::title ? record.article->title : record.article->body;
    std::vector<Mark> marks = marks_of(record, field);
    place(text, marks);
    std::erase_if(marks, [](const Mark& mark) { return mark.begin == mark.end; });
    std::stable_sort(marks.begin(), marks.end(),
                     [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
    std::vector<std::size_t> borders;
    for (const Mark& mark : marks) {
        borders.push_back(mark.begin);
        borders.push_back(mark.end);
    }
    std::sort(borders.begin(), borders.end());
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());

    std::vector<Paragraph> paragraphs;
    std::vector<const Mark*> open;
    std::size_t next_mark = 0;
    std::size_t next_border = 0;
    for (const std::string_view bare : paragraphs_of(text)) {
        Paragraph& paragraph = paragraphs.emplace_back();
        std::size_t at = static_cast<std::size_t>(bare.data() - text.data());
        const std::size_t end = at + bare.size();
        while (at < end) {
            while (next_border < borders.size() && borders[next_border] <= at) ++next_border;
            while (next_mark < marks.size() && marks[next_mark].begin <= at)
                open.push_back(&marks[next_mark++]);
            std::erase_if(open, [at](const Mark* mark) { return mark->end <= at; });
            const std::size_t stop =
                next_border < borders.size() ? std::min(end, borders[next_border]) : end;
            paragraph.push_back(piece_of(text, at, stop, open));
            at = stop;
        }
    }
    note_ends(record, field, paragraphs);
    return paragraphs;
}

}  // namespace ceasewire::show
