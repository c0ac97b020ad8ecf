/// Entry point of the window's tests: GoogleTest inside a QApplication that needs no display.
#include <gtest/gtest.h>

#include <QApplication>
#include <QStandardPaths>

int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleTest(&argc, argv);
  const QApplication app(argc, argv);
  QStandardPaths::setTestModeEnabled(true);
  return RUN_ALL_TESTS();
}
