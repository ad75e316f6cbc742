import Testing

@testable import billdrop

struct TextLinesTests {
  @Test func `lines break at blanks and begin with their margins`() {
    #expect(TextLines.wrap("one two three", to: 9, first: "- ", margin: "  ") == ["- one two", "  three"])
    #expect(TextLines.wrap("", to: 9, first: "- ") == ["- "])
  }

  @Test func `a word that no line has room for is broken`() {
    #expect(TextLines.wrap("abcdefgh ij", to: 5, first: "", margin: " ") == ["abcd", " efgh", " ij"])
  }

  @Test(arguments: 20...60)
  func `no line is wider than the screen`(_ columns: Int) {
    let text = "Ein langer Satz mit 日本語の文字 und supercalifragilisticexpialidocious/a/path/without/any/blank in ihm."
    for line in TextLines.wrap(text, to: columns, first: "  ", margin: "    ") {
      #expect(TextWidth.of(line) <= columns)
    }
  }
}
