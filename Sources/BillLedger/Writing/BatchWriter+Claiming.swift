import BillModel

extension BatchWriter {
  /// Writes the intents of a batch with all that their rows claim, row by row all or none.
  mutating func claimAndIntend(_ batch: LedgerBatch) throws(LedgerError) {
    var barred: Set<Int> = []
    var fresh: [PartyClaim] = []
    let claims = inOrder(batch.partyClaims)
    // Asked of all first: each look is at another place in memory, and so they are waited for together.
    let areNew = claims.map { ledger.partyClaims.isNew($0.key) }
    for (claim, wasNew) in zip(claims, areNew) where !barred.contains(claim.record) {
      switch try take(claim, mayBeNew: wasNew) {
      case .taken: fresh.append(claim)
      case .held: break
      case .refused(let state):
        refused.append(RefusedClaim(record: claim.record, reason: .party(claim.key, state)))
        barred.insert(claim.record)
        try giveBack(fresh, of: claim.record)
      }
    }
    for intent in inOrder(batch.intents) where !barred.contains(intent.record) {
      if let reason = try refusal(of: intent) {
        refused.append(RefusedClaim(record: intent.record, reason: reason))
        try giveBack(fresh, of: intent.record)
      } else {
        try keepSum(intent)
        try write(intent, carrying: try ledger.partyClaims.keep(of: address(intent.record)))
      }
    }
  }

  /// Claims of a shared ledger in the order of the parties: so two processes don't wait for each other's.
  private func inOrder(_ claims: [PartyClaim]) -> [PartyClaim] {
    guard ledger.isShared else { return claims }
    return claims.sorted { ($0.key.kind.code, $0.key.reference) < ($1.key.kind.code, $1.key.reference) }
  }

  /// Intents of a shared ledger in the order of the bills, for the same reason; those of one row as they come.
  private func inOrder(_ intents: [RowIntent]) -> [RowIntent] {
    guard ledger.isShared else { return intents }
    var first: [Int: String] = [:]
    for intent in intents { first[intent.record] = min(first[intent.record] ?? intent.reference, intent.reference) }
    let placed = intents.enumerated().map { (first[$1.record] ?? $1.reference, $1.record, $0) }
    return placed.sorted { $0 < $1 }.map { intents[$0.2] }
  }

  private enum Taking {
    case taken, held
    case refused(PartyState)
  }

  private func take(_ claim: PartyClaim, mayBeNew: Bool) throws(LedgerError) -> Taking {
    if mayBeNew, ledger.partyClaims.isNew(claim.key) {
      try ledger.partyClaims.addNew(claim.key, for: address(claim.record))
      return .taken
    }
    if let holder = try ledger.partyClaims.holder(of: claim.key) {
      return holder == address(claim.record) ? .held : .refused(.claimed(by: holder))
    }
    for _ in 0..<Self.mostRaces {
      if try ledger.partyClaims.add(claim.key, for: address(claim.record)) { return .taken }
      if let state = try ledger.party(claim.key) { return .refused(state) }
      if let party = try ledger.keptParty(claim.key), !party.hasID { try forget(party) }
    }
    throw ledger.unreadable("a party")
  }

  /// Takes out a party that is known by what can't be its id, unless somebody has learned a better one since.
  private func forget(_ party: KnownParty) throws(LedgerError) {
    claims.forgetParty.bind(1, party.key.kind.code)
    claims.forgetParty.bind(2, party.key.reference)
    claims.forgetParty.bind(3, party.id)
    try claims.forgetParty.run()
  }

  /// Claims what an intent is about; what stands against it, or `nil` where the row has the claim.
  private func refusal(of intent: RowIntent) throws(LedgerError) -> RefusedClaim.Reason? {
    switch intent.claim {
    case .newBill: return try refusal(of: intent.reference, for: intent.record)
    case .change(let object, _, _):
      if let reason = try refusal(of: intent, changing: object) { return reason }
      if try isOutdated(intent) {
        try close(intent, isAccepted: false)
        return .change(reference: intent.reference, by: address(intent.record))
      }
      return try refusalOfSuccessor(intent)
    }
  }

  /// Claims the bill that is to follow; what stands against it, and then the change isn't claimed either.
  private func refusalOfSuccessor(_ intent: RowIntent) throws(LedgerError) -> RefusedClaim.Reason? {
    guard let successor = intent.successor, let reason = try refusal(of: successor, for: intent.record) else {
      return nil
    }
    // It is the row's own, from when it was settled.
    if case .bill(_, .settled(_, by: address(intent.record), _)) = reason { return nil }
    try close(intent, isAccepted: false)
    return reason
  }

