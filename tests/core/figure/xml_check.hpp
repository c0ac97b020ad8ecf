/// A small judge of XML: are tags balanced, attributes quoted and unique, entities known, characters allowed?
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kappa::test {

class XmlCheck {
 public:
  /// Empty when well-formed, else what is wrong and where.
  static std::string complaint(std::string_view xml) { return XmlCheck(xml).run(); }

 private:
  explicit XmlCheck(std::string_view xml) : xml_(xml) {}

  std::string run() {
    for (char c : xml_)
      if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') return wrong("control character");
    bool rooted = false;
    while (at_ < xml_.size()) {
      if (xml_[at_] != '<') {
        if (!text(xml_.find('<', at_))) return wrong("bad text");
        continue;
      }
      if (skip("<?", "?>") || skip("<!--", "-->") || skip("<![CDATA[", "]]>")) continue;
      if (open_.empty() && rooted) return wrong("second root");
      rooted = true;
      if (!tag()) return wrong("bad tag");
    }
    if (!rooted) return wrong("no root");
    return open_.empty() ? "" : wrong("unclosed " + open_.back());
  }

  std::string wrong(const std::string& what) const {
    return what + " at " + std::to_string(at_) + ": " + std::string(xml_.substr(at_, 60));
  }

  bool skip(std::string_view from, std::string_view to) {
    if (xml_.substr(at_, from.size()) != from) return false;
    const auto end = xml_.find(to, at_ + from.size());
    if (end == std::string_view::npos) return false;
    at_ = end + to.size();
    return true;
  }

  static bool entities_known(std::string_view text) {
    for (auto i = text.find('&'); i != std::string_view::npos; i = text.find('&', i + 1)) {
      const auto end = text.find(';', i);
      if (end == std::string_view::npos) return false;
      const auto name = text.substr(i + 1, end - i - 1);
      if (name != "lt" && name != "gt" && name != "amp" && name != "quot" && name != "apos" &&
          (name.empty() || name[0] != '#'))
        return false;
    }
    return true;
  }

  bool text(std::size_t end) {
    const auto part = xml_.substr(at_, end == std::string_view::npos ? end : end - at_);
    if (!entities_known(part) || part.find("]]>") != std::string_view::npos) return false;
    if (open_.empty() && part.find_first_not_of(" \n\t") != std::string_view::npos) return false;
    at_ += part.size();
    return true;
  }

  std::string_view name() {
    const auto end = std::min(xml_.find_first_of(" \n\t=/>", at_), xml_.size());
    const auto found = xml_.substr(at_, end - at_);
    at_ = end;
    return found;
  }

  bool tag() {
    ++at_;
    if (xml_[at_] == '/') {
      ++at_;
      if (open_.empty() || name() != open_.back() || xml_[at_] != '>') return false;
      open_.pop_back();
      ++at_;
      return true;
    }
    const std::string element(name());
    if (element.empty() || element.find_first_of("<&\"") != std::string::npos) return false;
    std::set<std::string_view> attributes;
    while (at_ < xml_.size()) {
      while (xml_[at_] == ' ' || xml_[at_] == '\n') ++at_;
      if (xml_[at_] == '>') {
        ++at_;
        open_.push_back(element);
        return true;
      }
      if (xml_.substr(at_, 2) == "/>") {
        at_ += 2;
        return true;
      }
      if (const auto key = name(); key.empty() || !attributes.insert(key).second) return false;
      if (xml_.substr(at_, 2) != "=\"") return false;
      const auto end = xml_.find('"', at_ + 2);
      if (end == std::string_view::npos) return false;
      const auto value = xml_.substr(at_ + 2, end - at_ - 2);
      if (value.find('<') != std::string_view::npos || !entities_known(value)) return false;
      at_ = end + 1;
    }
    return false;
  }

  std::string_view xml_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
};

}  // namespace kappa::test
