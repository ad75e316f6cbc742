import Testing

@testable import SchemaRules

@Suite struct CompiledPatternTests {
  @Test(arguments: [
    // Shapes without a table of states.
    ("^[a-zA-Z0-9_-]+$", ["a", "INV-1_x"], ["", "a b", "é", "a\n"]),
    ("^[A-Z]{3}$", ["ZAR"], ["ZA", "ZARR", "zar", ""]),
    (
      "^\\+[1-9]\\d{1,14}$", ["+27", "+278212345678901"],
      ["+2", "+0782123", "27821234567", "+2782123456789012", "+27 82"]
    ),
    ("^bcus_[a-zA-Z0-9]+$", ["bcus_1"], ["bcus_", "bacc_1", "xbcus_1"]),
    ("^\\d{4}-\\d{2}$", ["2025-01"], ["2025-1", "2025/01"]),
    ("^a{0}$", [""], ["a"]), ("^x{2,}$", ["xx", "xxxxx"], ["x", "xxy"]), ("^x?$", ["", "x"], ["xx"]),
    // Tables.
    ("^(bcus_|bacc_|bill_)", ["bill_", "bcus_x"], ["bill", "xbill_", ""]),
    ("a", ["a", "cab"], ["", "b"]), ("", ["", "x"], []), ("^$", [""], ["x"]), ("a$", ["a", "ba"], ["ab"]),
    ("^a|b$", ["ax", "xb"], ["xa", "bx"]), ("^(a|b)*c$", ["c", "abac"], ["abd", ""]),
    ("(ab){2,3}$", ["abab", "xababab"], ["ab"]),
    ("aab", ["aaab"], ["abab"]), ("^[^a-c]$", ["d", "é", "😀", "\n"], ["a", "dd", ""]),
    ("^.$", ["x", "€"], ["\n", "\u{2028}", "xy"]),
    ("^\\w+\\s\\S\\D$", ["ab xy", "a\u{A0}1y"], ["a b", "ab x1"]), ("^[à-ö]{2}$", ["éà"], ["e", "éé\u{301}", "÷é"]),
    ("^\\u00e9\\x41\\u{1F600}$", ["éA😀"], ["eA😀"]), ("^[\\d.\\-\\]]+$", ["1.-]"], ["a"]), ("^(?:)$", [""], ["a"]),
    ("^(a*)*$", ["", "aaa"], ["b"]), ("^[]$", [], ["", "a"]), ("^[^]$", ["a", "é"], [""]), ("$^", [""], ["a"]),
    (
      "^https://[^/?#\\s]+|^http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?(/|$)",
      ["https://a.b", "http://localhost", "http://127.0.0.1:80/x"], ["http://a.b", "http://localhostx"]
    ),
  ])
  func `a pattern matches as ECMA-262 has it`(pattern: String, yes: [String], no: [String]) throws {
    let compiled = try CompiledPattern(pattern)
    for text in yes { #expect(compiled.matches(text), "\(pattern) on \(text)") }
    for text in no { #expect(!compiled.matches(text), "\(pattern) on \(text)") }
  }

  @Test(arguments: [
    ("(a)\\1", 5), ("(?=a)", 3), ("(?!a)", 3), ("(?<=a)", 3), ("(?<n>a)", 3), ("a+?", 3), ("\\bx", 2), ("\\p{L}", 2),
    ("a{1001}", 6), ("\\ud800", 3),
  ])
  func `what lies outside of the subset is refused by name and place`(pattern: String, column: Int) {
    let error = #expect(throws: PatternError.self) { try CompiledPattern(pattern) }
    guard case .unsupported? = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.column == column)
  }

  @Test(arguments: [
    "(", ")", "a)", "[a", "*a", "a**", "a{2,1}", "a{,2}", "a{x}", "a{", "]", "}", "\\", "\\q", "[b-a]", "[\\d-z]", "^*",
    "\\x4",
    "\\u{110000}", "(?a)",
  ])
  func `a malformed pattern is refused`(pattern: String) {
    #expect(throws: PatternError.self) { try CompiledPattern(pattern) }
  }

  @Test(arguments: ["(a|b)*a(a|b){15}", "(((a{100}){100}){100})"])
  func `a pattern that needs too large a table is refused`(pattern: String) {
    let error = #expect(throws: PatternError.self) { try CompiledPattern(pattern) }
    #expect(error?.reason == .tooLarge && error?.pattern == pattern)
  }

  @Test func `shapes and tables agree`() throws {
    // The same language written so that no shape is found: as a group.
    for (shape, table) in [("^[a-c]{1,3}$", "^([a-c]{1,3})$"), ("^x\\d{0,2}$", "^(x)\\d{0,2}$"), ("^ab?$", "^(a)b?$")] {
      let (first, second) = (try CompiledPattern(shape), try CompiledPattern(table))
      for length in 0...4 {
        for text in Self.texts(of: length, over: ["a", "b", "x", "1"]) {
          #expect(first.matches(text) == second.matches(text), "\(shape) on \(text)")
        }
      }
    }
  }

  private static func texts(of length: Int, over letters: [String]) -> [String] {
    length == 0 ? [""] : texts(of: length - 1, over: letters).flatMap { text in letters.map { text + $0 } }
  }
}
