import SchemaRules
import Testing

@Suite struct JSONLinesTests {
  private let lines = JSONLines(
    Array(
      """
      {
        // a comment with "quotes" and {braces}
        "a": 1, "b": { "c/d": [
          true,
          /* two
             lines */ "x\\"y",
        ] },

        "e":
          { },
      }
      """.utf8))

  @Test(arguments: [
    ("", 1), ("/a", 3), ("/b", 3), ("/b/c~1d", 3), ("/b/c~1d/0", 4), ("/b/c~1d/1", 6), ("/e", 9),
  ])
  func `each value has the line in which it, or its key, begins`(pointer: String, line: Int) {
    #expect(lines.line(of: pointer) == line)
  }

  @Test func `what is missing has the line of what it is missing in`() {
    #expect(lines.line(of: "/b/c~1d/7/name") == 3)
    #expect(lines.line(of: "/e/name") == 9)
    #expect(lines.line(of: "/unknown") == 1)
  }

  @Test(arguments: ["", "{", "{\"a", "[1,", "{\"a\":", "/*", "\"\\"])
  func `a text that ends anywhere does no harm`(text: String) {
    #expect(JSONLines(Array(text.utf8)).line(of: "/a") >= 1)
  }
}
