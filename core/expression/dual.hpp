/// Dual numbers in two directions: arithmetic that carries exact derivatives along. Nested, they carry second ones.
#pragma once

#include <cmath>

namespace kappa::expression {

/// A value and its derivatives by x and by y. Members are not initialised, so that a stack of them costs nothing.
template <class T>
struct Dual {
  T v, dx, dy;
};

inline double primal(double a) { return a; }
template <class T>
double primal(const Dual<T>& a) {
  return primal(a.v);
}

/// A number that depends on nothing.
template <class T>
struct Constant {
  static T of(double value) { return value; }
};
template <class T>
struct Constant<Dual<T>> {
  static Dual<T> of(double value) { return {Constant<T>::of(value), Constant<T>::of(0), Constant<T>::of(0)}; }
};

inline bool is_zero(double a) { return a == 0; }
template <class T>
bool is_zero(const Dual<T>& a) {
  return is_zero(a.v) && is_zero(a.dx) && is_zero(a.dy);
}
inline bool is_constant(double) { return true; }
template <class T>
bool is_constant(const Dual<T>& a) {
  return is_zero(a.dx) && is_zero(a.dy) && is_constant(a.v);
}

template <class T>
Dual<T> operator-(const Dual<T>& a) {
  return {-a.v, -a.dx, -a.dy};
}
template <class T>
Dual<T> operator+(const Dual<T>& a, const Dual<T>& b) {
  return {a.v + b.v, a.dx + b.dx, a.dy + b.dy};
}
template <class T>
Dual<T> operator-(const Dual<T>& a, const Dual<T>& b) {
  return {a.v - b.v, a.dx - b.dx, a.dy - b.dy};
}
template <class T>
Dual<T> operator*(const Dual<T>& a, const Dual<T>& b) {
  return {a.v * b.v, a.dx * b.v + a.v * b.dx, a.dy * b.v + a.v * b.dy};
}
template <class T>
Dual<T> operator/(const Dual<T>& a, const Dual<T>& b) {
  const T q = a.v / b.v;
  return {q, (a.dx - q * b.dx) / b.v, (a.dy - q * b.dy) / b.v};
}

/// f(a), given f and its slope at a's value.
template <class T>
Dual<T> chain(const Dual<T>& a, const T& f, const T& slope) {
  return {f, slope * a.dx, slope * a.dy};
}

// The functions of a formula, for plain numbers and for duals of any depth.
inline double sine(double a) { return std::sin(a); }
inline double cosine(double a) { return std::cos(a); }
inline double tangent(double a) { return std::tan(a); }
inline double exponential(double a) { return std::exp(a); }
inline double logarithm(double a) { return std::log(a); }
inline double square_root(double a) { return std::sqrt(a); }
inline double absolute(double a) { return std::abs(a); }
inline double hyperbolic_tangent(double a) { return std::tanh(a); }
inline double arc_tangent(double a) { return std::atan(a); }
inline double power(double a, double b) { return std::pow(a, b); }

template <class T>
Dual<T> sine(const Dual<T>& a) {
  return chain(a, sine(a.v), cosine(a.v));
}
template <class T>
Dual<T> cosine(const Dual<T>& a) {
  return chain<T>(a, cosine(a.v), -sine(a.v));
}
template <class T>
Dual<T> tangent(const Dual<T>& a) {
  const T f = tangent(a.v);
  return chain<T>(a, f, Constant<T>::of(1) + f * f);
}
template <class T>
Dual<T> exponential(const Dual<T>& a) {
  const T f = exponential(a.v);
  return chain(a, f, f);
}
template <class T>
Dual<T> logarithm(const Dual<T>& a) {
  return chain<T>(a, logarithm(a.v), Constant<T>::of(1) / a.v);
}
template <class T>
Dual<T> square_root(const Dual<T>& a) {
  const T f = square_root(a.v);
  return chain<T>(a, f, Constant<T>::of(0.5) / f);
}
/// At the kink the slope is taken as zero.
template <class T>
Dual<T> absolute(const Dual<T>& a) {
  const double at = primal(a);
  return chain<T>(a, absolute(a.v), Constant<T>::of(at > 0 ? 1 : at < 0 ? -1 : 0));
}
template <class T>
Dual<T> hyperbolic_tangent(const Dual<T>& a) {
  const T f = hyperbolic_tangent(a.v);
  return chain<T>(a, f, Constant<T>::of(1) - f * f);
}
template <class T>
Dual<T> arc_tangent(const Dual<T>& a) {
  return chain<T>(a, arc_tangent(a.v), Constant<T>::of(1) / (Constant<T>::of(1) + a.v * a.v));
}
/// A constant exponent may stand on a negative base; one that varies goes through the base's logarithm.
template <class T>
Dual<T> power(const Dual<T>& a, const Dual<T>& b) {
  const T f = power(a.v, b.v);
  const bool flat = is_constant(b);
  const T slope = flat && primal(b) == 0 ? Constant<T>::of(0) : b.v * power(a.v, b.v - Constant<T>::of(1));
  Dual<T> out = chain(a, f, slope);
  if (flat) return out;
  const T rate = f * logarithm(a.v);
  out.dx = out.dx + rate * b.dx;
  out.dy = out.dy + rate * b.dy;
  return out;
}

}  // namespace kappa::expression
