/// Kept results come back bit for bit: with their file, after a crash, where they are asked for; and go when told to.
#include "ui/documents/kept_store.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <bit>
#include <filesystem>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/documents/recovery.hpp"
#include "ui/documents/windows.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/message_strip.hpp"

namespace kappa::ui {
namespace {

using testing::await;

std::vector<std::uint64_t> bitsOf(const XY& xy) {
  std::vector<std::uint64_t> bits;
  for (std::size_t i = 0; i < xy.x.size(); ++i)
    for (const double v : {xy.x[i], xy.y[i]}) bits.push_back(std::bit_cast<std::uint64_t>(v));
  return bits;
}

/// All that one channel has recorded.
std::vector<std::uint64_t> bitsOf(const Trace& trace, const ChannelKey& key) {
  std::vector<std::uint64_t> bits;
  const auto real = [&](double v) { bits.push_back(std::bit_cast<std::uint64_t>(v)); };
  if (const Column* column = trace.series(key.run, key.repeat, key.name); key.kind == ChannelKind::series && column)
    for (std::uint64_t i = 0; i < column->size(); ++i) bits.push_back(column->step(i)), real(column->value(i));
  if (const auto* column = trace.spectrum(key.run, key.repeat, key.name); key.kind == ChannelKind::spectrum && column)
    for (std::uint64_t i = 0; i < column->size(); ++i) {
      bits.push_back(column->step(i));
      for (const double v : column->values(i)) real(v);
    }
  if (key.kind == ChannelKind::curve) bits = bitsOf(trace.curve(key.run, key.repeat, key.name));
  if (key.kind == ChannelKind::theory)
    for (const Trace::Theory& one : trace.theory(key.run, key.name))
      if (one.key == key) bits = bitsOf(one.xy);
  if (key.kind == ChannelKind::field)
    for (const FieldCell& cell : trace.field(key.run, key.repeat, key.name)) {
      for (const std::uint64_t n : {cell.step, std::uint64_t{cell.row}, std::uint64_t{cell.col}}) bits.push_back(n);
      for (const double v : {cell.x, cell.y, cell.value}) real(v);
    }
  if (key.kind == ChannelKind::cost)
    for (const Trace::Cost& cost : trace.cost(key.run, key.repeat)) {
      for (const std::uint64_t n : {cost.step, cost.gradients, cost.losses, cost.hessian_products, cost.samples})
        bits.push_back(n);
      for (const double v : {cost.effort.epochs, cost.effort.seconds}) real(v);
    }
  return bits;
}

void expectSame(const Trace& a, const Trace& b) {
  ASSERT_EQ(a.channels(), b.channels());
  ASSERT_EQ(a.runs().size(), b.runs().size());
  for (std::size_t i = 0; i < a.runs().size(); ++i) {
    EXPECT_EQ(a.runs()[i].label, b.runs()[i].label);
    EXPECT_EQ(a.runs()[i].repeats, b.runs()[i].repeats);
  }
  std::size_t numbers = 0;
  for (const ChannelKey& key : a.channels()) {
    const auto bits = bitsOf(a, key);
    numbers += bits.size();
    EXPECT_EQ(bits, bitsOf(b, key)) << key.name;
  }
  EXPECT_GT(numbers, 100u);
}

class KeptStoreTest : public ::testing::Test {
 protected:
  KeptStoreTest() {
    const auto item = gallery_item("conditioning");
    Document document = complete(std::get<Document>(parse_document(item->document)));
    document.steps = 80;
    document.seed = 5;
    document.probes.push_back({Kind::probe, "singular_values", {{"of", std::string("parameters")}}});
    atomic_write(file().toStdString(), write_document(complete(document)));
  }
  QString at(const QString& name) const { return QString::fromStdString(folder_.path()) + u'/' + name; }
  QString file() const { return at("mine.kappa.json"); }
  QString base(const QString& home = "home") const { return at(home) + "/recovery"; }
  QStringList stored(const QString& home = "home") const {
    QStringList all;
    for (const QString& place : QDir(at(home) + "/kept").entryList(QDir::Dirs | QDir::NoDotAndDotDot))
      for (const QString& one : QDir(at(home) + "/kept/" + place).entryList({"*.json"}, QDir::Files))
        all << place + u'/' + one;
    return all;
  }
  /// Runs to the end and keeps it by the key.
  static bool keep(Windows& windows) {
    MainWindow& window = *windows.newest();
    Session& session = *windows.sessionOf(&window);
    window.showSetup();
    const std::size_t before = session.kept().all().size();
    if (session.state() != RunState::finished) window.actions().run->trigger();
    if (!await([&] { return session.state() == RunState::finished && session.idle(); })) return false;
    QTest::keyClick(&window, Qt::Key_K);
    return session.kept().all().size() == before + 1 &&
           await([&] { return !session.kept().all().back().place.isEmpty(); });
  }
  static Session& session(Windows& windows) { return *windows.sessionOf(windows.newest()); }
  static bool has(Windows& windows, std::size_t results) {
    return await([&] { return session(windows).kept().all().size() == results; });
  }
  static QString note(Windows& windows) { return windows.newest()->findChild<QLabel*>("keptPlace")->text(); }
  static QPushButton* button(Windows& windows, const QString& text) {
    for (auto* one : windows.newest()->message().findChildren<QPushButton*>())
      if (one->text() == text && !one->isHidden()) return one;
    return nullptr;
  }
  /// What a process that is killed now leaves on the disk.
  void killed(const QString& home) {
    std::filesystem::copy(at("home").toStdString(), at(home).toStdString(), std::filesystem::copy_options::recursive);
  }
  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
};

TEST_F(KeptStoreTest, AFileBringsThemBackBitForBit) {
  const std::string plain = test::contents(file().toStdString());
  std::shared_ptr<const Trace> kept;
  {
    Windows windows(theme_, nullptr, base());
    ASSERT_TRUE(windows.open(file()).empty());
    ASSERT_TRUE(keep(windows));
    kept = session(windows).kept().all().front().trace;
    EXPECT_TRUE(note(windows).contains("come back")) << note(windows).toStdString();
    EXPECT_TRUE(windows.finish(5000));
  }
  EXPECT_EQ(test::contents(file().toStdString()), plain) << "the document stays a plain document";
  EXPECT_EQ(stored().size(), 1);
  Windows again(theme_, nullptr, base());
  ASSERT_TRUE(again.open(file()).empty());
  ASSERT_TRUE(has(again, 1));
  const KeptResults::Kept& back = session(again).kept().all().front();
  expectSame(*kept, *back.trace);
  EXPECT_EQ(write_document(*back.document), write_document(session(again).document()));
  EXPECT_EQ(session(again).figureOptions().kept.size(), 1u) << "its curves are drawn";
  EXPECT_FALSE(session(again).edited());
  ASSERT_TRUE(again.open("himmelblau").empty());
  QTest::qWait(50);
  EXPECT_EQ(session(again).kept().all().size(), 0u) << "another experiment has its own";
}

TEST_F(KeptStoreTest, ACrashLosesNone) {
  Windows windows(theme_, nullptr, base());
  ASSERT_TRUE(windows.open(file()).empty());
  ASSERT_TRUE(keep(windows));
  killed("crash");
  Windows next(theme_, nullptr, base("crash"));
  ASSERT_TRUE(next.open(file()).empty());
  ASSERT_TRUE(has(next, 1));
  expectSame(*session(windows).kept().all().front().trace, *session(next).kept().all().front().trace);
}

TEST_F(KeptStoreTest, ACrashLosesNoneOfWhatWasNeverSaved) {
  Windows windows(theme_, nullptr, base());
  ASSERT_TRUE(windows.open().empty());
  Document fresh = freshDocument();
  fresh.steps = 60;
  session(windows).openDocument(fresh, "untitled");
  ASSERT_TRUE(keep(windows));
  EXPECT_TRUE(note(windows).contains("until this window closes")) << note(windows).toStdString();
  const QDir places(base());
  ASSERT_TRUE(await([&] {
    const QStringList all = places.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return !all.isEmpty() && QFile::exists(places.filePath(all.front()) + "/document.kappa.json");
  })) << "an unedited document is kept for its results";
  killed("crash");
  {
    Windows next(theme_, nullptr, base("crash"));
    ASSERT_TRUE(next.open("himmelblau").empty());
    next.offerRecovered();
    ASSERT_NE(button(next, "Open"), nullptr);
    QTest::mouseClick(button(next, "Open"), Qt::LeftButton);
    ASSERT_TRUE(has(next, 1));
    expectSame(*session(windows).kept().all().front().trace, *session(next).kept().all().front().trace);
    EXPECT_TRUE(next.finish(5000));
  }
  EXPECT_TRUE(abandonedIn(base("crash")).empty());
}

TEST_F(KeptStoreTest, SavingTakesThemAlong) {
  {
    Windows windows(theme_, nullptr, base());
    ASSERT_TRUE(windows.open().empty());
    Document fresh = freshDocument();
    fresh.steps = 60;
    session(windows).openDocument(fresh, "untitled");
    ASSERT_TRUE(keep(windows));
    EXPECT_EQ(stored(), QStringList());
    ASSERT_TRUE(session(windows).save(at("new.kappa.json")).empty());
    ASSERT_TRUE(await([&] { return session(windows).kept().all().front().lasts; }));
    EXPECT_TRUE(note(windows).contains("come back")) << note(windows).toStdString();
    EXPECT_EQ(stored().size(), 1);
    ASSERT_TRUE(session(windows).save(at("other.kappa.json")).empty());
    EXPECT_TRUE(await([&] { return stored().size() == 2; })) << "under another name the first file keeps its own";
    EXPECT_TRUE(windows.finish(5000));
  }
  for (const char* name : {"new.kappa.json", "other.kappa.json"}) {
    Windows again(theme_, nullptr, base());
    ASSERT_TRUE(again.open(at(name)).empty());
    EXPECT_TRUE(has(again, 1)) << name;
  }
}

TEST_F(KeptStoreTest, NamesStayAndWhatIsLetGoIsGone) {
  {
    Windows windows(theme_, nullptr, base());
    ASSERT_TRUE(windows.open(file()).empty());
    ASSERT_TRUE(keep(windows));
    auto* name = windows.newest()->findChild<QLineEdit*>("keptName");
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, "Easy bowl");
    QTest::keyClick(name, Qt::Key_Return);
    EXPECT_TRUE(windows.finish(5000));
  }
  {
    Windows again(theme_, nullptr, base());
    ASSERT_TRUE(again.open(file()).empty());
    ASSERT_TRUE(has(again, 1));
    EXPECT_EQ(session(again).kept().all().front().name, "Easy bowl");
    QTest::mouseClick(again.newest()->findChild<QToolButton*>("keptRemove"), Qt::LeftButton);
    EXPECT_TRUE(has(again, 0));
    EXPECT_TRUE(again.finish(5000));
  }
  EXPECT_EQ(stored(), QStringList());
  EXPECT_TRUE(QDir(at("home/kept")).isEmpty()) << "nothing of it is left";
}

TEST_F(KeptStoreTest, AnExampleOffersThem) {
  for (const bool last : {false, true}) {
    Windows windows(theme_, nullptr, base());
    ASSERT_TRUE(windows.open("conditioning").empty());
    if (!last) {
      ASSERT_TRUE(keep(windows));
      EXPECT_TRUE(windows.finish(5000));
      continue;
    }
    ASSERT_TRUE(await([&] { return button(windows, "Show") != nullptr; }));
    EXPECT_EQ(session(windows).kept().all().size(), 0u) << "a fresh start, unless they are wanted";
    QTest::mouseClick(button(windows, "Show"), Qt::LeftButton);
    EXPECT_TRUE(has(windows, 1));
    EXPECT_EQ(windows.newest()->message().count(), 0);
  }
  Windows windows(theme_, nullptr, base());
  ASSERT_TRUE(windows.open("conditioning").empty());
  ASSERT_TRUE(await([&] { return button(windows, "Delete") != nullptr; }));
  QTest::mouseClick(button(windows, "Delete"), Qt::LeftButton);
  EXPECT_TRUE(await([&] { return stored().isEmpty(); }));
}

TEST_F(KeptStoreTest, NumbersThatAreNotThoseAreNotShown) {
  {
    Windows windows(theme_, nullptr, base());
    ASSERT_TRUE(windows.open(file()).empty());
    ASSERT_TRUE(keep(windows));
    EXPECT_TRUE(windows.finish(5000));
  }
  const std::string numbers = at("home/kept/" + stored().front()).replace(".json", ".trace").toStdString();
  std::string bytes = test::contents(numbers);
  bytes[bytes.size() - 3] = static_cast<char>(bytes[bytes.size() - 3] ^ 1);
  atomic_write(numbers, bytes);
  for (const bool cut : {false, true}) {
    if (cut) std::filesystem::resize_file(numbers, bytes.size() / 2);
    Windows again(theme_, nullptr, base());
    ASSERT_TRUE(again.open(file()).empty());
    ASSERT_TRUE(await([&] { return again.newest()->message().count() == 1; }));
    EXPECT_TRUE(again.newest()->message().text().contains("not brought back"));
    EXPECT_EQ(session(again).kept().all().size(), 0u);
  }
}

}  // namespace
}  // namespace kappa::ui
