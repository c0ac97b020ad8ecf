/// Puts kept results on the disk as they are kept, and brings them back with their experiment.
#pragma once

#include <QObject>
#include <functional>
#include <map>
#include <memory>

#include "ui/documents/kept_file.hpp"

namespace kappa::ui {

class Session;
struct Notice;

/// Results belong to the experiment in which they were kept: to its file, by its path, or to the example of its name;
/// anything that is not saved yet has a place that goes with the window. Experiments' own files hold none. All reading
/// and writing is done one after the other beside the window, which never waits for it.
class KeptStore : public QObject {
  Q_OBJECT

 public:
  /// `base`: where all of them are; `unsaved`: the folder that goes with the window.
  KeptStore(Session& session, const QString& base, const QString& unsaved, QObject* parent = nullptr);
  ~KeptStore() override;

  /// Where the present experiment's results lie.
  QString place() const;
  /// Takes over what a window that died has left in its own folder.
  void adopt(const QString& folder);
  bool busy() const;

  static QString folderOfUnsaved(const QString& window);

 signals:
  void noticed(const kappa::ui::Notice& notice);
  void noticeGone(const QString& source);

 private:
  struct Queue;
  struct Known {
    QString name, place;
  };
  enum class Owner : std::uint8_t { file, example, window };

  Owner owner() const;
  void open();
  void moveIn();
  void load(const QString& place);
  void offer(const QString& place);
  void ask(const QString& place, const std::vector<KeptName>& found);
  void arrive(const QString& place, const std::vector<KeptResults::Kept>& all, const Issues& issues);
  void settle(const QString& id, const QString& place, bool lasts, const std::optional<Issue>& issue);
  void follow();
  void post(std::function<void()> work);

  Session& session_;
  const QString base_, unsaved_;
  std::shared_ptr<Queue> queue_;
  std::map<QString, Known> known_;  ///< by id: what is on the disk, or on its way there
  QString place_;                   ///< of the document that is open
};

}  // namespace kappa::ui
