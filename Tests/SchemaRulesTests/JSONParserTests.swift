import Testing

@testable import SchemaRules

@Suite struct JSONParserTests {
  private func parse(_ text: String, comments: Bool = false) throws(JSONParseError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8), options: .init(allowsComments: comments))
  }

  private func error(_ text: String, comments: Bool = false) -> JSONParseError? {
    do {
      _ = try parse(text, comments: comments)
      return nil
    } catch {
      return error
    }
  }

  @Test func `members keep their order and come out as they went in`() throws {
    let text = #"{"z":1,"a":[true,false,null,"x\"\\"],"m":{"k":-0.5}}"#
    #expect(String(decoding: try parse(text).encoded, as: UTF8.self) == text)
  }

  @Test(arguments: [
    ("0", JSONValue.integer(0)), ("-0", .integer(0)), ("1.0", .integer(1)), ("12e2", .integer(1200)),
    ("1200e-2", .integer(12)), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    (
      "9223372036854775808",
      .decimal(JSONDecimal(isNegative: false, digits: "9223372036854775808".utf8, pointAfter: 19))
    ),
    ("0.10", .decimal(JSONDecimal(isNegative: false, digits: "1".utf8, pointAfter: 0))),
  ])
  func `a number is exact`(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: [
    (#""\u0041\n\/""#, "A\n/"), (#""\ud83d\ude00""#, "😀"), (#""Zoë""#, "Zoë"), (#""\u0000""#, "\0"),
  ])
  func `escapes stand for their characters`(text: String, value: String) throws {
    #expect(try parse(text).string == value)
  }

  @Test(arguments: [
    "01", "+1", "1.", ".5", "-", "1e", "NaN", "tru", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "[1 2]", "\"a", "[",
    "{", "", " ", "\"\t\"", #""\x""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, #""\u12""#, "1 2", "'a'",
    "// c\n1",
    "/", "[1/2]", "1e9999999", "1e999999", "0.01e-999999",
  ])
  func `what RFC 8259 doesn't have is refused`(text: String) {
    #expect(error(text) != nil)
  }

  @Test func `comments and a last comma are taken where they are allowed`() throws {
    let text = "// first\n{ \"a\": [1, /* two * */ 2,], // end\n}"
    #expect(try parse(text, comments: true) == parse(#"{"a":[1,2]}"#))
    #expect(error("[,]", comments: true) != nil)
    #expect(error("/* open", comments: true)?.reason == .endsEarly)
  }

  @Test func `an error names line and character`() {
    let found = error("{\n  \"é\": tru\n}")
    #expect(found?.line == 2 && found?.column == 8 && found?.reason == .expected("a value"))
  }

  @Test(arguments: [2, 40]) func `a key that stands twice is named with its place`(count: Int) {
    let members = (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",\n")
    let found = error("{\(members),\n\"k1\":1}")
    #expect(found?.reason == .duplicateKey("k1") && found?.line == count + 1 && found?.column == 1)
  }

  @Test func `nesting is bounded`() {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(error(deep) == nil)
    #expect(error("[\(deep)]")?.reason == .tooDeep(limit: 64))
    #expect(error(String(repeating: "[", count: 100_000))?.reason == .tooDeep(limit: 64))
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    let bytes: [UInt8] = [0x22, 0xC3, 0x28, 0x22]
    #expect(throws: JSONParseError.self) { try JSONValue(parsing: bytes) }
  }

  @Test func `every beginning of a text is refused without a trap`() {
    let text = Array(#"{"a":[1.5e3,"\u00e9\ud83d\ude00",{"b":null}],"c":true}"#.utf8)
    for length in 0..<text.count {
      #expect(throws: JSONParseError.self) { try JSONValue(parsing: Array(text[..<length])) }
    }
  }
}
