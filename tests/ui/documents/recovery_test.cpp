/// What a killed process leaves is found, offered and opened; what a closed window leaves is nothing.
#include "ui/documents/recovery.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QTest>

#include "tests/support/documents.hpp"
#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/documents/autosave.hpp"
#include "ui/documents/windows.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/message_strip.hpp"

namespace kappa::ui {
namespace {

using testing::await;

class Recovery : public ::testing::Test {
 protected:
  QString at(const QString& name) const { return QString::fromStdString(folder_.path()) + u'/' + name; }
  /// The program as it is, with a home of its own; its place is found in `base`.
  void begin(QProcess& process, const QStringList& arguments) const {
    QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"}) own.insert(name, at("home"));
    own.insert("QT_QPA_PLATFORM", "offscreen");
    process.setProcessEnvironment(own);
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(KAPPA_UI_PATH, arguments);
  }
  QString base() const { return at("home/kappascope/kappascope/recovery"); }
  QStringList kept() const {
    QStringList found;
    for (const QString& place : QDir(base()).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
      if (QFile::exists(base() + u'/' + place + "/document.kappa.json")) found << place;
    return found;
  }
  static void killed(QProcess& process) {
    ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
    process.waitForFinished();
  }
  static QPushButton* button(MainWindow& window, const QString& text) {
    for (QPushButton* one : window.message().findChildren<QPushButton*>())
      if (one->text() == text && !one->isHidden()) return one;
    return nullptr;
  }
  QString pidHolding(const QString& place) const {
    QFile lock(base() + u'/' + place + ".lock");
    return lock.open(QIODevice::ReadOnly) ? QString::fromLatin1(lock.readAll().trimmed()) : QString();
  }
  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
};

TEST_F(Recovery, AKilledProgramsEditsAreOfferedToTheNext) {
  QProcess first;
  begin(first,
        {"conditioning", "--set", "/runs/0/optimizer/learning_rate=0.5", "--set", "/title=\"Before the crash\""});
  ASSERT_TRUE(await([&] { return !kept().isEmpty(); }));
  const QString place = kept().front();
  EXPECT_TRUE(abandonedIn(base()).empty());  // its process lives
  killed(first);

  QProcess second;  // finds it, asks about it, and is killed before an answer
  begin(second, {});
  ASSERT_TRUE(await([&] { return pidHolding(place) == QString::number(second.processId()); }));
  EXPECT_TRUE(abandonedIn(base()).empty());
  killed(second);

  Windows windows(theme_, nullptr, base());
  ASSERT_TRUE(windows.open().empty());
  windows.offerRecovered();
  MainWindow& window = *windows.newest();
  ASSERT_EQ(window.message().count(), 1);
  EXPECT_TRUE(window.message().text().contains("Before the crash")) << window.message().text().toStdString();
  EXPECT_TRUE(window.message().text().contains(":"));
  EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
  ASSERT_NE(button(window, "Open"), nullptr);
  QTest::mouseClick(button(window, "Open"), Qt::LeftButton);
  Session& session = *windows.sessionOf(&window);
  EXPECT_EQ(session.document().title, "Before the crash");
  EXPECT_EQ(std::get<double>(session.document().runs[0].optimizer.params.at("learning_rate")), 0.5);
  EXPECT_TRUE(session.edited());
  EXPECT_FALSE(QDir(base() + u'/' + place).exists());
  EXPECT_EQ(kept().size(), 1);  // now it is this window's
  EXPECT_TRUE(windows.finish(5000));
  EXPECT_EQ(QDir(base()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

TEST_F(Recovery, WhatIsDiscardedIsGone) {
  QProcess first;
  begin(first, {"conditioning", "--set", "/seed=5"});
  ASSERT_TRUE(await([&] { return !kept().isEmpty(); }));
  killed(first);
  Windows windows(theme_, nullptr, base());
  ASSERT_TRUE(windows.open().empty());
  windows.offerRecovered();
  ASSERT_NE(button(*windows.newest(), "Discard"), nullptr);
  QTest::mouseClick(button(*windows.newest(), "Discard"), Qt::LeftButton);
  EXPECT_EQ(windows.newest()->message().count(), 0);
  EXPECT_EQ(kept(), QStringList());
}

TEST_F(Recovery, AnythingUneditedLeavesNothingToAskAbout) {
  QProcess first;
  begin(first, {"conditioning"});
  ASSERT_TRUE(await([&] { return QDir(base()).exists() && !QDir(base()).isEmpty(); }));
  QTest::qWait(1500);
  killed(first);
  EXPECT_TRUE(abandonedIn(base()).empty());
  EXPECT_TRUE(QDir(base()).isEmpty());
}

TEST_F(Recovery, NoWindowHasThePlaceOfOneBefore) {
  QStringList all;
  for (int i = 0; i < 3; ++i) all << RecoveryPlace(base()).folder();
  EXPECT_EQ(all.removeDuplicates(), 0) << "a worker left behind by the first would clear up in the second's";
}

TEST_F(Recovery, IsAtMostTwoSecondsBehindAndForgetsWhatIsSaved) {
  RecoveryPlace place(base());
  Session session(place.folder());
  Autosave autosave(session, place.folder());
  session.openDocument(freshDocument(), "fresh");
  const QString file = place.folder() + "/document.kappa.json";
  QElapsedTimer clock;
  clock.start();
  double rate = 0.5;
  while (clock.elapsed() < 2500) {  // a slider that never rests
    Document next = session.document();
    next.runs[0].optimizer.params["learning_rate"] = rate += 1e-4;
    EXPECT_TRUE(session.change(next, "drag", "rate").empty());
    QTest::qWait(20);
    EXPECT_TRUE(clock.elapsed() < 2000 || QFile::exists(file));
  }
  ASSERT_TRUE(await(
      [&] {
        const auto kept = read_document(file.toStdString());
        const auto* document = std::get_if<Document>(&kept);
        return document && write_document(complete(*document)) == write_document(session.document());
      },
      2000));
  ASSERT_TRUE(session.save(at("mine.kappa.json")).empty());
  EXPECT_TRUE(await([&] { return !QFile::exists(file); }, 2000));
}

TEST_F(Recovery, LiveEditsAreKeptAsEventsEvenBeforeTheNextStep) {
  RecoveryPlace place(base());
  Session session(place.folder());
  Autosave autosave(session, place.folder());
  session.openDocument(freshDocument(), "fresh");
  session.step(10);
  ASSERT_TRUE(await([&] { return session.lastStep() == 10 && session.idle(); }));
  Document next = session.document();
  next.runs[0].optimizer.params["learning_rate"] = 0.25;
  ASSERT_TRUE(session.change(next, "rate", {}, LiveEdit{0, "learning_rate", 0.25, 1.0}).empty());
  autosave.keep();
  const auto kept = read_document((place.folder() + "/document.kappa.json").toStdString());
  ASSERT_EQ(std::get<Document>(kept).events.size(), 1u);
  EXPECT_EQ(std::get<Document>(kept).events[0].step, 10u);
  session.step(5);
  ASSERT_TRUE(await([&] { return session.lastStep() == 15 && session.idle(); }));
  EXPECT_EQ(session.recorded().events.size(), 1u);
  EXPECT_EQ(session.recorded().events[0].step, 10u);
}

TEST_F(Recovery, ResultsOfALongRunMayBeSaved) {
  const QString folder = base() + "/1-1";
  const Document document = complete(freshDocument());
  ASSERT_TRUE(QDir().mkpath(folder + "/run-3"));
  atomic_write((folder + "/run-3/experiment.kappa.json").toStdString(), write_document(document, true));
  atomic_write((folder + "/run-3/series.csv").toStdString(), "run,repeat,step,series,value\n");
  ASSERT_TRUE(keepDocument(folder, write_document(document), {"A long run", "long", "", "run-3", false}));
  Windows windows(theme_, nullptr, base());
  ASSERT_TRUE(windows.open().empty());
  windows.offerRecovered();
  MainWindow& window = *windows.newest();
  EXPECT_TRUE(window.message().text().contains("A long run (run ")) << window.message().text().toStdString();
  QTest::mouseClick(button(window, "Open"), Qt::LeftButton);
  ASSERT_NE(button(window, "Save results…"), nullptr);
  EXPECT_TRUE(QFile::exists(folder + "/run-3/series.csv"));
  QMetaObject::invokeMethod(
      &window,
      [this] {
        QWidget* dialog = QApplication::activeModalWidget();
        dialog->findChild<QLineEdit*>("fileNameEdit")->setText(at("kept"));
        QTest::keyClick(dialog, Qt::Key_Return);
      },
      Qt::QueuedConnection);
  QTest::mouseClick(button(window, "Save results…"), Qt::LeftButton);
  ASSERT_TRUE(await([&] { return window.message().text().contains("was written"); }));
  EXPECT_TRUE(QFile::exists(at("kept/series.csv")));
  EXPECT_FALSE(QDir(folder).exists());
  EXPECT_EQ(window.message().count(), 1) << window.message().text().toStdString();
}

TEST_F(Recovery, ALockIsHeldByOne) {
  const QString path = at("a.lock");
  auto first = FolderLock::take(path);
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(FolderLock::take(path), nullptr);
  first.reset();
  EXPECT_FALSE(QFile::exists(path));
  EXPECT_NE(FolderLock::take(path), nullptr);
}

}  // namespace
}  // namespace kappa::ui
