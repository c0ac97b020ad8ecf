/// Opening, saving, dropping and pasting as users do them, with nothing lost on the way.
#include "ui/window/document_files.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QWindow>

#include "tests/support/documents.hpp"
#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/documents/share_string.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/message_strip.hpp"

namespace kappa::ui {
namespace {

using testing::await;

class DocumentFilesTest : public ::testing::Test {
 protected:
  DocumentFilesTest() {
    window_.show();
    window_.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&window_));
    QApplication::clipboard()->clear();
  }
  QString at(const QString& name) const { return QString::fromStdString(folder_.path()) + u'/' + name; }
  /// A dialog takes the activation with it.
  void keys(Qt::Key key, bool shift = false) {
    window_.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&window_));
    QTest::keyClick(&window_, key, shift ? Qt::ControlModifier | Qt::ShiftModifier : Qt::ControlModifier);
  }
  void edit(std::uint64_t steps = 33) {
    Document next = session_.document();
    next.steps = steps;
    EXPECT_TRUE(session_.change(next, "change steps").empty());
  }
  /// Does this in the modal dialog that opens next.
  template <class Act>
  void inDialog(Act act) {
    auto* look = new QTimer(&window_);
    QObject::connect(look, &QTimer::timeout, &window_, [this, act, look] {
      QWidget* dialog = QApplication::activeModalWidget();
      if (!dialog || !dialog->isVisible() || !dialog->windowHandle()->isExposed()) return;
      look->stop();
      look->deleteLater();
      ++dialogs_;
      act(dialog);
    });
    look->start(10);
  }
  void nameFile(const QString& path) {
    inDialog([path](QWidget* dialog) {
      dialog->findChild<QLineEdit*>("fileNameEdit")->setText(path);
      QTest::keyClick(dialog, Qt::Key_Return);
    });
  }
  void choose(const QString& text) {
    inDialog([text](QWidget* dialog) {
      for (QPushButton* button : dialog->findChildren<QPushButton*>())
        if (button->text().remove(u'&') == text) return QTest::mouseClick(button, Qt::LeftButton);
      ADD_FAILURE() << "no button " << text.toStdString();
    });
  }
  bool drop(QMimeData* data) {
    const std::unique_ptr<QMimeData> own(data);
    QDragEnterEvent enter({40, 40}, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window_, &enter);
    if (!enter.isAccepted()) return false;
    QDropEvent event({40, 40}, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window_, &event);
    return true;
  }
  bool dropFile(const QString& path) {
    auto* data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(path)});
    return drop(data);
  }
  bool dropText(const QString& text) {
    auto* data = new QMimeData;
    data->setText(text);
    return drop(data);
  }
  QString written(const QString& name, const std::string& text) const {
    EXPECT_FALSE(atomic_write(at(name).toStdString(), text).has_value());
    return at(name);
  }
  std::string text() const { return write_document(session_.document()); }

  test::ScratchDirectory folder_;
  QSettings settings_{at("settings.ini"), QSettings::IniFormat};
  AppTheme theme_{*qApp};
  Session session_{at("recovery")};
  MainWindow window_{session_, theme_, &settings_};
  const std::string other_ = kappa::testing::small_race();
  int dialogs_ = 0;
};

TEST_F(DocumentFilesTest, SavesOpensAndRemembers) {
  ASSERT_TRUE(window_.files().open("rosenbrock"));
  EXPECT_TRUE(session_.path().isEmpty());  // an example is an untitled copy
  edit();
  nameFile(at("mine"));
  keys(Qt::Key_S);
  EXPECT_EQ(dialogs_, 1);
  EXPECT_EQ(session_.path(), at("mine.kappa.json"));
  EXPECT_FALSE(session_.edited());
  const std::string saved = text();
  edit(44);
  keys(Qt::Key_S);  // no dialog now
  EXPECT_EQ(dialogs_, 1);
  EXPECT_NE(text(), saved);
  keys(Qt::Key_N);
  EXPECT_EQ(session_.name(), "untitled");
  nameFile(at("mine.kappa.json"));
  keys(Qt::Key_O);
  EXPECT_EQ(session_.document().steps, 44u);
  keys(Qt::Key_N);
  emit window_.files().recent()->aboutToShow();
  ASSERT_EQ(window_.files().recent()->actions().size(), 1);
  EXPECT_EQ(window_.files().recent()->actions()[0]->text(), "mine.kappa.json");
  window_.files().recent()->actions()[0]->trigger();
  EXPECT_EQ(session_.path(), at("mine.kappa.json"));
  nameFile(at("second.kappa.json"));
  keys(Qt::Key_S, true);
  EXPECT_EQ(session_.path(), at("second.kappa.json"));
}

