import FoundationEssentials
import Testing

@testable import MomentAPI

@Suite struct JSONWriterTests {
  private func written(_ text: String) -> String {
    var writer = JSONWriter(capacity: 16)
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("", #""""#), ("plain", #""plain""#), ("say \"hi\"", #""say \"hi\"""#), ("a\\b", #""a\\b""#), ("a/b", #""a/b""#),
    ("\u{8}\t\n\u{c}\r", #""\b\t\n\f\r""#), ("\0\u{1f}\u{b}", #""\u0000\u001f\u000b""#), ("\u{7f}", "\"\u{7f}\""),
    ("\u{2028}\u{2029}", "\"\u{2028}\u{2029}\""), ("Äö€😀", "\"Äö€😀\""), ("\"", #""\"""#), ("\\\"\\", #""\\\"\\""#),
  ])
  func `a string is escaped as RFC 8259 asks, and no more`(text: String, json: String) {
    #expect(written(text) == json)
  }

  @Test func `every character reads back as it was`() throws {
    let scalars = (0...0x2FFF).compactMap(Unicode.Scalar.init) + (0x1F600...0x1F6FF).compactMap(Unicode.Scalar.init)
    let text = String(String.UnicodeScalarView(scalars))
    let read = try JSONDecoder().decode([String].self, from: Data("[\(written(text))]".utf8))
    #expect(Array(read[0].unicodeScalars) == scalars)
  }

  @Test(arguments: [0, 1, -1, 9, 10, 99_999_999, -99_999_999, .max, .min] as [Int64])
  func `an integer is written in digits`(value: Int64) {
    var writer = JSONWriter(capacity: 16)
    writer.integer(value)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == String(value))
  }

  @Test(arguments: [(20_260_131, "\"2026-01-31\""), (10_101, "\"0001-01-01\""), (99_991_231, "\"9999-12-31\"")])
  func `a date is written with all its digits`(packed: Int32, json: String) {
    var writer = JSONWriter(capacity: 16)
    writer.date(packed: packed)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == json)
  }

  @Test func `members and objects are parted by commas`() {
    var writer = JSONWriter(capacity: 16)
    writer.beginObject()
    writer.name("a")
    writer.beginObject()
    writer.endObject()
    writer.name(text: "b\"")
    writer.beginObject()
    writer.name("c")
    writer.integer(1)
    writer.name("d")
    writer.letters(packed: 0x5A4152)
    writer.endObject()
    writer.endObject()
    #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":{},"b\"":{"c":1,"d":"ZAR"}}"#)
  }
}
