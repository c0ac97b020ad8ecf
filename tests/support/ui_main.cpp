/// Entry point of the window's tests: GoogleTest inside a QApplication that needs no display.
#include <gtest/gtest.h>

#include <QApplication>
#include <QStandardPaths>
#include <cstdio>
#include <cstdlib>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace {

int runTests(int argc, char** argv) {
  const QApplication app(argc, argv);
  QStandardPaths::setTestModeEnabled(true);
  return RUN_ALL_TESTS();
}

}  // namespace

/// Ends as the program does: workers that could not be cut short must not see what they read destroyed.
int main(int argc, char** argv) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  ::testing::InitGoogleTest(&argc, argv);
  const int status = runTests(argc, argv);
#ifdef __SANITIZE_ADDRESS__
  __lsan_do_leak_check();
#endif
  std::fflush(nullptr);
  std::_Exit(status);
}
