/// Renders the card off-screen with the window's own painters.
#include "ui/charts/export.hpp"

#include <QCoreApplication>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>
#include <QPdfWriter>
#include <cmath>

#include "ui/charts/figure_scene.hpp"
#include "ui/charts/legend.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double side = 14;
const auto chunk = QStringLiteral("kappascope");
constexpr char open_tag[] = "<kappascope:document encoding=\"base64\">";
constexpr char close_tag[] = "</kappascope:document>";

QString translated(const char* text) { return QCoreApplication::translate("Export", text); }

double paintHead(QPainter& painter, const Figure& figure, double width, ThemeId id) {
  const Theme& look = theme(id);
  const QFont title = uiFont(typeOf(id).body, QFont::DemiBold), small = uiFont(typeOf(id).head);
  const double row = std::ceil(QFontMetricsF(title).height()) + 4;
  const QString state = QString::fromStdString(figure.state), name = QString::fromStdString(figure.title);
  const QRectF line(side, 8, width - 2 * side, row);
  painter.setFont(small);
  painter.setPen(toColour(look.muted));
  painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, state);
  const double room = line.width() - QFontMetricsF(small).horizontalAdvance(state) - 8;
  painter.setFont(title);
  painter.setPen(toColour(look.text));
  painter.drawText(line, Qt::AlignVCenter, QFontMetricsF(title).elidedText(name, Qt::ElideRight, room));
  return line.bottom() + 2;
}

/// What PDF readers show about the file, and the document for reading back.
QByteArray xmpOf(const Figure& figure, const QByteArray& document) {
  QByteArray xmp =
      "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:kappascope=\"https://kappascope.invalid/ns/\">\n<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">";
  xmp += QString::fromStdString(figure.title).toHtmlEscaped().toUtf8() + "</rdf:li></rdf:Alt></dc:title>\n";
  if (!document.isEmpty()) xmp += open_tag + document.toBase64() + close_tag + QByteArray("\n");
  return xmp + "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

}  // namespace

void paintFigure(QPainter& painter, const Figure& figure, const ExportOptions& options, double device_scale) {
  const Theme& look = theme(options.theme);
  const QSizeF size = options.size;
  painter.save();
  if (!options.transparent) painter.fillRect(QRectF({}, size), toColour(look.panel));
  double top = paintHead(painter, figure, size.width(), options.theme);
  const QFont small = uiFont(typeOf(options.theme).head);
  const LegendLayout legend = layOutLegend(figure, size.width() - 2 * side, small, 8);
  painter.save();
  painter.translate(side, top);
  paintLegend(painter, legend, look, small);
  painter.restore();
  top = std::ceil(top + legend.height + 2);

  const QSizeF room(size.width(), std::max(40.0, size.height() - top - 4));
  FigureScene scene(false);
  scene.setTheme(options.theme);
  scene.resize(room, device_scale);
  scene.setFigure(figure);
  painter.setRenderHint(QPainter::TextAntialiasing);
  scene.render(&painter, QRectF(QPointF(0, top), room), QRectF({}, room), Qt::IgnoreAspectRatio);
  painter.restore();
}

QImage renderFigure(const Figure& figure, const ExportOptions& options) {
  const QSize pixels = (QSizeF(options.size) * options.scale).toSize().expandedTo({1, 1});
  QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
  image.fill(options.transparent ? QColor(Qt::transparent) : toColour(theme(options.theme).panel));
  QPainter painter(&image);
  painter.scale(options.scale, options.scale);
  paintFigure(painter, figure, options, options.scale);
  painter.end();
  image.setDotsPerMeterX(static_cast<int>(std::lround(96 * options.scale / 0.0254)));
  image.setDotsPerMeterY(image.dotsPerMeterX());
  keepDocument(image, options.document);
  return image;
}

void keepDocument(QImage& image, const QByteArray& document) {
  // Base64 where PNG's text would not give back the same bytes.
  const QString text = QString::fromUtf8(document);
  const bool exact = text.toUtf8() == document && !text.contains(QChar(u'\0')) && !text.contains(u'\r');
  if (!document.isEmpty())
    image.setText(chunk, exact ? text : QStringLiteral("base64:") + QString::fromLatin1(document.toBase64()));
}

QString savePng(const Figure& figure, const QString& path, const ExportOptions& options) {
  QImageWriter writer(path, "png");
  if (writer.write(renderFigure(figure, options))) return {};
  return translated("The picture could not be written: %1.").arg(writer.errorString());
}

QString savePdf(const Figure& figure, const QString& path, const ExportOptions& options) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly))
    return translated("The picture could not be written: %1.").arg(file.errorString());
  {
    constexpr int dots = 1200;
    QPdfWriter writer(&file);
    writer.setCreator(QStringLiteral("Kappascope"));
    writer.setTitle(QString::fromStdString(figure.title));
    writer.setPageSize(QPageSize(QSizeF(options.size) * 72.0 / 96, QPageSize::Point));
    writer.setPageMargins({});
    writer.setResolution(dots);
    writer.setDocumentXmpMetadata(xmpOf(figure, options.document));
    if (!options.document.isEmpty())
      writer.addFileAttachment(QStringLiteral("experiment.kappa.json"), options.document,
                               QStringLiteral("application/json"));
    QPainter painter(&writer);
    painter.scale(dots / 96.0, dots / 96.0);
    paintFigure(painter, figure, options, 4);
  }
  if (file.error() == QFile::NoError) return {};
  return translated("The picture could not be written: %1.").arg(file.errorString());
}

std::optional<QByteArray> documentIn(const QString& path) {
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
  if (file.peek(4) == "%PDF") {
    const QByteArray bytes = file.readAll();
    const auto begin = bytes.indexOf(open_tag), end = bytes.indexOf(close_tag, begin);
    if (begin < 0 || end < 0) return std::nullopt;
    const auto from = begin + static_cast<qsizetype>(sizeof open_tag) - 1;
    return QByteArray::fromBase64(bytes.mid(from, end - from));
  }
  const QImage image = QImageReader(&file, "png").read();
  if (!image.textKeys().contains(chunk)) return std::nullopt;
  const QString text = image.text(chunk);
  if (text.startsWith(QStringLiteral("base64:"))) return QByteArray::fromBase64(text.mid(7).toLatin1());
  return text.toUtf8();
}

}  // namespace kappa::ui
