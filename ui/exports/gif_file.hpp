/// A film as a GIF that repeats for ever: only what changed since the last frame is written.
#pragma once

#include <QImage>
#include <memory>

#include "core/lab.hpp"
#include "ui/exports/quantiser.hpp"

struct GifFileType;

namespace kappa::ui {

class GifFile {
 public:
  GifFile(const std::string& path, QSize size, Quantiser palette, const std::string& document);
  ~GifFile();  ///< not finished: there is no file
  GifFile(const GifFile&) = delete;
  GifFile& operator=(const GifFile&) = delete;

  /// How long the frame stays, in hundredths of a second.
  std::optional<Issue> add(const QImage& frame, int hundredths);
  std::optional<Issue> finish();

 private:
  void begin(const std::string& document);
  void put(bool ok);  ///< remembers the first trouble

  NewFile file_;
  std::string path_;
  QSize size_;
  Quantiser palette_;
  GifFileType* gif_ = nullptr;
  std::vector<unsigned char> shown_;
  std::optional<Issue> trouble_;
};

}  // namespace kappa::ui
