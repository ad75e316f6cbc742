import Testing

@testable import billdrop

struct TextWidthTests {
  @Test(arguments: [
    ("abc", 3), ("", 0), ("日本語", 6), ("e\u{301}", 1), ("ｗ", 2), ("👩‍👩‍👧", 2), ("🇿🇦", 2), ("❤️", 2), ("한국", 4), ("ä", 1),
  ])
  func `a text takes the columns that a terminal gives it`(_ text: String, _ columns: Int) {
    #expect(TextWidth.of(text) == columns)
  }

  @Test func `a text that is cut says so and keeps its width`() {
    #expect(TextWidth.cut("abcdef", to: 6) == "abcdef")
    #expect(TextWidth.cut("abcdef", to: 4) == "abc…")
    #expect(TextWidth.cut("日本語", to: 5) == "日本…")
    #expect(TextWidth.cut("日本語", to: 4) == "日…")
    #expect(TextWidth.cut("abc", to: 0) == "")
  }
}
