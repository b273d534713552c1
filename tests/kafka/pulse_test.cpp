/// A process knows when it was stopped.

#include "kafka/pulse.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ceasewire::kafka {
namespace {

using namespace std::chrono_literals;

TEST(Pulse, TellsThatTheProcessWasStopped) {
    const pid_t child = fork();
    if (child == 0) {
        Pulse pulse;
        raise(SIGSTOP);
        const bool told = pulse.absence() >= 300ms;
        const bool once = pulse.absence() < 300ms;
        _exit(told && once ? 0 : 1);
    }
    ASSERT_GT(child, 0);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, WUNTRACED), child);
    ASSERT_TRUE(WIFSTOPPED(status));
    std::this_thread::sleep_for(500ms);  // this is what it is about
    kill(child, SIGCONT);
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace ceasewire::kafka
