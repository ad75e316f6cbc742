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

  @Test func `a path is not broken, so that it can be copied`() {
    let path = "billdrop-reports/2026-11-26/bills_2026-11-26.csv-90c3e4d08162/submit"
    let lines = TextLines.wrap("report \(path) is there", to: 30, first: "", margin: "  ")
    #expect(lines == ["report", "  \(path)", "  is there"])
    #expect(TextLines.wrap(path, to: 30, first: "  report   ", margin: "    ") == ["  report   \(path)"])
  }

  @Test(arguments: 20...60)
  func `no line is wider than the screen`(_ columns: Int) {
    let text = "Ein langer Satz mit 日本語の文字 und supercalifragilisticexpialidocious:a:word:without:any:blank in ihm."
    for line in TextLines.wrap(text, to: columns, first: "  ", margin: "    ") {
      #expect(TextWidth.of(line) <= columns)
    }
  }
}
