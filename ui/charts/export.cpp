/// Renders charts off-screen with the window's own painters.
#include "ui/charts/export.hpp"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>
#include <QPdfWriter>
#include <cmath>

#include "ui/charts/legend.hpp"
#include "ui/charts/plot_painter.hpp"
#include "ui/forms/wording.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double side = 14;
const auto chunk = QStringLiteral("kappascope");
constexpr char open_tag[] = "<kappascope:document encoding=\"base64\">";
constexpr char close_tag[] = "</kappascope:document>";

PaperFonts fontsOf(const ExportOptions& options) { return options.fonts ? *options.fonts : paperFonts(options.theme); }

double paintHead(QPainter& painter, const Figure& figure, double width, const Theme& look, const PaperFonts& fonts) {
  const QFont &title = fonts.title, &small = fonts.small;
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
QByteArray xmpOf(const QString& title, const QString& description, const QByteArray& document) {
  QByteArray xmp =
      "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:kappascope=\"https://kappascope.invalid/ns/\">\n<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">";
  xmp += title.toHtmlEscaped().toUtf8() + "</rdf:li></rdf:Alt></dc:title>\n";
  if (!description.isEmpty())
    xmp += "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" + description.toHtmlEscaped().toUtf8() +
           "</rdf:li></rdf:Alt></dc:description>\n";
  if (!document.isEmpty()) xmp += open_tag + document.toBase64() + close_tag + QByteArray("\n");
  return xmp + "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

QString thinnedWords(const Sheet& sheet) {
  QStringList all;
  for (const Figure& figure : sheet.figures)
    if (const std::string words = thinned_words(figure); !words.empty())
      all << QString::fromStdString(figure.title + ": " + words);
  return all.join(u' ');
}

}  // namespace

std::vector<QRectF> sheetCells(std::size_t figures, const QRectF& room) {
  constexpr double gap = 8, wanted = 1.5;  // cells a little wider than high
  std::size_t columns = 1;
  double best = 1e9;
  for (std::size_t c = 1; c <= std::min<std::size_t>(figures, 5); ++c) {
    const double rows = std::ceil(static_cast<double>(figures) / static_cast<double>(c));
    const double shape = room.width() / static_cast<double>(c) / (room.height() / rows);
    const double empty = rows * static_cast<double>(c) - static_cast<double>(figures);
    const double off = std::abs(std::log(shape / wanted)) + 0.15 * empty;
    if (off < best) best = off, columns = c;
  }
  const std::size_t rows = (figures + columns - 1) / std::max<std::size_t>(columns, 1);
  std::vector<QRectF> cells;
  for (std::size_t i = 0; i < figures; ++i) {
    // A last row that is not full shares the whole width.
    const std::size_t row = i / columns, in_row = std::min(columns, figures - row * columns);
    const double width = (room.width() - gap * static_cast<double>(in_row - 1)) / static_cast<double>(in_row);
    const double height = (room.height() - gap * static_cast<double>(rows - 1)) / static_cast<double>(rows);
    cells.emplace_back(room.left() + static_cast<double>(i % columns) * (width + gap),
                       room.top() + static_cast<double>(row) * (height + gap), width, height);
  }
  return cells;
}

double sheetHead(const Sheet& sheet, const PaperFonts& fonts) {
  if (sheet.figures.size() < 2 || sheet.title.isEmpty()) return 0;
  return std::ceil(1.25 * QFontMetricsF(fonts.title).height()) + 14;
}

void paintFigure(QPainter& painter, const Figure& figure, const ExportOptions& options, double device_scale) {
  const Theme& look = theme(options.theme);
  const QSizeF size = options.size;
  const PaperFonts fonts = fontsOf(options);
  painter.save();
  if (!options.transparent) painter.fillRect(QRectF({}, size), toColour(look.panel));
  double top = paintHead(painter, figure, size.width(), look, fonts);
  const LegendLayout legend = layOutLegend(figure, size.width() - 2 * side, fonts.small, 8);
  painter.save();
  painter.translate(side, top);
  paintLegend(painter, legend, look, fonts.small);
  painter.restore();
  top = std::ceil(top + legend.height + 2);

  painter.translate(0, top);
  const QSizeF room(size.width(), std::max(40.0, size.height() - top - 4));
  const PlotGeometry plot = layOut(figure, paperArea(figure, room, fonts.small),
                                   {.curve_width = look.curve_width,
                                    .theory_width = look.theory_width,
                                    .device_scale = device_scale,
                                    .label_font = fonts.small});
  painter.setRenderHint(QPainter::TextAntialiasing);
  paintAxes(painter, figure, plot.map, look, fonts.small);
  painter.save();
  painter.setClipRect(plot.map.area.adjusted(-8, -8, 8, 8), Qt::IntersectClip);
  paintPlot(painter, plot, look, fonts.small);
  if (plot.empty && !figure.empty.empty())
    paintEmpty(painter, plot.map.area, QString::fromStdString(figure.empty), look, fonts.body);
  painter.restore();
  paintCursorLine(painter, figure, plot.map, look);
  painter.restore();
}

void paintSheet(QPainter& painter, const Sheet& sheet, const ExportOptions& options, double device_scale) {
  if (sheet.figures.size() == 1) return paintFigure(painter, sheet.figures.front(), options, device_scale);
  const Theme& look = theme(options.theme);
  ExportOptions cell = options;
  cell.fonts = fontsOf(options);
  const double head = sheetHead(sheet, *cell.fonts);
  painter.save();
  if (!options.transparent) painter.fillRect(QRectF({}, options.size), toColour(look.panel));
  if (head > 0) {
    QFont title = cell.fonts->title;
    title.setPixelSize(static_cast<int>(std::lround(1.25 * title.pixelSize())));
    const QRectF line(side, 10, options.size.width() - 2 * side, head - 10);
    painter.setFont(title);
    painter.setPen(toColour(look.text));
    painter.drawText(line, Qt::AlignVCenter,
                     QFontMetricsF(title).elidedText(sheet.title, Qt::ElideRight, line.width()));
  }
  const QRectF room(0, head, options.size.width(), std::max(40.0, options.size.height() - head));
  const std::vector<QRectF> cells = sheetCells(sheet.figures.size(), room);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    cell.size = cells[i].size();
    painter.save();
    painter.translate(cells[i].topLeft());
    paintFigure(painter, sheet.figures[i], cell, device_scale);
    painter.restore();
  }
  painter.restore();
}

