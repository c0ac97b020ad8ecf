/// A document comes back out of a picture byte for byte, whatever is in it.
#include "core/figure/embed.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

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

}  // namespace
}  // namespace kappa
