/// Deflates and inflates by zlib, whose checksum finds tampering, never to more than a document may be.
#include "ui/documents/share_string.hpp"

#include <zlib.h>

#include <QCoreApplication>
#include <QRegularExpression>

#include "ui/documents/minimal.hpp"

namespace kappa::ui {
namespace {

constexpr qsizetype most_text = 2'000'000;        // characters of one share string
constexpr std::size_t most_inflated = 4'000'000;  // bytes: what a document may have
const auto kScheme = QStringLiteral("kappascope:");
const auto kVersion = QStringLiteral("v1");

QString tr(const char* text) { return QCoreApplication::translate("share string", text); }

Issues unreadable(const QString& why) {
  return {{tr("share string").toStdString(), why.toStdString(), "", Trouble::input}};
}

QByteArray deflated(const QByteArray& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  QByteArray out(static_cast<qsizetype>(size), '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
            static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
  out.truncate(static_cast<qsizetype>(size));
  return out;
}

/// An empty text upon trouble, which `why` then names.
std::string inflated(const QByteArray& bytes, QString& why) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return why = tr("there is no memory to read it"), std::string();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::string room(std::size_t{1} << 16, '\0');
  int state = Z_OK;
  while (state == Z_OK && out.size() <= most_inflated) {
    stream.next_out = reinterpret_cast<Bytef*>(room.data());
    stream.avail_out = static_cast<uInt>(room.size());
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(room, 0, room.size() - stream.avail_out);
  }
  const bool rest = stream.avail_in > 0;
  inflateEnd(&stream);
  if (out.size() > most_inflated)
    why = tr("holds more than an experiment may (4 MB)");
  else if (state == Z_BUF_ERROR)
    why = tr("is cut short: its end is missing");
  else if (state != Z_STREAM_END || rest)
    why = tr("is damaged: some of its characters were changed");
  return why.isEmpty() ? out : std::string();
}

}  // namespace

QString shareString(const Document& document) {
  const QByteArray text =
      deflated(minimalJson(document)).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
  return kScheme + kVersion + u':' + QString::fromLatin1(text);
}

bool isShareString(const QString& text) { return text.trimmed().startsWith(kScheme, Qt::CaseInsensitive); }

Checked<Document> fromShareString(const QString& text) {
  if (text.size() > most_text) return unreadable(tr("is longer than a share string may be"));
  static const QRegularExpression blank(QStringLiteral("\\s+"));
  const QString whole = QString(text).remove(blank);
  const QString version = whole.section(u':', 1, 1);
  if (!isShareString(whole) || whole.count(u':') < 2)
    return unreadable(tr("is cut short: expected kappascope:v1: and the experiment"));
  if (version != kVersion) return unreadable(tr("is of version “%1”; this Kappascope reads v1").arg(version.left(12)));
  const auto bytes = QByteArray::fromBase64Encoding(
      whole.section(u':', 2).toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
  if (!bytes) return unreadable(tr("is damaged: it has characters that no share string has, or too few"));
  if (bytes.decoded.isEmpty()) return unreadable(tr("is cut short: nothing follows kappascope:v1:"));
  QString why;
  const std::string json = inflated(bytes.decoded, why);
  if (!why.isEmpty()) return unreadable(why);
  return parse_document(json);
}

}  // namespace kappa::ui
