import BillIntake
import BillLedger
import BillModel

/// A walk over the rows that stand in a file, before any is sent: what they add up to, and what the ledger knows of
/// them. Asks the API nothing. A file that a ledger which knows nothing meets isn't read again where its check says all.
///
/// What the ledger doesn't know may be at the API all the same. So the share of new customers is of those that no file
/// of this ledger met, and the share of bills that will end as `unchanged` of those that the ledger has seen accepted.
struct FileSurvey {
  private let ledger: Ledger
  private let fileRun: FileRunID
  private(set) var figures = FileFigures()
  /// The customer of the row before, and whether it is new: rows of one customer stand together.
  private var last: (reference: String, isNew: Bool)?

  init(_ ledger: Ledger, _ fileRun: FileRunID) {
    self.ledger = ledger
    self.fileRun = fileRun
  }

  /// Reads the file; `false` where it was told to end before.
  mutating func run(
    _ intake: Intake, _ check: FileCheck, isCancelled: () -> Bool
  ) throws(RunFault) -> Bool {
    if ledger.knowsNothing, let known = check.figuresWhereNothingIsKnown {
      figures = known
      return !isCancelled()
    }
    let ahead = intake.rowsAhead(check)
    while !isCancelled() {
      let rows: [IntakeRow]
      do throws(IntakeError) { rows = try ahead.next().rows } catch { throw .intake(error) }
      if rows.isEmpty { return true }
      do throws(LedgerError) {
        try ledger.reading { () throws(LedgerError) in
          for case .operation(_, _, let operation) in rows { try note(operation) }
        }
      } catch { throw .ledger(error) }
    }
    return false
  }

  private mutating func note(_ operation: BillOperation) throws(LedgerError) {
    figures.rows += 1
    if let (amount, currency) = operation.money {
      var money = figures.money[currency] ?? FileFigures.Money()
      money.total += amount
      money.largest = max(money.largest, amount)
      figures.money[currency] = money
    }
    guard let bill = operation.bill else { return }
    if let customer = bill.party.customerReference, try isNew(customer) { figures.newCustomerRows += 1 }
    if case .settled(_, let holder, _)? = try ledger.bill(bill.reference), holder.fileRun != fileRun {
      figures.knownBillRows += 1
    }
  }

  private mutating func isNew(_ customer: String) throws(LedgerError) -> Bool {
    if let last, last.reference == customer { return last.isNew }
    var isNew = true
    if case .known? = try ledger.party(PartyKey(.customer, customer)) { isNew = false }
    last = (customer, isNew)
    return isNew
  }
}

extension BillParty {
  /// The reference of the customer that the row describes; `nil` where it names a party by its id, which exists.
  fileprivate var customerReference: String? {
    switch self {
    case .customer(let customer): customer.reference
    case .account(let account): account.customer.reference
    case .customerID, .accountID: nil
    }
  }
}
