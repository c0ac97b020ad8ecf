/// Drives giflib over a new file, so that an unfinished film is never seen.
#include "ui/exports/gif_file.hpp"

#include <gif_lib.h>

#include <QRect>
#include <algorithm>

namespace kappa::ui {
namespace {

constexpr int palette_bits = 8, palette_size = 256;
constexpr unsigned char as_before = 255;

/// The smallest rectangle outside of which nothing has changed; one pixel where nothing has.
QRect changed(const std::vector<unsigned char>& before, const std::vector<unsigned char>& now, QSize size) {
  if (before.size() != now.size()) return {QPoint(0, 0), size};
  int left = size.width(), right = -1, top = -1, bottom = -1;
  for (int y = 0; y < size.height(); ++y) {
    const auto row = static_cast<std::ptrdiff_t>(y) * size.width();
    const auto from = now.begin() + row, to = from + size.width();
    const auto first = std::mismatch(from, to, before.begin() + row).first;
    if (first == to) continue;
    if (top < 0) top = y;
    bottom = y;
    left = std::min(left, static_cast<int>(first - from));
    int last = size.width() - 1;
    while (now[static_cast<std::size_t>(row + last)] == before[static_cast<std::size_t>(row + last)]) --last;
    right = std::max(right, last);
  }
  return top < 0 ? QRect(0, 0, 1, 1) : QRect(QPoint(left, top), QPoint(right, bottom));
}

}  // namespace

GifFile::GifFile(const std::string& path, QSize size, Quantiser palette, const std::string& document)
    : file_(path), path_(path), size_(size), palette_(std::move(palette)) {
  trouble_ = file_.open();
  if (!trouble_) begin(document);
}

GifFile::~GifFile() {
  int ignored = 0;
  if (gif_) EGifCloseFile(gif_, &ignored);
}

void GifFile::put(bool ok) {
  if (!ok && !trouble_) trouble_ = Issue{path_, "the film could not be encoded", {}, Trouble::file};
}

void GifFile::begin(const std::string& document) {
  const auto write = [](GifFileType* gif, const GifByteType* bytes, int length) -> int {
    auto& self = *static_cast<GifFile*>(gif->UserData);
    if (!self.trouble_)
      self.trouble_ = self.file_.write({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)});
    return self.trouble_ ? 0 : length;
  };
  int error = 0;
  gif_ = EGifOpen(this, write, &error);
  if (!gif_) return put(false);
  EGifSetGifVersion(gif_, true);
  std::vector<GifColorType> colours(palette_size, GifColorType{0, 0, 0});
  for (std::size_t i = 0; i < palette_.colours().size(); ++i) {
    const QRgb c = palette_.colours()[i];
    colours[i] = {static_cast<GifByteType>(qRed(c)), static_cast<GifByteType>(qGreen(c)),
                  static_cast<GifByteType>(qBlue(c))};
  }
  ColorMapObject* map = GifMakeMapObject(palette_size, colours.data());
  put(map && EGifPutScreenDesc(gif_, size_.width(), size_.height(), palette_bits, 0, map) == GIF_OK);
  GifFreeMapObject(map);
  const unsigned char again[] = {1, 0, 0};  // for ever
  put(EGifPutExtensionLeader(gif_, APPLICATION_EXT_FUNC_CODE) == GIF_OK);
  put(EGifPutExtensionBlock(gif_, 11, "NETSCAPE2.0") == GIF_OK);
  put(EGifPutExtensionBlock(gif_, 3, again) == GIF_OK);
  put(EGifPutExtensionTrailer(gif_) == GIF_OK);
  if (!document.empty()) put(EGifPutComment(gif_, gif_comment(document).c_str()) == GIF_OK);
}

std::optional<Issue> GifFile::add(const QImage& frame, int hundredths) {
  if (trouble_) return trouble_;
  std::vector<unsigned char> now = palette_.indices(frame);
  const QRect part = changed(shown_, now, size_);
  GraphicsControlBlock control{DISPOSE_DO_NOT, false, hundredths, shown_.empty() ? NO_TRANSPARENT_COLOR : as_before};
  unsigned char bytes[4];
  EGifGCBToExtension(&control, bytes);
  put(EGifPutExtension(gif_, GRAPHICS_EXT_FUNC_CODE, sizeof bytes, bytes) == GIF_OK);
  put(EGifPutImageDesc(gif_, part.x(), part.y(), part.width(), part.height(), false, nullptr) == GIF_OK);
  std::vector<GifPixelType> row(static_cast<std::size_t>(part.width()));
  for (int y = part.top(); y <= part.bottom() && !trouble_; ++y) {
    const auto at =
        static_cast<std::size_t>(y) * static_cast<std::size_t>(size_.width()) + static_cast<std::size_t>(part.left());
    for (std::size_t x = 0; x < row.size(); ++x)
      row[x] = !shown_.empty() && shown_[at + x] == now[at + x] ? as_before : now[at + x];
    put(EGifPutLine(gif_, row.data(), part.width()) == GIF_OK);
  }
  shown_ = std::move(now);
  return trouble_;
}

std::optional<Issue> GifFile::finish() {
  if (gif_) {
    int error = 0;
    put(EGifCloseFile(std::exchange(gif_, nullptr), &error) == GIF_OK);
  }
  return trouble_ ? trouble_ : file_.commit();
}

}  // namespace kappa::ui
