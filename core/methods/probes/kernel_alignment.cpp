/// Kernel alignment: how well the tangent kernel knows the targets.
#include "core/linalg/tangent_kernel.hpp"
#include "core/methods/probes/dumped_data.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

struct KernelAlignment {
  Declared declare(const ProbeSetup& setup) const {
    if (!setup.problem.can(Can::residual)) return refused("this problem has no residuals with a Jacobian");
    if (setup.problem.can(Can::curvature)) return refused("classes are no targets that a kernel can be aligned with");
    const arma::mat y = dumped(setup.problem, "y");
    if (y.n_elem != setup.problem.samples() || y.is_empty())
      return refused("this problem does not have one target y for each row");
    return one_series("kernel_alignment");
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    sink.scalar(0, numeric([&] {
                  const arma::vec y = arma::vectorise(dumped(frame->oracle.problem(), "y"));
                  arma::mat jacobian;
                  frame->oracle.jacobian(frame->x, jacobian);
                  if (jacobian.n_rows > y.n_elem)
                    jacobian = jacobian.head_rows(y.n_elem);  // a penalty's rows come last
                  return kappa::kernel_alignment(jacobian, y);
                }));
  }
};

}  // namespace KAPPA_FILE

Method kernel_alignment() {
  using KAPPA_FILE::KernelAlignment;
  return probe<KernelAlignment>(
      {.title = "Kernel alignment",
       .idea = "Rises when training turns the features towards what is to be learned; a lazy network keeps its kernel.",
       .equation = "yᵀKy / (|y|² |K|_F),  K = JJᵀ",
       .cite = {{"Cristianini, Shawe-Taylor, Elisseeff, Kandola", 2001, "On Kernel-Target Alignment", ""},
                {"Kumar, Bordelon, Gershman, Pehlevan", 2023,
                 "Grokking as the Transition from Lazy to Rich Training Dynamics", "arXiv:2310.06110"}},
       .scale = Scale::linear},
      {}, 10);
}

}  // namespace kappa::probes
