import Testing

@testable import SchemaRules

@Suite struct DateTextTests {
  private func fault(_ text: String) -> FieldFault? {
    Array(text.utf8).withUnsafeBufferPointer { DateText.fault(in: $0) }
  }

  @Test func `every day of the calendar is taken, and no other`() {
    let lengths: [Int32] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for year: Int32 in [1, 4, 100, 400, 1900, 2000, 2023, 2024, 2100, 9999] {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for month: Int32 in 0...13 {
        for day: Int32 in 0...32 {
          let length = (1...12).contains(month) ? lengths[Int(month) - 1] + (month == 2 && isLeap ? 1 : 0) : 0
          let text = "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))"
          let packed = Array(text.utf8).withUnsafeBufferPointer { DateText.parse($0) }
          #expect(packed == (day >= 1 && day <= length ? year * 10_000 + month * 100 + day : nil), "\(text)")
        }
      }
    }
  }

  private static func pad(_ number: Int32, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: width - digits.utf8.count) + digits
  }

  @Test(arguments: ["2025-02-30", "2025-13-01", "2025-00-10", "2025-01-00", "0000-01-01", "2023-02-29"])
  func `a day that isn't there is told from a wrong form`(text: String) {
    #expect(fault(text) == .dateImpossible)
  }

  @Test(arguments: [
    "", "2025-2-3", "20250203", "03/02/2025", "2025/02/03", "2025-02-03 ", "2025-02-0x", "２025-02-03", "2025-02-03T",
  ])
  func `another form is no date`(text: String) {
    #expect(fault(text) == .dateFormat)
  }
}
