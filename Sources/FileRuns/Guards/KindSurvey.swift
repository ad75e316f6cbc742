import BillIntake
import BillModel

/// Which operations the rows of a file ask for that stand.
struct KindSurvey {
  private(set) var rows: [OperationKind: Int] = [:]

  /// Looks at every row of a file whose rows ask for different things; of others the layout tells.
  init(_ intake: Intake, _ check: FileCheck) throws(IntakeError) {
    guard check.order.operation == .mixed else {
      rows = [check.order.operation: check.valid]
      return
    }
    var cursor = intake.rows(check)
    while true {
      let next = try cursor.next(limit: 1000)
      if next.isEmpty { return }
      for case .operation(_, _, let operation) in next { rows[operation.kind, default: 0] += 1 }
    }
  }

  /// Whether the rows of the file raise bills, and change nothing that is there.
  var onlyRaises: Bool { rows.allSatisfy { $0.key == .bill || $0.value == 0 } }

  /// Whether rows of the file state balances.
  var setsBalances: Bool { rows.contains { $0.key.setsBalance && $0.value > 0 } }
}
