/// A window with a finished experiment, for what leaves it.
#pragma once

#include <gtest/gtest.h>

#include <QAbstractSpinBox>
#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/exports/exports.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/document_files.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/message_strip.hpp"

namespace kappa::ui::testing {

inline Document smallRace() {
  Document document;
  document.title = "Race & “quotes” <of> two";
  document.about.question = "Which is faster when κ < 100?";
  document.steps = 60;
  document.problem = {
      Kind::problem, "linear_regression", {{"samples", std::int64_t{20}}, {"features", std::int64_t{5}}}};
  RunSpec slow, quick;
  slow.label = "GD";
  slow.optimizer = {Kind::optimizer, "gradient_descent", {{"learning_rate", 0.1}}};
  quick.label = "Momentum, heavy";
  quick.optimizer = {Kind::optimizer, "heavy_ball", {{"learning_rate", 0.1}, {"momentum", 0.5}}};
  document.runs = {slow, quick};
  document.probes = {{Kind::probe, "loss", {}}, {Kind::probe, "gradient_norm", {}}};
  return document;
}

class ExportDesk : public ::testing::Test {
 protected:
  ExportDesk() {
    window_.resize(1280, 800);
    window_.show();
    QCoreApplication::processEvents();
  }
  /// Opens and runs to the end.
  bool finish(const Document& document, const QString& name = QStringLiteral("race")) {
    session_.openDocument(document, name);
    window_.showSetup();
    session_.run();
    return await([&] { return session_.state() == RunState::finished && session_.idle(); });
  }
  QString at(const std::string& name) const { return QString::fromStdString(folder_ / name); }
  std::string bytes(const QString& path) const { return test::contents(path.toStdString()); }
  /// What the session has after a fresh document was there in between.
  std::string reopened(const QString& path) {
    Document another;
    another.title = "another";
    session_.openDocument(another, QStringLiteral("another"));
    EXPECT_TRUE(window_.files().open(path)) << window_.message().text().toStdString();
    return write_document(session_.document());
  }
  template <class Widget>
  static Widget* named(QWidget& inside, const char* accessible) {
    for (Widget* each : inside.findChildren<Widget*>())
      if (each->accessibleName() == QLatin1String(accessible)) return each;
    return nullptr;
  }
  static QPushButton* button(QWidget& inside, const QString& text) {
    for (QPushButton* each : inside.findChildren<QPushButton*>())
      if (each->text().remove(u'&') == text) return each;
    return nullptr;
  }
  /// Chooses as a keyboard does.
  static void choose(QWidget& inside, const char* field, int index) {
    auto* box = named<ChoiceField>(inside, field);
    ASSERT_NE(box, nullptr) << field;
    ASSERT_LT(index, box->count());
    box->setFocus();
    while (box->currentIndex() != index) QTest::keyClick(box, box->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
  }
  /// Types a number over the one in a field.
  static void type(QWidget& inside, const char* field, int value) {
    auto* box = named<QAbstractSpinBox>(inside, field);
    ASSERT_NE(box, nullptr) << field;
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, QString::number(value));
    EXPECT_EQ(box->text(), QString::number(value)) << field;
  }
  std::size_t files() const {
    std::size_t n = 0;
    for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator(folder_.path()))
      n += each.path().filename() != "recovery";
    return n;
  }

  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{at("recovery")};
  MainWindow window_{session_, theme_};
};

}  // namespace kappa::ui::testing
