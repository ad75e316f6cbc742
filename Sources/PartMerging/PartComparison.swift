import BillLayouts
import BillModel

/// Holds the rows of all parts against each other, as one file's rows are: a reference stands once, an account has one
/// customer. Rows are taken as their parts left them.
struct PartComparison {
  private let claims: [ClaimFile]
  private let policy: DuplicatePolicy
  /// Accounts and customers of which the first has several, as `PartOwner.holding`: all of them, or those that aren't under
  /// the first customer where that one counts.
  private var disputed: Set<UInt64> = []

  /// - Parameter isInterrupted: Asked now and then; where it says so, `interrupted` is thrown.
  init(_ claims: [ClaimFile], isInterrupted: () -> Bool) throws(PartFault) {
    self.claims = claims
    policy = claims.first?.header.duplicates ?? .reject
    var owners = try MergedRuns<PartOwner>(claims)
    var group: [MergedRuns<PartOwner>.Item] = []
    var groups = 0
    while true {
      try Self.goOn(after: &groups, isInterrupted)
      try owners.nextGroup(into: &group)
      guard let first = group.first else { break }
      guard group.contains(where: { $0.entry.customer != first.entry.customer }) else { continue }
      for item in group where policy == .reject || item.entry.customer != first.entry.customer {
        disputed.insert(item.entry.holding)
      }
    }
  }

  /// Calls with each row that stands in its part and not beside the others, in no order that means anything.
  func forEach(
    isInterrupted: () -> Bool, _ body: (AcrossFinding, PartClaim) throws(PartFault) -> Void
  ) throws(PartFault) {
    var rows = try MergedRuns<PartClaim>(claims)
    var group: [MergedRuns<PartClaim>.Item] = []
    var groups = 0
    while true {
      try Self.goOn(after: &groups, isInterrupted)
      try rows.nextGroup(into: &group)
      guard let first = group.first else { return }
      let isAcross = group.contains { $0.part != first.part }
      let isSame = group.allSatisfy { $0.entry.row == first.entry.row }
      for (index, item) in group.enumerated() where item.entry.stands {
        if isAcross, let found = duplicate(index, group, isSame) {
          try body(found, item.entry)
        } else if item.entry.holding != 0, disputed.contains(item.entry.holding) {
          let found = AcrossFinding(
            code: .fileAccountCustomers, part: item.part, record: Int(item.entry.record), other: nil)
          try body(found, item.entry)
        }
      }
    }
  }

  /// Asks after every few thousand groups.
  private static func goOn(after groups: inout Int, _ isInterrupted: () -> Bool) throws(PartFault) {
    groups += 1
    if groups & 0xfff == 0, isInterrupted() { throw .interrupted }
  }

  /// What the rules for a reference that comes twice have against a row of it; `nil` where it is the one that stands.
  private func duplicate(_ index: Int, _ group: [MergedRuns<PartClaim>.Item], _ isSame: Bool) -> AcrossFinding? {
    if index == 0, isSame || policy == .first { return nil }
    let item = group[index]
    let other = index == 0 ? group.first { $0.part != item.part } : group.first
    return AcrossFinding(
      code: isSame ? .fileDuplicateRow : .fileDuplicateReference, part: item.part, record: Int(item.entry.record),
      other: other.map { ($0.part, Int($0.entry.record)) })
  }
}