TEST_F(DocumentFilesTest, EditsAreNotLostWithoutAQuestion) {
  edit();
  choose("Cancel");
  keys(Qt::Key_N);
  EXPECT_EQ(session_.document().steps, 33u);
  choose("Cancel");
  EXPECT_FALSE(window_.close());
  choose("Discard");
  keys(Qt::Key_N);
  EXPECT_EQ(dialogs_, 3);
  EXPECT_FALSE(session_.edited());
}

TEST_F(DocumentFilesTest, AnExampleSeenDifferentlyIsNotAskedAbout) {
  ASSERT_TRUE(window_.files().open("conditioning"));
  session_.setView("x", "seconds", "axis");
  EXPECT_TRUE(session_.edited());
  ASSERT_TRUE(window_.files().open("rosenbrock"));
  EXPECT_EQ(dialogs_, 0);
}

TEST_F(DocumentFilesTest, WhatCannotBeWrittenIsSaidAndKept) {
  edit();
  nameFile("/proc/nowhere/mine.kappa.json");
  const bool saved = window_.files().saveAs();
  EXPECT_FALSE(saved);
  EXPECT_TRUE(session_.edited());
  const std::string before = text();
  EXPECT_FALSE(session_.save("/proc/nowhere/mine.kappa.json").empty());
  EXPECT_EQ(text(), before);
  EXPECT_TRUE(session_.path().isEmpty());
}

TEST_F(DocumentFilesTest, ASavedFileThatCannotBeReplacedStaysWhole) {
  ASSERT_TRUE(QDir().mkpath(at("locked")));
  written("locked/mine.kappa.json", other_);
  ASSERT_TRUE(window_.files().open(at("locked/mine.kappa.json")));
  edit();
  ASSERT_TRUE(QFile::rename(at("locked"), at("gone")));
  keys(Qt::Key_S);
  EXPECT_TRUE(session_.edited());
  EXPECT_TRUE(window_.message().isVisible());
  EXPECT_TRUE(window_.message().text().contains("was not saved")) << window_.message().text().toStdString();
  EXPECT_EQ(test::contents(at("gone/mine.kappa.json").toStdString()), other_);
}

TEST_F(DocumentFilesTest, AFileChangedByAnotherProgramIsNotOverwrittenUnasked) {
  const QString path = written("mine.kappa.json", other_);
  ASSERT_TRUE(window_.files().open(path));
  edit();
  const std::string theirs = kappa::testing::small_race("", "61");
  written("mine.kappa.json", theirs);
  choose("Cancel");
  keys(Qt::Key_S);
  EXPECT_EQ(test::contents(path.toStdString()), theirs);
  EXPECT_TRUE(session_.edited());

  QEvent front(QEvent::WindowActivate);
  QApplication::sendEvent(&window_, &front);
  QApplication::sendEvent(&window_, &front);
  EXPECT_EQ(window_.message().count(), 1);
  EXPECT_TRUE(window_.message().text().contains("another program"));

  choose("Replace");
  keys(Qt::Key_S);
  EXPECT_EQ(test::contents(path.toStdString()), write_document(session_.document()));
  EXPECT_EQ(window_.message().count(), 0);
}

TEST_F(DocumentFilesTest, OpensAgainWhatChangedOnDisk) {
  const QString path = written("mine.kappa.json", other_);
  ASSERT_TRUE(window_.files().open(path));
  written("mine.kappa.json", kappa::testing::small_race("", "61"));
  QEvent front(QEvent::WindowActivate);
  QApplication::sendEvent(&window_, &front);
  for (QPushButton* button : window_.message().findChildren<QPushButton*>()) QTest::mouseClick(button, Qt::LeftButton);
  EXPECT_EQ(session_.document().steps, 61u);
  EXPECT_EQ(window_.message().count(), 0);
}

