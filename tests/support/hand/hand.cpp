/// A hand for the real program: a plugin that presses keys in its window as the test's script says, word by word.
#include <QApplication>
#include <QFile>
#include <QGenericPlugin>
#include <QKeySequence>
#include <QTest>
#include <QTimer>
#include <QWidget>

namespace kappa::test {

/// Words: a key such as Ctrl+W, milliseconds to wait, or @FILE, which is made so that others know how far it is.
class Hand : public QObject {
 public:
  explicit Hand(const QString& script) : words_(script.split(u' ', Qt::SkipEmptyParts)) { later(0); }

 private:
  void later(int milliseconds) { QTimer::singleShot(milliseconds, this, &Hand::next); }

  void next() {
    QWidget* window = QApplication::activeWindow();
    if (!window) return later(20);  // the program has only begun
    if (words_.isEmpty()) return;
    const QString word = words_.takeFirst();
    bool waits = false;
    if (const int milliseconds = word.toInt(&waits); waits) return later(milliseconds);
    later(0);
    if (word.startsWith(u'@')) {
      QFile mark(word.mid(1));
      if (!mark.open(QIODevice::WriteOnly)) qWarning("%s: cannot be made", qPrintable(word));
      return;
    }
    const QKeyCombination key = QKeySequence(word)[0];
    QTest::keyClick(window, key.key(), key.keyboardModifiers());
  }

  QStringList words_;
};

class HandPlugin : public QGenericPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "hand.json")

 public:
  QObject* create(const QString&, const QString&) override { return new Hand(qEnvironmentVariable("KAPPA_HAND")); }
};

}  // namespace kappa::test

#include "hand.moc"
