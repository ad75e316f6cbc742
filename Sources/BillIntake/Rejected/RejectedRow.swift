package import BillModel

/// A row that our rules reject.
package struct RejectedRow: Hashable, Sendable {
  /// From 1.
  package var record: Int
  /// Physical line on which it begins, from 1.
  package var line: Int
  /// Its reference as read, valid or not; `nil` where it has none.
  package var reference: String?
  /// Its amount, where amount and currency can be read.
  package var money: ReadMoney?
  /// What it asks for; `nil` where it names no operation.
  package var kind: OperationKind?
  /// All that is wrong with it, in the order of its columns; warnings too.
  package var findings: [Finding]

  package init(
    record: Int, line: Int, reference: String?, money: ReadMoney?, kind: OperationKind? = nil, findings: [Finding]
  ) {
    self.record = record
    self.line = line
    self.reference = reference
    self.money = money
    self.kind = kind
    self.findings = findings
  }
}
