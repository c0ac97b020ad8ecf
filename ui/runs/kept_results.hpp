/// Finished experiments whose curves stay in the charts while the document goes on changing.
#pragma once

#include <QObject>
#include <vector>

#include "core/lab.hpp"

namespace kappa::ui {

class KeptResults : public QObject {
  Q_OBJECT

 public:
  struct Kept {
    QString name;  ///< given by the user; empty: what sets it apart from the present document
    std::shared_ptr<const Document> document;
    std::shared_ptr<const Trace> trace;
    std::vector<std::string> hidden;
    std::vector<int> colours;
    QString id;          ///< its files' name
    QString place = {};  ///< the folder in which it lies; empty: nowhere, or not yet
    bool lasts = false;  ///< longer than the window
    bool whole = true;   ///< all its runs came to an end of their own
  };

  const std::vector<Kept>& all() const { return kept_; }
  bool holds(const Trace* trace) const;
  void keep(Kept one);
  /// Those that lie somewhere, again; who is here already is left alone.
  void restore(std::vector<Kept> all);
  /// Where one lies from now on.
  void settle(const QString& id, const QString& place, bool lasts);
  void remove(std::size_t index);
  void clear();
  void rename(std::size_t index, const QString& name);

  /// Each a name of its own: "κ 100", "GD: η 0.1", "kept 2".
  QStringList names(const Document& present) const;

 signals:
  void changed();

 private:
  std::vector<Kept> kept_;
};

}  // namespace kappa::ui
