import BillIntake
import BillLayouts
import BillModel
import Testing

/// Bills without a date, which get that of the day on which they are sent.
@Suite struct UndatedBillTests {
  private static let heading = "external_reference,currency,amount_due,customer.external_reference"
  private static let today = CivilDate(year: 2026, month: 3, day: 1)

  private func file(_ text: String, today: CivilDate? = today, _ more: String = "") throws -> MappedFile {
    var file = try MappedFile(Array(text.utf8), #"{ "name": "x", "format": "csv"\#(more) }"#)
    file.options.today = today
    return file
  }

  @Test func `one that is due before today is warned of, and stands`() throws {
    let rows = "B-1,ZAR,100,C-1,2026-02-28\nB-2,ZAR,100,C-1,2026-03-01\nB-3,ZAR,100,C-1,\nB-4,ZAR,100,C-1,2025-12-31\n"
    let outcome = try file("\(Self.heading),due_date\n\(rows)").read()
    #expect(outcome.findings == ["1:2 date.order due_date", "4:5 date.order due_date"])
    #expect(outcome.messages.first == "The bill has no date, and is due before today, 2026-03-01.")
    #expect(outcome.bills.count == 4)
  }

  @Test func `a date of its own is what its due date is held against`() throws {
    let rows =
      "B-1,ZAR,100,C-1,2026-01-01,2026-02-28\nB-2,ZAR,100,C-1,,2026-02-28\nB-3,ZAR,100,C-1,2026-02-28,2026-01-01\n"
    let outcome = try file("\(Self.heading),bill_date,due_date\n\(rows)").read()
    #expect(outcome.findings == ["2:3 date.order due_date", "3:4 date.order due_date"])
    #expect(outcome.bills.count == 2)
  }

  @Test func `where the day isn't known, nothing is said`() throws {
    let text = "\(Self.heading),due_date\nB-1,ZAR,100,C-1,2025-02-28\n"
    #expect(try file(text, today: nil).read().findings == [])
  }

  @Test func `a row that raises no bill has no date to be late by`() throws {
    let rows = "B-1,ZAR,0,C-1,2025-02-28\nB-2,ZAR,-5,C-1,2025-02-28\nB-3,ZAR,5,C-1,2025-02-28\n"
    let routed = #", "zero_bills": "skip", "negative_bills": "balance""#
    #expect(try file("\(Self.heading),due_date\n\(rows)", routed).read().findings == ["3:4 date.order due_date"])
  }

  @Test(arguments: [1, 3])
  func `it is the same to a row that is looked at by itself and to rows that are looked at together`(threads: Int)
    throws
  {
    let days = (0..<300).map { CivilDate(year: 2026, month: 2 + $0 % 2, day: 1 + $0 % 28)?.description ?? "" }
    let dated = days.indices.map { $0 % 5 == 0 ? "2026-01-01" : "" }
    let rows = days.indices.map { "B-\($0),ZAR,100,C-1,\(dated[$0]),\(days[$0])\n" }
    let expected = days.indices.filter { dated[$0].isEmpty && days[$0] < "2026-03-01" }.map { $0 + 1 }
    var table = try file("\(Self.heading),bill_date,due_date\n\(rows.joined())")
    table.options.threads = threads
    #expect(try table.read().findings == expected.map { "\($0):\($0 + 1) date.order due_date" })
    var bare = try file("\(Self.heading),due_date\n\(days.enumerated().map { "B-\($0),ZAR,100,C-1,\($1)\n" }.joined())")
    bare.options.threads = threads
    let early = days.indices.filter { days[$0] < "2026-03-01" }.map { $0 + 1 }
    #expect(try bare.read().findings == early.map { "\($0):\($0 + 1) date.order due_date" })
  }

  @Test func `a bill among other operations is warned of too`() throws {
    let text = """
      operation,external_reference,currency,amount_due,due_date,customer.external_reference
      customer,,,,,C-1
      bill,B-1,ZAR,100,2026-02-28,C-1

      """
    #expect(try file(text, #", "operation": "mixed""#).read().findings == ["2:3 date.order due_date"])
  }
}
