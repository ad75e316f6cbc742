/// What the rules across rows keep of each row: fingerprints, for which rows to compare on their bytes in the end.
struct RuleLogs {
  /// Where goes what memory has no room for.
  let file: SpillFile
  let references: ReferenceLog
  let accounts: PartyLog
  let customers: PartyLog
  /// What rows say of both that others said before them.
  private let sayings: SayingFilter
  private let limit: Int?

  /// - Parameters:
  ///   - limit: Most bytes in memory; `nil` where there is no limit.
  ///   - temporaryFolder: Where the rest is kept, in a file without a name.
  init(limit: Int?, temporaryFolder: String) {
    self.limit = limit
    file = SpillFile(folder: temporaryFolder)
    references = ReferenceLog(file: file)
    sayings = SayingFilter(limit: (limit ?? .max) / 3)
    // A quarter of the memory for a log, before its equal pairs are made one.
    let pairs = (limit ?? .max) / (4 * MemoryLayout<PartyLog.Pair>.stride * PartitionedLog<PartyLog.Pair>.partitions)
    let room = max(512, min(PartyLog.usualRoom, pairs))
    accounts = PartyLog(file: file, room: room)
    customers = PartyLog(file: file, room: room)
  }

  /// Notes rows. The reference of an invalid one is used up all the same; its parties don't count.
  ///
  /// - Parameters:
  ///   - first: The record of the first of them.
  ///   - relay: What is digested meanwhile, where nobody else goes on with it.
  func note(_ rows: FactLists, from first: Int, digesting relay: DigestRelay) throws(IntakeError) {
    let first = UInt32(truncatingIfNeeded: first)
    for reference in rows.references.view { references.note(reference.key, record: first &+ reference.row) }
    sayings.forEachNew(rows.sayings.view, digesting: relay) {
      if $0.account != 0 { accounts.note(key: $0.account, value: $0.accountValue) }
      if $0.customer != 0 { customers.note(key: $0.customer, value: $0.customerValue) }
    }
    if let limit { try fit(limit - sayings.bytes) }
  }

  /// Moves what takes most out of memory, where all together take more than they may.
  private func fit(_ limit: Int) throws(IntakeError) {
    let (first, second, third) = (references.bytes, accounts.bytes, customers.bytes)
    guard first + second + third > limit else { return }
    if first >= max(second, third) {
      try references.spill()
    } else if second >= third {
      try accounts.spill()
    } else {
      try customers.spill()
    }
  }
}
