import SeededRandoms
import Testing

@testable import Tabular

/// Numbers as mainframes write them.
@Suite struct DecimalTests {
  @Test(
    arguments: [
      ([0x12, 0x34, 0x5C], 12345), ([0x12, 0x34, 0x5D], -12345), ([0x12, 0x34, 0x5F], 12345), ([0x1A], 1), ([0x1B], -1),
      ([0x1E], 1), ([0x0C], 0), ([0x0D], 0), ([0x00, 0x00, 0x1D], -1), ([0x99, 0x9C], 999),
      ([0x92, 0x23, 0x37, 0x20, 0x36, 0x85, 0x47, 0x75, 0x80, 0x7C], Int64.max),
      ([0x92, 0x23, 0x37, 0x20, 0x36, 0x85, 0x47, 0x75, 0x80, 0x8D], Int64.min),
      ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x7C], 7),
    ] as [([UInt8], Int64)])
  func `packed decimals have two digits a byte and a sign`(bytes: [UInt8], value: Int64) throws {
    #expect(try packed(bytes) == value)
  }

  @Test(
    arguments: [
      ([], .empty), ([0x1A, 0x2C], .digit(at: 0)), ([0xA1, 0x2C], .digit(at: 0)), ([0x12, 0xC3], .digit(at: 1)),
      ([0x12, 0x34], .sign(at: 1)), ([0x40, 0x40], .sign(at: 1)), ([0x12, 0x39], .sign(at: 1)),
      ([0x92, 0x23, 0x37, 0x20, 0x36, 0x85, 0x47, 0x75, 0x80, 0x8C], .overflow),
      ([0x92, 0x23, 0x37, 0x20, 0x36, 0x85, 0x47, 0x75, 0x80, 0x9D], .overflow),
      ([0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0C], .overflow),
    ] as [([UInt8], NumberFault)])
  func `what is no packed decimal is faulted at its byte`(bytes: [UInt8], fault: NumberFault) {
    #expect(throws: fault) { try packed(bytes) }
  }

  @Test func `packed decimals come back as they were written, whatever their sign's form`() throws {
    var random = SeededRandom(seed: seed())
    for _ in 0..<2000 {
      let value = Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0...62, using: &random)
      var digits = String(value.magnitude).utf8.map { $0 - 0x30 }
      digits = Array(repeating: 0, count: Int.random(in: 0...4, using: &random)) + digits
      if digits.count % 2 == 0 { digits.insert(0, at: 0) }
      let signs: [UInt8] = value < 0 ? [0xB, 0xD] : [0xA, 0xC, 0xE, 0xF]
      digits.append(signs[Int.random(in: 0..<signs.count, using: &random)])
      let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
      #expect(try packed(bytes) == value)
    }
  }

  @Test(
    arguments: [
      ("12345", 12345), ("1234{", 12340), ("1234A", 12341), ("1234I", 12349), ("1234}", -12340), ("1234J", -12341),
      ("1234R", -12349), ("1234p", -12340), ("1234y", -12349), ("}", 0), ("000000000000000000001", 1),
      ("922337203685477580Q", -9_223_372_036_854_775_808), ("922337203685477580G", Int64.max),
    ] as [(String, Int64)])
  func `zoned decimals have their sign over the last digit`(text: String, value: Int64) throws {
    #expect(try zoned(.init(.ascii), Array(text.utf8)) == value)
  }

  @Test(
    arguments: [
      (.init(.ascii), "", .empty), (.init(.ascii), "12 4", .digit(at: 2)), (.init(.ascii), "123S", .sign(at: 3)),
      (.init(.ascii), "12J4", .digit(at: 2)), (.init(.ascii), "123z", .sign(at: 3)), (.init(.ascii), "-", .sign(at: 0)),
      (.init(.ascii), "9223372036854775808", .overflow),
    ] as [(ZonedDecimal, String, NumberFault)])
  func `what is no zoned decimal is faulted at its byte`(form: ZonedDecimal, text: String, fault: NumberFault) {
    #expect(throws: fault) { try zoned(form, Array(text.utf8)) }
  }

  @Test(
    arguments: [
      ([0xF1, 0xF2, 0xC3], 123), ([0xF1, 0xF2, 0xD3], -123), ([0xF1, 0xF2, 0xF3], 123), ([0xF1, 0xA2], 12),
      ([0xF1, 0xB2], -12), ([0xF1, 0xE2], 12), ([0xC0], 0),
    ] as [([UInt8], Int64)])
  func `EBCDIC has the sign in the zone`(bytes: [UInt8], value: Int64) throws {
    #expect(try zoned(.init(.ebcdic), bytes) == value)
  }

  @Test func `EBCDIC's bad zones, digits and signs are faulted`() {
    #expect(throws: NumberFault.digit(at: 0)) { try zoned(.init(.ebcdic), [0xC1, 0xF2]) }
    #expect(throws: NumberFault.sign(at: 1)) { try zoned(.init(.ebcdic), [0xF1, 0x42]) }
    #expect(throws: NumberFault.digit(at: 1)) { try zoned(.init(.ebcdic), [0xF1, 0xFA]) }
    #expect(throws: NumberFault.digit(at: 0)) { try zoned(.init(.ebcdic), [0x40, 0xF1]) }
    #expect(throws: NumberFault.sign(at: 1)) { try zoned(.init(.ebcdic), [0xF1, 0x40]) }
  }

  @Test func `zoned decimals come back as they were written`() throws {
    var random = SeededRandom(seed: seed())
    for _ in 0..<2000 {
      let value = Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0...62, using: &random)
      let digits = String(value.magnitude).utf8.map { $0 - 0x30 }
      let last = digits[digits.count - 1]
      let ebcdic = digits.dropLast().map { $0 | 0xF0 } + [last | (value < 0 ? 0xD0 : 0xC0)]
      let signs = Array((value < 0 ? "}JKLMNOPQR" : "{ABCDEFGHI").utf8)
      let ascii = digits.dropLast().map { $0 + 0x30 } + [signs[Int(last)]]
      #expect(try zoned(.init(.ebcdic), ebcdic) == value)
      #expect(try zoned(.init(.ascii), ascii) == value)
    }
  }

  private func packed(_ bytes: [UInt8]) throws -> Int64 {
    try bytes.withUnsafeBufferPointer { (bytes) throws(NumberFault) in try PackedDecimal.decode(bytes) }
  }

  private func zoned(_ form: ZonedDecimal, _ bytes: [UInt8]) throws -> Int64 {
    try bytes.withUnsafeBufferPointer { (bytes) throws(NumberFault) in try form.decode(bytes) }
  }

  private func seed() -> UInt64 {
    let seed = UInt64.random(in: 0 ..< .max)
    print("seed \(seed)")
    return seed
  }
}
