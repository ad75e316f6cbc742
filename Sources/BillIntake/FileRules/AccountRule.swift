import BillLayouts
import BillModel

/// An account belongs to one customer. Where the rows that stand say otherwise, all of them are rejected, or those that
/// differ from the first.
struct AccountRule {
  let plan: RowPlan
  let policy: DuplicatePolicy
  /// Fingerprints of the accounts to look at.
  let accounts: Set<UInt64>

  private struct Owner {
    var reference: [UInt8]
    var line: Int
  }

  /// The customers of one account: the first, and the first that is another one.
  private struct Owners {
    var first: Owner
    var other: Owner?
  }

  /// Reads the rows once to find the accounts with two customers, and once more to reject their rows where there are
  /// any.
  func apply(to rows: StandingRows, _ verdicts: inout Verdicts) throws(IntakeError) {
    guard let account = plan.account?.reference, let customer = plan.accountCustomer?.reference else { return }
    var groups = ExactGroups<Owners>()
    var hasConflict = false
    let isWanted: @Sendable (RowFacts) -> Bool = { [accounts] in $0.hasAccount && accounts.contains($0.account) }
    try rows.forEach(&verdicts, where: isWanted) { row, _ throws(IntakeError) in
      let owner = row.cells[customer]
      guard let known = groups.find(row.facts.account, row.cells[account]) else {
        let first = Owner(reference: Array(owner), line: row.line)
        groups.insert(row.facts.account, row.cells[account], Owners(first: first))
        return
      }
      let owners = groups.payloads[known]
      guard owners.other == nil, !owners.first.reference.elementsEqual(owner) else { return }
      groups.update(known) { $0.other = Owner(reference: Array(owner), line: row.line) }
      hasConflict = true
    }
    guard hasConflict else { return }
    try rows.forEach(&verdicts, where: isWanted) { row, verdicts throws(IntakeError) in
      guard let known = groups.find(row.facts.account, row.cells[account]), let other = groups.payloads[known].other
      else { return }
      let first = groups.payloads[known].first
      let isFirst = first.reference.elementsEqual(row.cells[customer])
      if isFirst, policy == .first { return }
      let against = isFirst ? other : first
      let draft = FindingDraft(
        code: .fileAccountCustomers, record: row.record, line: row.line, column: customer,
        cause: .accountCustomers(other: against.reference, line: against.line, keepsFirst: policy == .first),
        value: Array(row.cells[customer].prefix(FindingDraft.longestValue)))
      try verdicts.reject(draft, money: plan.money(row.cells))
    }
  }
}
