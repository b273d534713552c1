#include "lexicon/model.h"

namespace ceasewire {

FeatureId feature_id(std::string_view name) {
    const std::size_t equals = name.find('=');
    if (equals == std::string_view::npos) return feature_id(hash_part(name));
    const std::size_t bar = name.find('|', equals + 1);
    const std::string_view first =
        name.substr(equals + 1, bar == std::string_view::npos ? bar : bar - equals - 1);
    return feature_id(hash_part(name.substr(0, equals)), hash_part(first),
                      bar == std::string_view::npos ? 0 : hash_part(name.substr(bar + 1)));
}

void LinearModel::add(std::string name, const std::vector<float>& weights) {
    names_.push_back(std::move(name));
    weights_.insert(weights_.end(), weights.begin(), weights.end());
}

bool LinearModel::index(std::size_t& twin) {
    std::size_t size = 1;
    while (size < 2 * names_.size() + 1) size *= 2;
    mask_ = size - 1;
    slots_.assign(size, Slot{});
    filter_.assign((16 * size + 63) / 64, 0);
    filter_mask_ = 16 * size - 1;
    for (std::uint32_t row = 0; row < names_.size(); ++row) {
        const FeatureId id = feature_id(names_[row]);
        std::uint64_t at = id & mask_;
        while (slots_[at].row != kAbsent && slots_[at].id != id) at = (at + 1) & mask_;
        if (slots_[at].row != kAbsent) {
            twin = row;
            return false;
        }
        slots_[at] = {id, row};
        const std::uint64_t bit = (id >> 32U) & filter_mask_;
        filter_[bit >> 6U] |= std::uint64_t{1} << (bit & 63U);
    }
    return true;
}

}  // namespace ceasewire
