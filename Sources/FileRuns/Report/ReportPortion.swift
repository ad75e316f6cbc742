import BillIntake
import BillModel
import BillReports

/// Rows of a file on their way into its report.
struct ReportPortion: Sendable {
  /// As they came: what became of them isn't told yet.
  var rows: [ReportRow]
  let source: Source

  /// What else of the rows as they came may be asked for. A class, since it is handed on with each row, and large.
  final class Source: Sendable {
    /// Their texts.
    let texts: RowPortion
    private let onAccounts: [Bool]

    init(_ texts: RowPortion, onAccounts: [Bool]) {
      self.texts = texts
      self.onAccounts = onAccounts
    }

    /// Whether the bill of a row hangs on an account that it describes.
    func isOnAccount(at index: Int) -> Bool { onAccounts[index] }
  }

  /// - Parameter portion: Rows as they are read; what was made of them isn't kept.
  init(_ portion: consuming RowPortion) {
    let read = portion.takeRows()
    rows = read.map { ReportRow($0) }
    source = Source(portion, onAccounts: read.map(\.isOnAccount))
  }
}

extension IntakeRow {
  /// Whether its bill hangs on an account that it describes.
  fileprivate var isOnAccount: Bool {
    guard case .operation(_, _, let operation) = self, let bill = operation.bill, case .account = bill.party else {
      return false
    }
    return true
  }
}
