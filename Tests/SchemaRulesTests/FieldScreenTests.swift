import CScan
import SeededRandoms
import Testing

@testable import SchemaRules

/// A screen says of every row what the field's check says of it.
@Suite struct FieldScreenTests {
  private static let schema = """
    {"type": "object", "properties": {
      "reference": {"type": "string", "maxLength": 40, "pattern": "^[a-zA-Z0-9_-]+$",
        "not": {"pattern": "^(bcus_|bill_)"}},
      "code": {"type": "string", "pattern": "^[A-Z]{3}$"},
      "phone": {"type": "string", "pattern": "^\\\\+[1-9]\\\\d{1,14}$"},
      "short": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[a-f]{1,9}$"},
      "amount": {"type": "integer", "minimum": 1, "maximum": 99999999},
      "balance": {"type": "integer"},
      "day": {"type": "string", "format": "date"},
      "mail": {"type": "string", "maxLength": 255, "format": "email"},
      "name": {"type": "string", "minLength": 1, "maxLength": 10},
      "choice": {"type": "string", "enum": ["ZAR", "USD"]},
      "never": {"type": "string", "minLength": 9223372036854775807, "maxLength": 9},
      "table": {"type": "string", "pattern": "ab*c"}}}
    """

  private static let texts: [String] = [
    "INV-2025_1", "bill_1", "bcus_", "bil", "b", "a/b", "é", String(repeating: "x", count: 32),
    String(repeating: "x", count: 33), String(repeating: "x", count: 40), String(repeating: "x", count: 41),
    String(repeating: "x", count: 64) + "/", "ZAR", "ZARR", "ZAr", "ZA", "+27821234567", "+0123", "+1", "+12",
    "+123456789012345", "+1234567890123456", "27821234567", "abcdef", "abcde", "a", "ab", "0", "1", "00", "01", "-1",
    "-0",
    "99999999", "100000000", "9999999", "12345678", "1234567x", "x2345678", " 1", "1 ", "1.0", "9223372036854775807",
    "9223372036854775808", "2025-01-31", "2025-02-28", "2025-02-29", "2024-02-29", "2025-02-30", "2025-04-31",
    "2025-04-30",
    "2025-12-31", "2025-11-31", "2025-13-01", "2025-00-10", "2025-01-00", "2025-01-32", "0000-01-01", "0001-01-01",
    "2025/01/01", "2025-1-01x", "2025-01-1x", "202a-01-01", "2025,01-01", "2025-01-010", "a@b.c", "a@b.com", "a.b@c.de",
    ".a@b.com", "a.@b.com", "a..b@b.com", "a@.com", "a@b..com", "a@b.com.", "a@-b.com", "a@b-.com", "a@b.com-",
    "a-@b.com",
    "-a@b.com", "a@b-c.com", "a@b.1om", "a@bcom", "a@@b.com", "a@b@c.com", "@b.com", "a@", "a+b!#@b.com", "a@b!.com",
    "a b@b.com", String(repeating: "l", count: 52) + "@example.com", String(repeating: "l", count: 53) + "@example.com",
    "x@" + String(repeating: "d", count: 63) + ".com", "Zoë Ngcobo", "ébcdefghij", "ébcdefghijk", "12345678901",
    "abbbc",
    "xacx", "abb", "ac",
  ]

  private static let paths = [
    "reference", "code", "phone", "short", "amount", "balance", "day", "mail", "name", "choice", "table",
  ]

  /// The faulty ones of up to 64 texts, in the middle of rows of three fields.
  private func faulty(_ texts: ArraySlice<String>, _ field: CompiledField) -> (UInt64, [Int64]) {
    var bytes: [UInt8] = []
    var spans: [cscan_span] = []
    for text in texts {
      spans.append(cscan_span(start: 0, end: 0))
      spans.append(cscan_span(start: UInt32(bytes.count), end: UInt32(bytes.count + text.utf8.count)))
      spans.append(cscan_span(start: 0, end: 0))
      bytes += Array(text.utf8) + [UInt8(ascii: ",")]
    }
    bytes += [UInt8](repeating: 0xFF, count: 64)
    var values = [Int64](repeating: 0, count: 64)
    let faulty = bytes.withUnsafeBufferPointer { bytes in
      spans.withUnsafeBufferPointer { spans in
        let column = cscan_column(
          base: bytes.baseAddress, spans: spans.baseAddress! + 1, stride: 3, rows: texts.count, digest: nil)
        let sight = FieldScreen(field).look(at: column, values: &values)
        #expect(sight.present == cscan_present(column))
        return sight.faulty
      }
    }
    return (faulty, values)
  }

  private func expectAgreement(_ texts: [String], _ path: String, _ note: String = "") throws {
    let schema = try CompiledSchema(json: Array(Self.schema.utf8)) { _ in nil }
    let field = try #require(schema.field(path))
    for start in stride(from: 0, to: texts.count, by: 64) {
      let part = texts[start..<min(start + 64, texts.count)]
      let (faulty, values) = faulty(part, field)
      for (row, text) in part.enumerated() {
        let isFaulty = !text.isEmpty && field.check(text) != nil
        #expect((faulty >> UInt64(row) & 1 == 1) == isFaulty, "\(path): “\(text)” \(note)")
        if path == "amount", !isFaulty, !text.isEmpty { #expect(Int64(text) == values[row]) }
      }
    }
  }

  @Test(arguments: paths)
  func `texts at the edges of the rules are judged as one by one`(path: String) throws {
    try expectAgreement(Self.texts, path)
    try expectAgreement(["", "x", ""], path)
  }

  @Test(arguments: paths)
  func `so are texts with any one byte changed`(path: String) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    var texts: [String] = []
    let alphabet = Array("aZ09-_.@+/, \u{7F}é:;`[{^~".unicodeScalars)
    for _ in 0..<3000 {
      var scalars = Array(Self.texts.randomElement(using: &random)!.unicodeScalars)
      scalars[Int.random(in: scalars.indices, using: &random)] = alphabet.randomElement(using: &random)!
      texts.append(String(String.UnicodeScalarView(scalars)))
    }
    try expectAgreement(texts, path, "seed \(seed)")
  }
}