QImage renderSheet(const Sheet& sheet, const ExportOptions& options) {
  const QSize pixels = (options.size * options.scale).toSize().expandedTo({1, 1});
  QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
  image.fill(options.transparent ? QColor(Qt::transparent) : toColour(theme(options.theme).panel));
  QPainter painter(&image);
  painter.scale(options.scale, options.scale);
  paintSheet(painter, sheet, options, options.scale);
  painter.end();
  image.setDotsPerMeterX(static_cast<int>(std::lround(96 * options.scale / options.paper / 0.0254)));
  image.setDotsPerMeterY(image.dotsPerMeterX());
  keepDocument(image, options.document);
  return image;
}

QImage renderFigure(const Figure& figure, const ExportOptions& options) { return renderSheet({{}, {figure}}, options); }

void keepDocument(QImage& image, const QByteArray& document) {
  // Base64 where PNG's text would not give back the same bytes.
  const QString text = QString::fromUtf8(document);
  const bool exact = text.toUtf8() == document && !text.contains(QChar(u'\0')) && !text.contains(u'\r');
  if (!document.isEmpty())
    image.setText(chunk, exact ? text : QStringLiteral("base64:") + QString::fromLatin1(document.toBase64()));
}

QByteArray pngBytes(const Sheet& sheet, const ExportOptions& options) {
  QBuffer file;
  QImageWriter writer(&file, "png");
  return writer.write(renderSheet(sheet, options)) ? file.data() : QByteArray();
}

QByteArray pdfBytes(const Sheet& sheet, const ExportOptions& options) {
  constexpr int dots = 1200;
  const QString title = sheet.figures.size() == 1 ? QString::fromStdString(sheet.figures[0].title) : sheet.title;
  QBuffer file;
  file.open(QIODevice::WriteOnly);
  {
    QPdfWriter writer(&file);
    writer.setCreator(QStringLiteral("Kappascope"));
    writer.setTitle(title);
    writer.setPageSize(QPageSize(options.size * options.paper * 72.0 / 96, QPageSize::Point));
    writer.setPageMargins({});
    writer.setResolution(dots);
    writer.setDocumentXmpMetadata(xmpOf(title, thinnedWords(sheet), options.document));
    if (!options.document.isEmpty())
      writer.addFileAttachment(QStringLiteral("experiment.kappa.json"), options.document,
                               QStringLiteral("application/json"));
    QPainter painter(&writer);
    painter.scale(options.paper * dots / 96.0, options.paper * dots / 96.0);
    paintSheet(painter, sheet, options, 4);
  }
  return file.data();
}

QByteArray svgBytes(const Sheet& sheet, const ExportOptions& options) {
  SvgOptions svg{.width = options.size.width(), .height = options.size.height(), .scale = options.paper};
  svg.theme = options.theme;
  svg.transparent = options.transparent;
  svg.embedded_document = options.document.toStdString();
  if (sheet.figures.size() == 1) return QByteArray::fromStdString(write_svg(sheet.figures.front(), svg));
  const double head = sheetHead(sheet, fontsOf(options));
  std::vector<PlacedFigure> placed;
  const QRectF room(0, head, svg.width, std::max(40.0, svg.height - head));
  const std::vector<QRectF> cells = sheetCells(sheet.figures.size(), room);
  for (std::size_t i = 0; i < cells.size(); ++i)
    placed.push_back({&sheet.figures[i], cells[i].x(), cells[i].y(), cells[i].width(), cells[i].height()});
  return QByteArray::fromStdString(write_svg_sheet(sheet.title.toStdString(), placed, svg));
}

QString savePng(const Figure& figure, const QString& path, const ExportOptions& options) {
  const auto issue = atomic_write(path.toStdString(), pngBytes({{}, {figure}}, options).toStdString());
  return issue ? wording::sentence(*issue) : QString();
}

QString savePdf(const Figure& figure, const QString& path, const ExportOptions& options) {
  const auto issue = atomic_write(path.toStdString(), pdfBytes({{}, {figure}}, options).toStdString());
  return issue ? wording::sentence(*issue) : QString();
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
