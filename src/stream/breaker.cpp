#include "stream/breaker.h"

namespace ceasewire::stream {

bool Breaker::note(Time now, std::uint64_t messages, std::uint64_t dead) {
    if (settings_.percent_max == 0 || open_) return false;
    while (!slices_.empty() && now - slices_.front().begin >= settings_.window) {
        messages_ -= slices_.front().messages;
        dead_ -= slices_.front().dead;
        slices_.pop_front();
    }
    if (slices_.empty() || now - slices_.back().begin >= settings_.window / 10)
        slices_.push_back({now, 0, 0});
    slices_.back().messages += messages;
    slices_.back().dead += dead;
    messages_ += messages;
    dead_ += dead;
    if (messages_ < settings_.messages_min || dead_ * 100 <= messages_ * settings_.percent_max)
        return false;
    open_ = true;
    opened_ = now;
    slices_.clear();
    messages_ = dead_ = 0;
    return true;
}

bool Breaker::close_if_quiet(Time now) {
    if (!open_ || now - opened_ < settings_.quiet) return false;
    open_ = false;
    return true;
}

}  // namespace ceasewire::stream
