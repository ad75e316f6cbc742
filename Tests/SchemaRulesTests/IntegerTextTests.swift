import Testing

@testable import SchemaRules

@Suite struct IntegerTextTests {
  private func parse(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBufferPointer { IntegerText.parse($0) }
  }

  private func fault(_ text: String, _ minimum: Int64 = .min, _ maximum: Int64 = .max) -> FieldFault {
    Array(text.utf8).withUnsafeBufferPointer { IntegerText.fault(in: $0, minimum: minimum, maximum: maximum) }
  }

  @Test(arguments: [
    ("0", 0), ("1", 1), ("-1", -1), ("99999999", 99_999_999), ("999999999999999999", 999_999_999_999_999_999),
    ("9223372036854775807", Int64.max), ("-9223372036854775808", .min),
  ])
  func `an integer in its one form is taken`(text: String, value: Int64) {
    #expect(parse(text) == value)
  }

  @Test(arguments: [
    ("", IntegerFault.notANumber), ("-", .notANumber), ("abc", .notANumber), ("12a", .notANumber), ("1e5", .notANumber),
    ("--1", .notANumber), ("1-", .notANumber), ("1.", .notANumber), ("+5", .plusSign), ("05", .leadingZeros),
    ("-0", .leadingZeros),
    ("00", .leadingZeros), ("-05", .leadingZeros), ("1.5", .fraction), ("240.00", .fraction), ("1,5", .fraction),
    ("1.000", .fraction),
    ("1,234.50", .fraction), ("1,000", .grouped), ("1.000.000", .grouped), ("1 000", .grouped), ("1'000", .grouped),
    (" 5", .spaces),
    ("5 ", .spaces), ("5\t", .spaces), ("9223372036854775808", .overflow), ("-9223372036854775809", .overflow),
  ])
  func `any other form is refused and named`(text: String, expected: IntegerFault) {
    #expect(parse(text) == nil)
    #expect(fault(text) == .integer(expected))
  }

  @Test func `an integer too large for 64 bits breaks the limit that there is`() {
    #expect(fault("99999999999999999999", 1, 100) == .aboveMaximum(100))
    #expect(fault("-99999999999999999999", 1, 100) == .belowMinimum(1))
  }
}