  private func refusal(of bill: String, for record: Int) throws(LedgerError) -> RefusedClaim.Reason? {
    guard let state = try billState(of: bill, record) else { return nil }
    return .bill(reference: bill, state)
  }

  /// Claims a bill's reference for a row; who has it, or `nil` where the row has the claim.
  private func billState(of reference: String, _ record: Int) throws(LedgerError) -> BillState? {
    for _ in 0..<Self.mostRaces {
      try claim(bill: reference, for: record)
      if ledger.database.changedRows == 1 { return nil }
      if let state = try ledger.bill(reference) { return state == .claimed(by: address(record)) ? nil : state }
    }
    throw ledger.unreadable("a bill's claim")
  }

  /// How often somebody else may claim what this one wants, and give it up before this one has looked.
  private static let mostRaces = 5

  private func giveBack(_ claims: [PartyClaim], of record: Int) throws(LedgerError) {
    for claim in claims where claim.record == record { try release(claim) }
  }

  private mutating func write(_ intent: RowIntent, carrying parties: CarriedParties) throws(LedgerError) {
    bind(intent, parties, to: rows.insertIntent)
    try rows.insertIntent.run()
    if ledger.database.changedRows == 1 { return count(from: nil, to: .intended) }
    guard let row = try held(intent.record) else { throw ledger.unreadable("a row") }
    var written = intent
    switch row.state {
    case .intended(let old, let unknown):
      count(from: unknown ? .unknown : .intended, to: .intended)
      written = try continued(old, by: intent)
      try release(old, before: intent)
    case .settled(let settlement):
      guard intent.epoch > settlement.epoch else {
        throw .contradiction(address(intent.record), "epoch \(settlement.epoch) ended, and is intended again")
      }
      if let code = RowCode(settlement.outcome) { count(from: code, to: .intended) }
    case .unsent(let nextEpoch, _):
      guard intent.epoch >= nextEpoch else {
        throw .contradiction(address(intent.record), "intended under an epoch before \(nextEpoch)")
      }
      count(from: .unsent, to: .intended)
    }
    bind(written, parties, to: rows.replaceIntent)
    try rows.replaceIntent.run()
  }

  /// What a row that does several things one after the other claimed for the one before. A bill that it raised stays.
  private func release(_ old: RowIntent, before new: RowIntent) throws(LedgerError) {
    guard old.claim.changed == new.claim.changed else { return try close(old, isAccepted: true) }
    // The bill that it was to change is changed by somebody else, and the row has gone on to the one in its place.
    if let other = old.otherBill, other != new.otherBill { try close(old.claim, old.record, other, isAccepted: false) }
  }

  /// An unresolved intent sent again keeps its first send; only under a later epoch may it be another.
  private func continued(_ old: RowIntent, by new: RowIntent) throws(LedgerError) -> RowIntent {
    if new.epoch > old.epoch { return new }
    guard new.epoch == old.epoch, new.bodyDigest == old.bodyDigest, new.form == old.form else {
      throw .contradiction(address(new.record), "an unresolved intent would be replaced by another")
    }
    var kept = new
    kept.firstSentAt = min(old.firstSentAt, new.firstSentAt)
    return kept
  }

  private func bind(_ intent: RowIntent, _ parties: CarriedParties, to statement: Statement) {
    statement.bind(1, fileRun.value)
    statement.bind(2, intent.record)
    statement.bind(3, intent.epoch)
    statement.bind(4, intent.attempts)
    statement.bind(5, intent.reference)
    statement.bind(6, FormCode(intent.form).rawValue)
    statement.bind(7, intent.form.partyID)
    statement.bind(8, intent.bodyDigest)
    statement.bind(9, intent.serializerVersion)
    statement.bind(10, intent.firstSentAt.milliseconds)
    statement.bind(11, intent.doubt?.since.milliseconds)
    statement.bind(12, intent.doubt?.sinceByServer?.milliseconds)
    statement.bind(13, intent.content)
    statement.bind(14, ClaimCode(intent.claim)?.rawValue)
    statement.bind(15, intent.successor)
    statement.bind(16, intent.raised?.rawValue)
    statement.bind(17, intent.terms?.text)
    statement.bind(18, parties.customer)
    statement.bind(19, parties.account)
  }
}
