import BillModel
import Testing

@testable import SubmitPass

@Suite struct PlannedRowsTests {
  @Test func `rows are written as letters with counts, and read back`() throws {
    var rows = PlannedRows(recordCount: 6)
    for record in 1...3 { rows[record] = .createdWithCustomer }
    (rows[4], rows[5], rows[6]) = (.created, .created, .voided)
    #expect(rows.text == "3n2cv")
    #expect(rows.isComplete)
    #expect(PlannedRows(rows.text, recordCount: 6) == rows)
    #expect(rows.counts == [.createdWithCustomer: 3, .created: 2, .voided: 1])
    #expect(rows[0] == nil && rows[7] == nil)
  }

  @Test func `every letter is read back as what it was written for`() {
    for planned in PlannedRow.allCases {
      var rows = PlannedRows(recordCount: 1)
      rows[1] = planned
      #expect(PlannedRows(rows.text, recordCount: 1)?[1] == planned)
    }
    #expect(PlannedRows("", recordCount: 0) != nil)
  }

  @Test(arguments: ["3n", "5n", "2n2", "n n", "0n4c", "-1n5c", "99999999999999999999n", "2q2c", "4N"])
  func `text that isn't of so many rows is none`(text: String) {
    #expect(PlannedRows(text, recordCount: 4) == nil)
  }

  @Test func `a million rows of every kind are read back`() {
    var rows = PlannedRows(recordCount: 1_000_000)
    for record in 1...1_000_000 { rows[record] = PlannedRow.allCases[record * 7 % PlannedRow.allCases.count] }
    #expect(PlannedRows(rows.text, recordCount: 1_000_000) == rows)
  }
}
