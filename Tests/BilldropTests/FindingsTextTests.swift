import BillModel
import FileRuns
import Testing

@testable import billdrop

struct FindingsTextTests {
  private static func finding(_ line: Int, _ message: String) -> Finding {
    Finding(code: .amountRange, record: line - 1, line: line, column: "amount_due", message: message, hint: "So.")
  }

  private func lines(_ findings: [Finding]) -> [String] {
    let count = FindingCount(code: .amountRange, severity: .error, count: findings.count, firstRecord: 1)
    let group = FindingGroup(count: count, examples: findings.map { FindingGroup.Example(finding: $0, row: nil) })
    let screen = Screen(columns: 80, coloured: false)
    return FindingsText(groups: [group], screen: screen, most: 3, allOfThem: "").lines(room: 25)
  }

  @Test func `each row stands under what is wrong with it, and not under what is wrong with the first`() {
    let found = lines([Self.finding(2, "It is too much."), Self.finding(4, "It is too little.")])
    #expect(found.dropFirst() == ["    Line 2: It is too much. So.", "    Line 4: It is too little. So."])
  }

  @Test func `what is wrong with all of them in the same way is said once`() {
    let found = lines([Self.finding(2, "It is too much."), Self.finding(4, "It is too much.")])
    #expect(found.dropFirst() == ["    It is too much. So."])
  }
}
