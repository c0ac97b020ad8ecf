/// The real program ends within a second of its window, whatever its workers are at, and leaves nothing behind.
#include <gtest/gtest.h>

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QProcess>
#include <QSettings>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/documents/recovery.hpp"

namespace kappa::ui {
namespace {

using testing::await;

constexpr qint64 promised = std::string_view(KAPPA_SANITIZE).empty() ? 1000 : 10'000;  // milliseconds

class Closing : public ::testing::Test {
 protected:
  QString at(const QString& name) const { return QString::fromStdString(folder_.path()) + u'/' + name; }
  QString base() const { return at("home/kappascope/kappascope/recovery"); }
  /// The program with a home of its own, worked by a hand.
  void begin(QProcess& process, const QString& document, const QString& script) const {
    QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"}) own.insert(name, at("home"));
    own.insert("QT_QPA_PLATFORM", "offscreen");
    own.insert("QT_PLUGIN_PATH", KAPPA_BINARY_DIR "/plugins");
    own.insert("QT_QPA_GENERIC_PLUGINS", "hand");
    own.insert("KAPPA_HAND", script);
    process.setProcessEnvironment(own);
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(KAPPA_UI_PATH, {document});
  }
  /// Building its problem is one decomposition that takes many seconds, and its step another.
  QString heavy() const {
    atomic_write(folder_ / "heavy.kappa.json",
                 R"({"kappascope": 1, "steps": 1000, "problem": {"type": "matrix_least_squares", "rows": 2500,
                     "columns": 2500, "samples": 2500}, "runs": [{"label": "A", "optimizer": {"type": "muon"}},
                     {"label": "B", "optimizer": {"type": "adam"}}]})");
    return at("heavy.kappa.json");
  }
  test::ScratchDirectory folder_;
};

TEST_F(Closing, WorkThatCannotBeCutShortIsLeftBehind) {
  QProcess program;
  begin(program, heavy(), "300 Space 700 @" + at("closing") + " Ctrl+W");
  ASSERT_TRUE(await([&] { return QFile::exists(at("closing")); }));
  QElapsedTimer clock;
  clock.start();
  ASSERT_TRUE(program.waitForFinished());
  const qint64 took = clock.elapsed();
  RecordProperty("milliseconds", static_cast<int>(took));
  EXPECT_LT(took, promised);
  EXPECT_GT(took, 500) << "the workers had ended by themselves: that is not what is tried here";
  EXPECT_EQ(program.exitStatus(), QProcess::NormalExit);
  EXPECT_EQ(program.exitCode(), 0);

  EXPECT_TRUE(abandonedIn(base()).empty()) << "the next program would ask about a crash that was none";
  EXPECT_EQ(QDir(base()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
  QStringList files;
  for (QDirIterator all(at(""), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); all.hasNext();)
    if (const QString path = all.next(); !path.contains("/home/.cache/")) files << path.mid(at("").size());
  files.sort();
  EXPECT_EQ(files, QStringList({"closing", "heavy.kappa.json", "home/kappascope/kappascope.conf"}));
  const QSettings settings(at("home/kappascope/kappascope.conf"), QSettings::IniFormat);
  EXPECT_FALSE(settings.value("geometry").toByteArray().isEmpty()) << "what the window remembers was lost";

  QProcess next;  // and it begins as if nothing had been
  begin(next, "conditioning", "500 @" + at("up") + " Ctrl+W");
  ASSERT_TRUE(next.waitForFinished());
  EXPECT_TRUE(QFile::exists(at("up")));
  EXPECT_EQ(next.exitCode(), 0);
  EXPECT_TRUE(QDir(base()).isEmpty());
}

}  // namespace
}  // namespace kappa::ui
