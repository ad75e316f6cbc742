import Testing

@testable import SchemaRules

@Suite struct JSONDecimalTests {
  private func decimal(_ text: String) -> JSONDecimal {
    switch try? JSONValue(parsing: Array(text.utf8)) {
    case .integer(let number)?: JSONDecimal(number)
    case .decimal(let number)?: number
    default: JSONDecimal(0)
    }
  }

  @Test func `numbers have their order`() {
    let ascending = [
      "-1e30", "-9223372036854775809", "-10", "-9.99", "-0.5", "-0.05", "0", "1e-300", "0.05", "0.5", "0.51", "9.99",
      "10", "10.5", "9223372036854775807", "9223372036854775808", "1e30",
    ].map(decimal)
    for left in ascending.indices {
      for right in ascending.indices {
        #expect((ascending[left] < ascending[right]) == (left < right))
      }
    }
  }

  @Test(arguments: [
    ("0.50", "0.5"), ("-0.005", "-0.005"), ("12.340", "12.34"), ("1e20", "100000000000000000000"), ("1e50", "0.1e51"),
    ("0e5", "0"),
  ])
  func `a number prints as JSON`(text: String, printed: String) {
    #expect(decimal(text).description == printed)
  }

  @Test(arguments: [
    ("2.5", 3, 2), ("-2.5", -2, -3), ("0.1", 1, 0), ("-0.1", 0, -1), ("7", 7, 7), ("1e30", Int64.max, .max),
    ("-1e30", Int64.min, .min),
  ])
  func `a bound rounds to the integers that keep it`(text: String, up: Int64, down: Int64) {
    #expect(decimal(text).integer(roundedUp: true) == up)
    #expect(decimal(text).integer(roundedUp: false) == down)
  }
}
