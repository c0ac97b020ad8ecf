/// In a language that is 40 % longer nothing is cut off, and what is still plain was never translated.
#include "ui/i18n/pseudo_locale.hpp"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QTest>
#include <QToolTip>
#include <algorithm>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/charts/data_table.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/forms/elided_button.hpp"
#include "ui/forms/elided_label.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/claim_card.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/run_bar.hpp"

namespace kappa::ui {
namespace {

using testing::await;

TEST(PseudoLocale, IsLongerAndKeepsItsPlaceholders) {
  const QString text = pseudo("Step %1 of %2");
  EXPECT_GE(text.size(), 18);
  EXPECT_TRUE(text.contains("%1"));
  EXPECT_TRUE(text.contains("%2"));
  EXPECT_EQ(QString(pseudo("%L12 x")).count("%"), 1);
  EXPECT_TRUE(pseudo("a&b").contains('&'));
  PseudoLocale locale;
  EXPECT_TRUE(locale.translate("QPlatformTheme", "OK", nullptr, -1).isEmpty());
  EXPECT_TRUE(locale.translate("kappa::ui::TopBar", "Run", nullptr, -1).startsWith('['));
}

/// What a widget lacks to show all of its text; nothing where it fits. Labels may end in an ellipsis and say the rest
/// on hovering, and so may names of methods where even a whole row has no room for them; buttons may not.
QString lack(const QWidget& widget) {
  if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
    if (label->text().isEmpty() || qobject_cast<const ElidedLabel*>(label)) return {};  // hovering shows all of it
    if (label->wordWrap()) {
      const int wanted = label->heightForWidth(label->width());
      return wanted > label->height() + 1 ? QString("%1 high, needs %2").arg(label->height()).arg(wanted) : QString();
    }
    const int wanted = label->minimumSizeHint().width();
    return wanted > label->width() + 1 ? QString("%1 wide, needs %2").arg(label->width()).arg(wanted) : QString();
  }
  if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
    const int wanted = box->fontMetrics().horizontalAdvance(box->currentText()) + 24;
    const auto* row = qobject_cast<const FieldRow*>(box->parentWidget());
    const bool whole_row = row && box->width() >= row->contentsRect().width();
    return wanted > box->width() && !whole_row ? QString("%1 wide, needs %2").arg(box->width()).arg(wanted) : QString();
  }
  const auto* button = qobject_cast<const QAbstractButton*>(&widget);
  if (!button || button->text().isEmpty() || qobject_cast<const ElidedButton*>(button) ||
      qobject_cast<const ClaimCard*>(button))
    return {};
  const bool sign = button->text().size() == 1;  // needs no room around it
  const int wanted = sign ? button->fontMetrics().horizontalAdvance(button->text()) + 4 : button->sizeHint().width();
  return wanted > button->width() + 1 ? QString("%1 wide, needs %2").arg(button->width()).arg(wanted) : QString();
}

QString textOf(const QWidget& widget) {
  if (const auto* label = qobject_cast<const QLabel*>(&widget)) return label->text();
  if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return button->text();
  return widget.accessibleName();
}

TEST(PseudoLocale, WhatAChoiceCutsOffIsSaidOnHovering) {
  ChoiceField choice;
  choice.setChoices({{"one", "A title that is much longer than the field is wide"}});
  choice.resize(choice.minimumSizeHint());
  choice.show();
  QHelpEvent hovering(QEvent::ToolTip, QPoint(5, 5), choice.mapToGlobal(QPoint(5, 5)));
  QCoreApplication::sendEvent(&choice, &hovering);
  EXPECT_TRUE(QToolTip::text().startsWith("A title that is much longer"));
  QToolTip::hideText();
}

class PseudoLocaleWindow : public ::testing::TestWithParam<QSize> {
 protected:
  PseudoLocaleWindow() { QCoreApplication::installTranslator(&locale_); }
  ~PseudoLocaleWindow() override { QCoreApplication::removeTranslator(&locale_); }

  static void expectNothingCutOff(const QWidget& window, const std::string& where) {
    const auto fits = [&] {
      const auto all = window.findChildren<QWidget*>();
      return std::all_of(all.begin(), all.end(), [&](const QWidget* widget) {
        return !widget->isVisibleTo(&window) || widget->window() != window.window() || lack(*widget).isEmpty();
      });
    };
    await(fits, 3000);  // a change of type reaches the innermost layouts last
    int looked_at = 0;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
      if (!widget->isVisibleTo(&window) || widget->window() != window.window()) continue;
      ++looked_at;
      const QString missing = lack(*widget);
      EXPECT_TRUE(missing.isEmpty()) << where << ": " << widget->metaObject()->className() << " \""
                                     << textOf(*widget).toStdString() << "\" is " << missing.toStdString();
    }
    EXPECT_GT(looked_at, 5) << where;
  }

  static void expectNothingOverlaps(const QWidget& bar) {
    const auto parts = bar.findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
    for (const QWidget* one : parts)
      for (const QWidget* other : parts) {
        if (one == other || !one->isVisible() || !other->isVisible()) continue;
        EXPECT_FALSE(one->geometry().intersects(other->geometry()))
            << textOf(*one).toStdString() << " and " << textOf(*other).toStdString();
      }
  }

  PseudoLocale locale_;
  test::ScratchDirectory folder_;
};

TEST_P(PseudoLocaleWindow, CutsNothingOff) {
  AppTheme theme(*qApp);
  Session session(QString::fromStdString(folder_ / "recovery"));
  session.open("conditioning");
  MainWindow window(session, theme);
  window.resize(GetParam());
  window.show();
  QTest::qWait(50);
  expectNothingCutOff(window, "gallery");
  for (const ThemeChoice look : {ThemeChoice::light, ThemeChoice::projector}) {
    theme.choose(look);
    window.showSetup();
    if (session.state() != RunState::finished) session.run();
    ASSERT_TRUE(await([&] { return session.state() == RunState::finished && session.idle(); }));
    QTest::qWait(50);
    expectNothingCutOff(window, look == ThemeChoice::light ? "desk" : "desk, projector");
    expectNothingOverlaps(*window.findChild<RunBar*>());
  }
  theme.choose(ThemeChoice::light);
  window.actions().lessons->trigger();
  QTest::qWait(50);
  expectNothingCutOff(window, "lessons");
  window.showSetup();
  window.actions().dataTable->trigger();
  QTest::qWait(50);
  const auto* table = window.findChild<DataTable*>();
  ASSERT_NE(table, nullptr);
  expectNothingCutOff(*table, "data table");
}

INSTANTIATE_TEST_SUITE_P(Sizes, PseudoLocaleWindow,
                         ::testing::Values(QSize(1280, 800), QSize(1024, 768), QSize(1920, 1080)),
                         [](const auto& size) { return "W" + std::to_string(size.param.width()); });

}  // namespace
}  // namespace kappa::ui
