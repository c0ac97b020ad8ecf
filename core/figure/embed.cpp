/// Documents travel as plain text where the format allows every character of them, and as base64 where it does not.
#include "core/figure/embed.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "core/base/text.hpp"

namespace kappa {
namespace {

constexpr std::string_view open_tag = "<kappascope:document", close_tag = "</kappascope:document>";
constexpr std::string_view cdata_open = "<![CDATA[", cdata_close = "]]>";
constexpr std::string_view tex_begin = "% kappascope document: ", tex_end = "% end of kappascope document",
                           tex_line = "%| ";
constexpr std::string_view html_head = "<!DOCTYPE html", script_open = "<script id=\"kappascope-document\" type=\"",
                           script_close = "</script>", json_type = "application/json";
constexpr std::string_view coded_line = "kappascope document: base64 ";
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Valid UTF-8 made of characters that XML 1.0 keeps as they are (a carriage return it does not).
bool keeps_as_text(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t length = character_length(bytes, i);
    if (length == 0) return false;
    const std::uint32_t code = code_point(bytes.substr(i, length));
    if ((code < 0x20 && code != '\n' && code != '\t') || code == 0x7F || code == 0xFFFE || code == 0xFFFF) return false;
    i += length;
  }
  return true;
}

std::string in_cdata(std::string_view text) {
  std::string out(cdata_open);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 3) == cdata_close) {
      out += "]]]]><![CDATA[>";
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out.append(cdata_close);
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  constexpr std::array<unsigned, 4> lead{0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(lead[static_cast<std::size_t>(more)] | code >> (6 * more));
  for (int k = more - 1; k >= 0; --k) out += static_cast<char>(0x80 | ((code >> (6 * k)) & 0x3F));
}

/// Other programs may have turned CDATA into escaped text.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto end = text[i] == '&' ? text.find(';', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += text[i];
      continue;
    }
    const std::string_view name = text.substr(i + 1, end - i - 1);
    if (name == "lt") out += '<';
    if (name == "gt") out += '>';
    if (name == "amp") out += '&';
    if (name == "quot") out += '"';
    if (name == "apos") out += '\'';
    if (name.size() > 1 && name[0] == '#') {
      const bool hex = name[1] == 'x' || name[1] == 'X';
      const std::string_view digits = name.substr(hex ? 2 : 1);
      std::uint32_t code = 0;
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
      append_utf8(out, code);
    }
    i = end;
  }
  return out;
}

std::optional<std::string> from_svg(std::string_view svg) {
  auto at = svg.find(open_tag);
  if (at == std::string_view::npos) return std::nullopt;
  const auto body = svg.find('>', at);
  if (body == std::string_view::npos) return std::nullopt;
  const bool coded = svg.substr(at, body - at).find("base64") != std::string_view::npos;
  std::string text;
  for (at = body + 1; at < svg.size();) {
    if (svg.substr(at, cdata_open.size()) == cdata_open) {
      const auto end = svg.find(cdata_close, at);
      if (end == std::string_view::npos) return std::nullopt;
      text += svg.substr(at + cdata_open.size(), end - at - cdata_open.size());
      at = end + cdata_close.size();
    } else if (svg[at] == '<') {
      if (svg.substr(at, close_tag.size()) != close_tag) return std::nullopt;
      return coded ? from_base64(text) : std::optional(text);
    } else {
      const auto end = std::min(svg.find('<', at), svg.size());
      text += unescaped(svg.substr(at, end - at));
      at = end;
    }
  }
  return std::nullopt;
}

std::optional<std::string> from_tex(std::string_view tex) {
  const auto begin = tex.find(tex_begin);
  if (begin == std::string_view::npos) return std::nullopt;
  const bool coded = tex.substr(begin + tex_begin.size(), 6) == "base64";
  std::string text;
  bool first = true;
  for (auto at = tex.find('\n', begin); at != std::string_view::npos; at = tex.find('\n', at + 1)) {
    const std::string_view line = tex.substr(at + 1, std::min(tex.find('\n', at + 1), tex.size()) - at - 1);
    if (line == tex_end) return coded ? from_base64(text) : std::optional(text);
    if (line.substr(0, tex_line.size()) != tex_line) return std::nullopt;
    if (!first) text += '\n';
    first = false;
    text += line.substr(tex_line.size());
  }
  return std::nullopt;
}

