/// Pieces of a report in HTML: escaped text, tables, method settings, pictures that follow light and dark.
#pragma once

#include <QString>
#include <QStringList>

#include "core/lab.hpp"

namespace kappa::ui::report {

QString escaped(const QString& text);
QString escaped(const std::string& text);
QString element(const char* name, const QString& inside);
/// A table with a head row; cells are HTML.
QString table(const QStringList& head, const QList<QStringList>& rows);
/// A value as a person writes it: "0.1", "cosine (peak 0.1, warmup steps 50)".
QString valueText(const Value& value);
/// "Learning rate η 0.1, Momentum 0.9" or, as rows, name and value with unit; only fields that are read.
QString settingsLine(const Node& node);
QList<QStringList> settingsRows(const Node& node);
QString titleOf(const Node& node);
/// Text with its arXiv ids, DOIs and addresses as links.
QString linked(const std::string& text);

/// An inline picture in the light theme; `dark` gains the rules that recolour it.
QString picture(const Figure& figure, QStringList& dark);

}  // namespace kappa::ui::report
