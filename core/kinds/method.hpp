/// One registered method: its card, its fields, and how to make one from a node.
#pragma once

#include <functional>
#include <memory>
#include <variant>
#include <vector>

#include "core/kinds/card.hpp"

namespace kappa {

class ProblemModel;
class OptimizerModel;
class OrderModel;
class InitModel;
class ScheduleModel;
class ProbeModel;
class TheoryModel;
class ClaimModel;
class StudyModel;

template <class Model>
using Maker = std::function<std::shared_ptr<const Model>(const Node&)>;
using MakeProblem = std::function<std::unique_ptr<ProblemModel>(const Node&)>;

/// Models are immutable once made; a problem is built once and then shared as const.
struct Method {
  Kind kind{};
  Card card;
  std::vector<Field> fields;
  std::variant<MakeProblem, Maker<OptimizerModel>, Maker<OrderModel>, Maker<InitModel>, Maker<ScheduleModel>,
               Maker<ProbeModel>, Maker<TheoryModel>, Maker<ClaimModel>, Maker<StudyModel>>
      make;
};

/// Makes a model from a node that has been validated; the catalogue knows the id.
std::unique_ptr<ProblemModel> make_problem(const Node& node);
std::shared_ptr<const OptimizerModel> make_optimizer(const Node& node);
std::shared_ptr<const OrderModel> make_order(const Node& node);
std::shared_ptr<const InitModel> make_init(const Node& node);
std::shared_ptr<const ScheduleModel> make_schedule(const Node& node);
std::shared_ptr<const ProbeModel> make_probe(const Node& node);
std::shared_ptr<const TheoryModel> make_theory(const Node& node);
std::shared_ptr<const ClaimModel> make_claim(const Node& node);
std::shared_ptr<const StudyModel> make_study(const Node& node);

}  // namespace kappa
