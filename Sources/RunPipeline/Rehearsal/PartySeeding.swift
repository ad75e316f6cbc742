import BillLedger
import BillModel
import FileRuns
import SubmitPass

/// Makes parties that one ledger knows in a stand-in for the API, and lets another ledger know them there.
struct PartySeeding {
  let known: Ledger
  let rehearsal: Ledger
  let desk: RehearsalDesk
  private(set) var counts = (customers: 0, accounts: 0)
  private var seen: Set<PartyKey> = []
  /// Customers, each with an account or without.
  private var next: [(customer: String, account: String?)] = []

  init(known: Ledger, rehearsal: Ledger, desk: RehearsalDesk) {
    self.known = known
    self.rehearsal = rehearsal
    self.desk = desk
  }

  /// Takes in a row's parties, as far as they are known.
  mutating func add(_ bill: Bill) throws(LedgerError) {
    switch bill.party {
    case .customer(let customer): try add(customer.reference)
    case .account(let account):
      try add(account.customer.reference)
      let key = PartyKey(.account, account.reference)
      guard seen.insert(key).inserted, case .known(let party) = try known.party(key) else { return }
      counts.accounts += 1
      next.append((party.customerReference ?? account.customer.reference, account.reference))
    case .customerID, .accountID: break
    }
  }

  private mutating func add(_ customer: String) throws(LedgerError) {
    let key = PartyKey(.customer, customer)
    guard seen.insert(key).inserted, case .known = try known.party(key) else { return }
    counts.customers += 1
    next.append((customer, nil))
  }

  /// Makes what was taken in.
  mutating func flush() throws(RunFault) {
    guard !next.isEmpty else { return }
    let ids = try desk.make(next)
    var batch = LedgerBatch()
    for (party, made) in zip(next, ids) {
      batch.parties.append(KnownParty(key: PartyKey(.customer, party.customer), id: made.customer))
      if let reference = party.account, let id = made.account {
        batch.parties.append(
          KnownParty(key: PartyKey(.account, reference), id: id, customerReference: party.customer))
      }
    }
    next.removeAll(keepingCapacity: true)
    do throws(LedgerError) { _ = try rehearsal.commit(batch, fileRun: FileRunID(0), now: .now) } catch {
      throw .ledger(error)
    }
  }
}
