/// Unicode text as LaTeX, for any engine: what has no translation becomes a question mark.
#include <map>
#include <string>
#include <string_view>

#include "core/base/text.hpp"
#include "core/figure/pgfplots.hpp"

namespace kappa {
namespace {

using Table = std::map<std::string_view, std::string_view>;

/// Written inside math mode.
const Table& math() {
  static const Table table{
      {"α", "\\alpha"},     {"β", "\\beta"},      {"γ", "\\gamma"},     {"δ", "\\delta"},   {"ε", "\\varepsilon"},
      {"ζ", "\\zeta"},      {"η", "\\eta"},       {"θ", "\\theta"},     {"ι", "\\iota"},    {"κ", "\\kappa"},
      {"λ", "\\lambda"},    {"μ", "\\mu"},        {"µ", "\\mu"},        {"ν", "\\nu"},      {"ξ", "\\xi"},
      {"π", "\\pi"},        {"ρ", "\\rho"},       {"σ", "\\sigma"},     {"τ", "\\tau"},     {"υ", "\\upsilon"},
      {"φ", "\\varphi"},    {"ϕ", "\\phi"},       {"χ", "\\chi"},       {"ψ", "\\psi"},     {"ω", "\\omega"},
      {"Γ", "\\Gamma"},     {"Δ", "\\Delta"},     {"Θ", "\\Theta"},     {"Λ", "\\Lambda"},  {"Ξ", "\\Xi"},
      {"Π", "\\Pi"},        {"Σ", "\\Sigma"},     {"Φ", "\\Phi"},       {"Ψ", "\\Psi"},     {"Ω", "\\Omega"},
      {"ϵ", "\\epsilon"},   {"−", "-"},           {"·", "\\cdot"},      {"×", "\\times"},   {"±", "\\pm"},
      {"√", "\\surd"},      {"∞", "\\infty"},     {"≤", "\\le"},        {"≥", "\\ge"},      {"≠", "\\ne"},
      {"≈", "\\approx"},    {"≪", "\\ll"},        {"≫", "\\gg"},        {"∼", "\\sim"},     {"∝", "\\propto"},
      {"→", "\\to"},        {"←", "\\leftarrow"}, {"↦", "\\mapsto"},    {"∇", "\\nabla"},   {"∂", "\\partial"},
      {"∑", "\\sum"},       {"∏", "\\prod"},      {"∫", "\\int"},       {"∈", "\\in"},      {"∀", "\\forall"},
      {"∃", "\\exists"},    {"‖", "\\|"},         {"∥", "\\|"},         {"⟨", "\\langle"},  {"⟩", "\\rangle"},
      {"∗", "*"},           {"⋆", "\\star"},      {"†", "\\dagger"},    {"⊙", "\\odot"},    {"⊗", "\\otimes"},
      {"⊕", "\\oplus"},     {"∘", "\\circ"},      {"½", "\\tfrac12"},   {"¼", "\\tfrac14"}, {"⅓", "\\tfrac13"},
      {"ℝ", "\\mathrm{R}"}, {"ℓ", "\\ell"},       {"𝔼", "\\mathrm{E}"}, {"⊤", "\\top"},     {"∧", "\\wedge"},
      {"∨", "\\vee"},       {"°", "^\\circ"}};
  return table;
}

const Table& superscripts() {
  static const Table table{
      {"⁰", "0"}, {"¹", "1"}, {"²", "2"}, {"³", "3"}, {"⁴", "4"},     {"⁵", "5"},       {"⁶", "6"},     {"⁷", "7"},
      {"⁸", "8"}, {"⁹", "9"}, {"⁺", "+"}, {"⁻", "-"}, {"⁼", "="},     {"⁽", "("},       {"⁾", ")"},     {"ⁿ", "n"},
      {"ⁱ", "i"}, {"ᵃ", "a"}, {"ᵇ", "b"}, {"ᵈ", "d"}, {"ʲ", "j"},     {"ᵏ", "k"},       {"ᵐ", "m"},     {"ᵖ", "p"},
      {"ʳ", "r"}, {"ˢ", "s"}, {"ᵗ", "t"}, {"ˣ", "x"}, {"ᵀ", "\\top"}, {"ᵅ", "\\alpha"}, {"ᵝ", "\\beta"}};
  return table;
}

const Table& subscripts() {
  static const Table table{{"₀", "0"}, {"₁", "1"}, {"₂", "2"}, {"₃", "3"}, {"₄", "4"}, {"₅", "5"},
                           {"₆", "6"}, {"₇", "7"}, {"₈", "8"}, {"₉", "9"}, {"₊", "+"}, {"₋", "-"},
                           {"ₐ", "a"}, {"ᵢ", "i"}, {"ⱼ", "j"}, {"ₖ", "k"}, {"ₘ", "m"}, {"ₙ", "n"},
                           {"ₚ", "p"}, {"ᵣ", "r"}, {"ₛ", "s"}, {"ₜ", "t"}, {"ₓ", "x"}};
  return table;
}

/// Written in text mode.
const Table& plain() {
  static const Table table{{"\\", "\\textbackslash{}"},
                           {"{", "\\{"},
                           {"}", "\\}"},
                           {"$", "\\$"},
                           {"&", "\\&"},
                           {"#", "\\#"},
                           {"%", "\\%"},
                           {"_", "\\_"},
                           {"^", "\\textasciicircum{}"},
                           {"~", "\\textasciitilde{}"},
                           {"<", "\\textless{}"},
                           {">", "\\textgreater{}"},
                           {"|", "\\textbar{}"},
                           {"\"", "\\textquotedbl{}"},
                           {"\n", " "},
                           {"\t", " "},
                           {"\u202f", "\\,"},
                           {"\u00a0", "~"},
                           {"\u2009", "\\,"},
                           {"–", "--"},
                           {"—", "---"},
                           {"…", "\\dots{}"},
                           {"‘", "`"},
                           {"’", "'"},
                           {"“", "``"},
                           {"”", "''"},
                           {"•", "\\textbullet{}"}};
  return table;
}

/// Letters of Latin-1 and Latin Extended-A, which inputenc and T1 know.
bool known_letter(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() != 2) return false;
  return lead == 0xC3 ? character != "×" && character != "÷" : lead == 0xC4 || lead == 0xC5;
}

}  // namespace

std::string latex(std::string_view utf8) {
  std::string out;
  const Table* script = nullptr;  // an open run of superscripts or subscripts
  const auto close = [&] {
    if (script) out += "}$";
    script = nullptr;
  };
  for (std::size_t i = 0; i < utf8.size();) {
    const std::size_t length = to_next_character(utf8, i);
    const std::string_view character = utf8.substr(i, length);
    i += length;
    const Table* raised = superscripts().contains(character) ? &superscripts()
                          : subscripts().contains(character) ? &subscripts()
                                                             : nullptr;
    if (raised) {
      if (script != raised) {
        close();
        out += raised == &superscripts() ? "$^{" : "$_{";
        script = raised;
      }
      const std::string_view inner = raised->at(character);
      out.append(inner).append(inner[0] == '\\' ? " " : "");
      continue;
    }
    close();
    if (const auto m = math().find(character); m != math().end()) {
      out.append("$").append(m->second).append("$");
    } else if (const auto p = plain().find(character); p != plain().end()) {
      out += p->second;
    } else if (static_cast<unsigned char>(character[0]) < 0x80) {
      out += static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7F ? ' ' : character[0];
    } else {
      out += known_letter(character) ? character : std::string_view("?");
    }
  }
  close();
  return out;
}

}  // namespace kappa