std::optional<std::string> from_html(std::string_view html) {
  if (html.substr(0, html_head.size()) != html_head) return std::nullopt;
  const auto at = html.find(script_open);
  if (at == std::string_view::npos) return std::nullopt;
  const auto body = html.find('>', at), end = html.find(script_close, at);
  if (body == std::string_view::npos || end == std::string_view::npos || end < body) return std::nullopt;
  const std::string_view text = html.substr(body + 1, end - body - 1);
  if (html.substr(at + script_open.size(), json_type.size()) == json_type) return std::string(text);
  return from_base64(text);
}

std::optional<std::string> from_csv(std::string_view csv) {
  const auto at = csv.rfind("\n# " + std::string(coded_line));
  if (at == std::string_view::npos) return std::nullopt;
  const auto begin = at + 3 + coded_line.size();
  return from_base64(csv.substr(begin, csv.find('\n', begin) - begin));
}

/// Reads one block after another, as far as the first comment of ours.
std::optional<std::string> from_gif(std::string_view gif) {
  const auto byte = [&](std::size_t i) { return i < gif.size() ? static_cast<unsigned char>(gif[i]) : 0u; };
  const auto table = [&](unsigned packed) { return packed & 0x80 ? std::size_t{3} << ((packed & 7) + 1) : 0; };
  std::size_t at = 13 + table(byte(10));
  const auto blocks = [&](std::string* text) {
    for (; byte(at) > 0; at += byte(at) + 1)
      if (text) text->append(gif.substr(std::min(at + 1, gif.size()), byte(at)));
    ++at;
  };
  while (at < gif.size()) {
    const unsigned kind = byte(at), label = byte(at + 1);
    if (kind == 0x21) {
      at += 2;
      std::string text;
      blocks(label == 0xFE ? &text : nullptr);
      if (at > gif.size()) break;  // cut off
      if (text.starts_with(coded_line)) return from_base64(std::string_view(text).substr(coded_line.size()));
    } else if (kind == 0x2C) {
      at += 11 + table(byte(at + 9));
      blocks(nullptr);
    } else {
      break;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k)
      word = word << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : alphabet[(word >> (18 - 6 * k)) & 63];
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  std::uint32_t word = 0;
  int bits = 0;
  for (char c : text) {
    if (c == '=' || c == '\n' || c == '\r' || c == ' ') continue;
    const auto digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    word = word << 6 | static_cast<std::uint32_t>(digit);
    if ((bits += 6) >= 8) out += static_cast<char>((word >> (bits -= 8)) & 0xFF);
  }
  return out;
}

std::string svg_metadata(std::string_view document) {
  if (document.empty()) return {};
  const bool text = keeps_as_text(document);
  std::string out = "<metadata>\n";
  out += open_tag;
  out += " xmlns:kappascope=\"urn:kappascope:document\"";
  if (!text) out += " encoding=\"base64\"";
  out += '>';
  out += text ? in_cdata(document) : base64(document);
  return out.append(close_tag).append("\n</metadata>\n");
}

std::string tex_comment(std::string_view document) {
  if (document.empty()) return {};
  const bool text = keeps_as_text(document);
  std::string lines(document);
  if (!text) {
    lines.clear();
    const std::string coded = base64(document);
    for (std::size_t i = 0; i < coded.size(); i += 96) lines += (i ? "\n" : "") + coded.substr(i, 96);
  }
  std::string out(tex_begin);
  out += text ? "text\n" : "base64\n";
  out += tex_line;
  for (char c : lines) {
    out += c;
    if (c == '\n') out += tex_line;
  }
  return out.append("\n").append(tex_end).append("\n");
}

std::string html_script(std::string_view document) {
  if (document.empty()) return {};
  const bool text = keeps_as_text(document) && document.find_first_of("<&") == std::string_view::npos &&
                    document.find(cdata_close) == std::string_view::npos;
  return std::string(script_open) + std::string(text ? json_type : "text/plain") + "\">" +
         (text ? std::string(document) : base64(document)) + std::string(script_close) + "\n";
}

std::string csv_comment(std::string_view document) {
  if (document.empty()) return {};
  return "# " + std::string(coded_line) + base64(document) + "\n";
}

std::string gif_comment(std::string_view document) {
  if (document.empty()) return {};
  return std::string(coded_line) + base64(document);
}

std::optional<std::string> embedded_document(std::string_view text) {
  if (text.starts_with("GIF8")) return from_gif(text);
  if (auto document = from_html(text)) return document;
  if (auto document = from_svg(text)) return document;
  if (auto document = from_tex(text)) return document;
  return from_csv(text);
}

}  // namespace kappa
