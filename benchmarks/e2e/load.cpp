#include "load.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>

#include <unistd.h>

namespace ceasewire::bench {

using test::NewMessage;

NewMessage article(std::size_t i, std::size_t relevant) {
    static constexpr std::array kPlain = {
        "The city council met on Tuesday to discuss the budget for the new bridge, and members "
        "spoke for three hours.",
        "Shares in the company rose by four percent after it reported better sales in Asia than "
        "analysts had expected.",
        "Heavy rain is forecast for the coast until Friday, with winds of up to eighty kilometres "
        "an hour.",
        "The coach said her team had trained well, and that two injured players might return "
        "before the cup final.",
        "Researchers at the university found that the birds return to the same valley every "
        "spring.",
        "The museum will show more than two hundred paintings, many of which have never left the "
        "country.",
    };
    static constexpr std::array kClaims = {
        "Hamas said it accepted the ceasefire proposal put forward by the mediators.",
        "Antony Blinken said on Monday that Israel was ready for a truce of six weeks.",
        "The United Nations called for an immediate ceasefire and for humanitarian access.",
    };
    std::string body;
    std::size_t n = i * 2'654'435'761U;
    while (body.size() < 3'700) {
        n = n * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
        body += kPlain[(n >> 33U) % kPlain.size()];
        body += (n >> 40U) % 5 == 0 ? "\\n\\n" : " ";
    }
    if (i % 100 < relevant) {
        for (const char* claim : kClaims) body += std::string(claim) + " ";
    }
    const std::string number = std::to_string(i);
    NewMessage message;
    message.key = number;
    message.value =
        R"({"id":"bench-)" + number + R"(","title":"News of the day, number )" + number +
        R"(","body":")" + body + R"(","url":"https://news.example/)" + number +
        R"(","source":"Example News","published_at":"2024-06-11T08:00:00Z","language":"en"})";
    return message;
}

double cpu_seconds(int pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    std::string all((std::istreambuf_iterator<char>(in)), {});
    std::istringstream rest(all.substr(all.rfind(')') + 2));
    std::string word;
    double ticks = 0;
    for (int field = 3; field <= 15 && rest >> word; ++field) {
        if (field >= 14) ticks += std::stod(word);
    }
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.size() % 2 == 1 ? values[values.size() / 2]
                                  : (values[values.size() / 2 - 1] + values[values.size() / 2]) / 2;
}

std::string load_average() {
    std::string text;
    std::ifstream("/proc/loadavg") >> text;
    return text;
}

}  // namespace ceasewire::bench
