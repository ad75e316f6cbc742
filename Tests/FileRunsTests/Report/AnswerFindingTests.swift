import BillModel
import BillReports
import Testing

@testable import FileRuns

/// What a person is told to do about a row that the API's answer ended.
@Suite struct AnswerFindingTests {
  private func hint(field: String, id: String?, _ operation: OperationKind = .bill) -> String? {
    let row = ReportRow(
      record: 1, line: 2, reference: "B", outcome: .conflict, code: .apiConflict, field: field, message: "no", id: id)
    return row.answerFinding(operation)?.hint
  }

  @Test func `of a bill whose account is another customer's none was raised, and none is to be voided`() throws {
    let owner = "account.customer.external_reference"
    #expect(hint(field: owner, id: nil)?.hasPrefix("No bill was raised. Correct the customer in the row") == true)
    #expect(hint(field: owner, id: nil, .account) == "Compare both, and change what is wrong.")
    for (field, id) in [("amount_due", "bill_1"), (owner, "bill_1"), ("external_reference", nil)] {
      #expect(hint(field: field, id: id)?.contains("voided and raised again") == true, "\(field)")
    }
  }
}
