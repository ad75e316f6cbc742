import Testing

@testable import MomentAPI

@Suite struct SanitisedTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("  a  b\t\n c ", "a b c"), ("a\u{0}b", "a b"), ("\u{1b}[2Jx", "[2Jx"),
    ("12345678901", "1234567890…"),
    ("1234567890", "1234567890"), ("", ""), ("\u{200b}\u{feff}x", "x"), ("ä\u{301}€😀", "ä\u{301}€😀"),
  ])
  func `a text from outside is made fit for a message`(source: String, expected: String) {
    #expect(SanitisedText(source, limit: 10).text == expected)
  }
}
