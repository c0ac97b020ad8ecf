/// A document comes back out of a picture byte for byte, whatever is in it.
#include "core/figure/embed.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "tests/core/figure/xml_check.hpp"

namespace kappa {
namespace {

std::string in_svg(const std::string& document) {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\">\n" + svg_metadata(document) + "</svg>\n";
}

void expect_round_trip(const std::string& document) {
  const std::string svg = in_svg(document);
  EXPECT_EQ(test::XmlCheck::complaint(svg), "");
  EXPECT_EQ(embedded_document(svg), document);
  const std::string tex = "\\begin{document}\n" + tex_comment(document) + "\\end{document}\n";
  EXPECT_EQ(embedded_document(tex), document);
}

TEST(Embed, NastyDocumentsComeBack) {
  for (const char* document :
       {"{}", "]]>", "]]]]>>", "a]]>b]]>", "</kappascope:document>", "<![CDATA[x]]>", "κ ≥ 1 — ‖x‖² 𝔼",
        "line\n% end of kappascope document\n\n", "tab\tand\n\nblank", "carriage\r\nreturn", "bell \a",
        "\xff\xfe broken \xc3", "\xed\xa0\x80", "&amp; &lt; &#65;", "%| ", "\n", " "})
    expect_round_trip(document);
  expect_round_trip(std::string("nul\0nul", 7));
}

TEST(Embed, TextStaysReadable) {
  EXPECT_NE(svg_metadata("{\"title\": \"κ < 3\"}").find("{\"title\": \"κ < 3\"}"), std::string::npos);
  EXPECT_NE(tex_comment("{\"title\": 1}").find("%| {\"title\": 1}"), std::string::npos);
}

TEST(Embed, NothingGivesNothing) {
  EXPECT_EQ(svg_metadata(""), "");
  EXPECT_EQ(tex_comment(""), "");
  EXPECT_FALSE(embedded_document("<svg></svg>"));
  EXPECT_FALSE(embedded_document("<kappascope:document xmlns=\"\"><![CDATA[cut off"));
  EXPECT_FALSE(embedded_document("% kappascope document: text\n%| cut off"));
}

TEST(Embed, EscapedTextIsReadToo) {
  EXPECT_EQ(embedded_document("<kappascope:document>{&quot;k&quot;: &lt;&#x3ba;&#33;&gt;}</kappascope:document>"),
            "{\"k\": <κ!>}");
}

TEST(Embed, Base64IsTheStandards) {
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64(""), "");
  EXPECT_FALSE(from_base64("*"));
}

RC_GTEST_PROP(Embed, AnyBytesComeBack, (const std::vector<char>& bytes)) {
  const std::string document(bytes.begin(), bytes.end());
  RC_ASSERT(from_base64(base64(document)) == document);
  if (document.empty()) return;
  RC_ASSERT(embedded_document(svg_metadata(document)) == document);
  RC_ASSERT(embedded_document(tex_comment(document)) == document);
  RC_ASSERT(test::XmlCheck::complaint(in_svg(document)).empty());
}

TEST(Embed, HtmlCarriesAnyDocument) {
  for (const std::string& document : {std::string("{\"a\": 1}\n"), std::string("{\"t\": \"</script><!-- & ]]>\"}"),
                                      std::string("{\"x\": \"\r\n\xff\"}")}) {
    const std::string page = "<!DOCTYPE html>\n<html><body>" + html_script(document) + "</body></html>";
    EXPECT_EQ(embedded_document(page), document);
  }
  EXPECT_NE(html_script("{\"a\": 1}").find("{\"a\": 1}"), std::string::npos) << "readable where it may be";
  EXPECT_EQ(html_script(""), "");
  EXPECT_FALSE(embedded_document("<!DOCTYPE html>\n<html></html>").has_value());
}

TEST(Embed, CsvCarriesAnyDocumentInItsLastLine) {
  for (const std::string& document : {std::string("{\"a\": \"1,2\"}\n"), std::string("\r\n\0x", 4)}) {
    const std::string table = "run,value\nGD,1\n" + csv_comment(document);
    EXPECT_EQ(embedded_document(table), document);
    EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 3);
  }
  EXPECT_FALSE(embedded_document("run,value\nGD,1\n").has_value());
}

TEST(Embed, GifCommentIsFoundBetweenBlocks) {
  const std::string document(1000, '{');
  std::string gif("GIF89a\4\0\4\0\x80\0\0", 13);
  gif.append(6, '\0');
  gif += std::string("\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0", 19);
  std::string text = gif_comment(document);
  gif += "\x21\xfe";
  for (std::size_t i = 0; i < text.size(); i += 255) {
    const std::string part = text.substr(i, 255);
    gif += static_cast<char>(part.size());
    gif += part;
  }
  gif.append(1, '\0');
  EXPECT_EQ(embedded_document(gif + ";"), document);
  for (std::size_t cut = 0; cut < gif.size(); ++cut) {
    const auto found = embedded_document(gif.substr(0, cut));
    EXPECT_FALSE(found == document) << "a file cut off at " << cut << " has no whole document";
  }
}

}  // namespace
}  // namespace kappa