TEST_F(DocumentFilesTest, DropsOfAnyKindOpen) {
  EXPECT_TRUE(dropFile(written("mine.kappa.json", other_)));
  EXPECT_EQ(session_.name(), "mine");
  EXPECT_EQ(session_.path(), at("mine.kappa.json"));

  ASSERT_TRUE(QDir().mkpath(at("results")));
  written("results/experiment.kappa.json", kappa::testing::small_race("", "61"));
  written("results/summary.json", "{}");
  EXPECT_TRUE(dropFile(at("results")));
  EXPECT_EQ(session_.name(), "results");
  EXPECT_TRUE(session_.path().isEmpty());  // saving does not change what was recorded
  EXPECT_EQ(session_.document().steps, 61u);
  keys(Qt::Key_N);
  EXPECT_TRUE(dropFile(at("results/experiment.kappa.json")));
  EXPECT_TRUE(session_.path().isEmpty());

  EXPECT_TRUE(dropText(shareString(freshDocument())));
  EXPECT_EQ(text(), write_document(freshDocument()));
  EXPECT_FALSE(dropText("hello"));

  QSignalSpy windows(&window_.files(), &DocumentFiles::windowAsked);
  auto* two = new QMimeData;
  two->setUrls({QUrl::fromLocalFile(at("mine.kappa.json")), QUrl::fromLocalFile(at("results"))});
  EXPECT_TRUE(drop(two));
  EXPECT_EQ(session_.name(), "mine");
  ASSERT_EQ(windows.count(), 1);
  EXPECT_EQ(windows[0][0].toString(), at("results"));

  QDir().mkpath(at("empty"));
  EXPECT_TRUE(dropFile(at("empty")));
  EXPECT_TRUE(window_.message().text().contains("experiment.kappa.json"));
  EXPECT_EQ(session_.name(), "mine");
}

TEST_F(DocumentFilesTest, SharedByTheClipboard) {
  ASSERT_TRUE(window_.files().open("conditioning"));
  const std::string meant = text();
  keys(Qt::Key_C, true);
  const QString copied = QApplication::clipboard()->text();
  EXPECT_TRUE(copied.startsWith("kappascope:v1:"));
  keys(Qt::Key_N);
  keys(Qt::Key_V, true);
  EXPECT_EQ(text(), meant);
  EXPECT_TRUE(session_.path().isEmpty());

  edit();
  const std::string edited = text();
  QApplication::clipboard()->setText(copied.chopped(20));
  keys(Qt::Key_V, true);  // no question: nothing can come of it
  EXPECT_EQ(dialogs_, 0);
  EXPECT_EQ(text(), edited);
  EXPECT_TRUE(window_.message().text().contains("cut short")) << window_.message().text().toStdString();
  QApplication::clipboard()->setText("nothing of the kind");
  keys(Qt::Key_V, true);
  EXPECT_EQ(text(), edited);

  choose("Discard");
  QApplication::clipboard()->setText(QString::fromStdString(other_));
  keys(Qt::Key_V, true);
  EXPECT_EQ(session_.document().steps, 60u);

  ASSERT_TRUE(window_.files().open("conditioning"));
  keys(Qt::Key_L, true);
  EXPECT_EQ(QApplication::clipboard()->text(), "kappascope-cli run conditioning");
}

TEST_F(DocumentFilesTest, TroubleOfARunIsNeverModalAndCountedOnce) {
  QDir(at("recovery")).removeRecursively();
  written("recovery", "where runs write there is a file");
  for (int i = 1; i <= 3; ++i) {
    session_.restart();
    session_.run();
    EXPECT_TRUE(await([&] { return session_.state() == RunState::finished && session_.idle(); }));
    EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
    EXPECT_TRUE(window_.message().isVisible());
    EXPECT_EQ(window_.message().count(), 1) << window_.message().text().toStdString();
  }
  EXPECT_EQ(dialogs_, 0);
  QFile::remove(at("recovery"));
  session_.restart();
  session_.run();
  EXPECT_TRUE(await([&] { return session_.state() == RunState::finished && session_.idle(); }));
  EXPECT_EQ(window_.message().count(), 0) << window_.message().text().toStdString();
}

}  // namespace
}  // namespace kappa::ui
