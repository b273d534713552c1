/// The yardstick of the end-to-end benchmark: our own source and sink with the settings of
/// `ceasewire run`, and nothing in between but the ledger. Every message goes out as it came in.
///
///     e2e_pass_through BROKERS INPUT OUTPUT DEAD_LETTER GROUP LANES

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "kafka/sink.h"
#include "kafka/source.h"
#include "stream/dead_letter.h"
#include "stream/flight.h"
#include "stream/ledger.h"
#include "stream/settings.h"

namespace {

using namespace ceasewire;
using namespace ceasewire::stream;
using std::chrono::milliseconds;

std::atomic<bool> stop{false};

struct PassThrough final : RebalanceListener {
    PassThrough(Source& source_, Sink& sink_) : source(source_), sink(sink_) {}

    void assigned(std::span<const TopicPartition> partitions) override {
        for (const TopicPartition partition : partitions) ledger.begin(partition);
        owned.insert(owned.end(), partitions.begin(), partitions.end());
    }
    void revoking(std::span<const TopicPartition> partitions) override {
        while (flying > 0) serve(milliseconds(5));
        std::vector<ResumePoint> points;
        for (const TopicPartition partition : partitions) {
            if (const auto next = ledger.resume_point(partition))
                points.push_back({partition, *next});
        }
        (void)source.commit(points);
        lost(partitions);
    }
    void lost(std::span<const TopicPartition> partitions) override {
        for (const TopicPartition partition : partitions) {
            ledger.end(partition);
            std::erase(owned, partition);
        }
    }

    void serve(milliseconds wait) {
        deliveries.clear();
        if (!sink.poll(wait, false, deliveries)) std::abort();
        for (Delivery& delivery : deliveries) {
            if (delivery.error) std::abort();
            ledger.done(delivery.flight->message.from, delivery.flight->message.offset);
            bytes -= delivery.flight->message.value->size();
            pool.put(delivery.flight);
            --flying;
        }
    }

    void run() {
        const LoopSettings settings;
        auto store_due = std::chrono::steady_clock::now();
        while (!stop) {
            serve(bytes > settings.in_flight_bytes_max ? milliseconds(5) : milliseconds(0));
            const auto now = std::chrono::steady_clock::now();
            if (now >= store_due) {
                std::vector<ResumePoint> points;
                for (const TopicPartition partition : owned) {
                    if (const auto next = ledger.resume_point(partition))
                        points.push_back({partition, *next});
                }
                source.store(points);
                store_due = now + settings.store_interval;
            }
            if (bytes > settings.in_flight_bytes_max) continue;
            taken.clear();
            if (!source.take(taken, settings.batch_records_max, milliseconds(flying > 0 ? 10 : 100),
                             *this))
                std::abort();
            for (Message& message : taken) {
                if (!ledger.take(message.from, message.offset)) continue;
                Flight* flight = pool.get();
                flight->message = std::move(message);
                bytes += flight->message.value->size();
                record_headers(flight->message, headers);
                Output output{Destination::records, flight->message.key, flight->message.value,
                              headers.headers(), -1};
                while (sink.publish(output, flight) != Publish::accepted) serve(milliseconds(5));
                ++flying;
            }
        }
        while (flying > 0) serve(milliseconds(100));
        source.close(milliseconds(8'000), *this);
    }

    Source& source;
    Sink& sink;
    OffsetLedger ledger;
    FlightPool pool;
    HeaderList headers;
    std::vector<Message> taken;
    std::vector<Delivery> deliveries;
    std::vector<TopicPartition> owned;
    std::size_t flying = 0;
    std::size_t bytes = 0;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 7) {
        std::fprintf(stderr, "e2e_pass_through BROKERS INPUT OUTPUT DEAD_LETTER GROUP LANES\n");
        return 64;
    }
    std::signal(SIGTERM, [](int) { stop = true; });
    kafka::Settings settings;
    settings.brokers = argv[1];
    settings.input_topics = {argv[2]};
    settings.output_topic = argv[3];
    settings.dead_letter_topic = argv[4];
    settings.group_id = argv[5];
    const auto lanes = static_cast<std::size_t>(std::atoi(argv[6]));
    std::vector<std::thread> threads;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        threads.emplace_back([&settings, lane] {
            Observer observer;
            LaneCounters counters;
            auto sink = kafka::KafkaSink::open(settings, lane, observer, counters);
            auto source = kafka::KafkaSource::open(settings, lane, observer, counters);
            if (!sink || !source) std::abort();
            {
                PassThrough loop(**source, **sink);
                loop.run();
                (void)(*sink)->close(milliseconds(5'000));
            }
            (void)(*source)->destroy(milliseconds(5'000));
        });
    }
    for (std::thread& thread : threads) thread.join();
    return 0;
}
