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

  @Test(arguments: [
    ("the key sk_test_51Hx", "the key sk_*********"), ("mail thandi@example.com", "mail t*****@e******.c**"),
    ("call +27821234567", "call +27*******67"), ("id 8001015009087", "id ***********87"),
  ])
  func `what an answer echoes of keys and people is masked, also where it is cut`(source: String, expected: String) {
    #expect(SanitisedText(source, limit: 100).text == expected)
    for limit in 1..<expected.count {
      #expect(SanitisedText(source, limit: limit).text == expected.prefix(limit) + "…")
    }
  }

  @Test func `a value beside what was asked for is shown as it is where it is the same, and else made fit for it`() {
    let asked = "thandi@example.com"
    #expect(SanitisedText.shown(asked, asked: asked) == asked)
    #expect(SanitisedText.shown(asked, asked: "x") == "t*****@e******.c**")
    #expect(SanitisedText.shown("a\u{1B}[2J", asked: "a") == "a [2J")
    #expect(SanitisedText.shown(String(repeating: "x", count: 900_000))?.count == 61)
    #expect(SanitisedText.shown(nil, asked: asked) == nil)
  }
}
