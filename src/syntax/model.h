#pragma once
/// What was learnt, ready for use: built once from the bytes of models/syntax.bin, then shared by
/// every thread.

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "base/expected.h"

namespace ceasewire::syntax {

struct Network;

/// Immutable. Movable; a moved-from model may only be destroyed or assigned to.
class Model {
public:
    explicit Model(std::unique_ptr<const Network> network);
    Model(Model&&) noexcept;
    Model& operator=(Model&&) noexcept;
    ~Model();

    [[nodiscard]] const Network& network() const { return *network_; }

private:
    std::unique_ptr<const Network> network_;
};

/// Checks and unpacks a model; the bytes are not needed afterwards. A damaged model, or one made
/// for other labels or features, gives one line that says why. Any model that loads is safe to
/// parse with: sizes agree, labels exist and no sum can overflow. Takes a few milliseconds.
[[nodiscard]] Expected<Model, std::string> load_model(std::span<const std::byte> bytes);

}  // namespace ceasewire::syntax
