package import BillModel
package import BillReports
import MomentAPI

/// What a run in the scope `plan` has found out, row by row: six bytes a row, whatever its size.
package struct Foresight: Sendable {
  /// What says so.
  package enum Basis: String, Sendable {
    case ledger, api
    /// Our rules.
    case rules
  }

  /// Why a row ends as it does.
  package struct Reason: Hashable {
    package var code: FindingCode?
    package var field: String?
    package var message: String?
  }

  /// What a row would send that raises no bill of its own.
  struct Writes {
    var creations: Int
    /// PATCHes and voids.
    var changes: Int
  }

  package private(set) var rows: PlannedRows
  /// Requests that the rows would take: bills that are created, and questions.
  package private(set) var creations = 0
  package private(set) var changes = 0
  /// What is due of the bills that would be voided, and of those that would be voided and raised again: before and after.
  package private(set) var voidedMoney: [CurrencyCode: Int64] = [:]
  package private(set) var correctedMoney: [CurrencyCode: PlanFigures.Correction] = [:]
  package private(set) var questions = 0
  /// Parties that would be created.
  package private(set) var customers = 0
  package private(set) var accounts = 0
  /// Questions that were asked to find all this out.
  package var asked = 0
  /// Rows of which nothing could be found out.
  package private(set) var unasked = 0
  /// Requests of each row, and in the highest bit whether the API was asked.
  private var marks: [UInt8]
  /// Of each row, which of `reasons`.
  private var reasonIndexes: [UInt32]
  private var reasons = [Reason()]
  private var indexes: [Reason: UInt32] = [Reason(): 0]
  /// Why nothing could be found out, of the first such row.
  package private(set) var trouble: String?

  init(recordCount: Int) {
    rows = PlannedRows(recordCount: recordCount)
    marks = [UInt8](repeating: 0, count: recordCount)
    reasonIndexes = [UInt32](repeating: 0, count: recordCount)
  }

  /// Takes in what is foreseen of a record.
  ///
  /// - Parameters:
  ///   - questions: GETs that the row would take when it is submitted by this plan.
  ///   - isAsked: whether the API was asked about it now.
  mutating func note(
    _ record: Int, _ planned: PlannedRow, questions: Int, isAsked: Bool, writes: Writes? = nil,
    reason: Reason = Reason()
  ) {
    rows[record] = planned
    var writes = writes ?? Writes(creations: planned == .refused ? 1 : 0, changes: 0)
    if planned.outcome == .created { writes = Writes(creations: 1, changes: 0) }
    creations += writes.creations
    changes += writes.changes
    self.questions += questions
    marks[record - 1] = UInt8(min(questions + writes.creations + writes.changes, 127)) | (isAsked ? 128 : 0)
    reasonIndexes[record - 1] = index(of: reason)
  }

  /// A bill that would be voided.
  mutating func noteVoided(_ bill: RemoteBill) {
    if let currency = bill.currency { voidedMoney[currency, default: 0] += bill.amountDue ?? 0 }
  }

  /// A bill that would be voided to be raised again.
  mutating func noteCorrected(_ bill: RemoteBill) {
    if let currency = bill.currency { correctedMoney[currency, default: .init()].before += bill.amountDue ?? 0 }
  }

  /// The bill that would be raised in its place.
  mutating func noteRaisedAgain(_ bill: Bill) {
    correctedMoney[bill.currency, default: .init()].after += bill.amountDue
  }

  /// Takes in a record that nothing is asked about and nothing is sent for.
  package mutating func fill(_ record: Int, _ planned: PlannedRow) { rows[record] = planned }

  /// A row that would create these parties.
  mutating func noteMade(_ parties: [PartyKey]) {
    for party in parties {
      switch party.kind {
      case .customer: customers += 1
      case .account: accounts += 1
      }
    }
  }

  /// A row of which nothing could be found out.
  mutating func noteUnasked(_ reason: String) {
    unasked += 1
    trouble = trouble ?? reason
  }

  /// Requests that a record would take.
  package func requests(of record: Int) -> Int { Int(marks[record - 1] & 127) }

  /// What says what becomes of a record.
  package func basis(of record: Int) -> Basis { marks[record - 1] & 128 == 0 ? .ledger : .api }

  package func reason(of record: Int) -> Reason { reasons[Int(reasonIndexes[record - 1])] }

  private mutating func index(of reason: Reason) -> UInt32 {
    if let index = indexes[reason] { return index }
    guard reasons.count < Int(UInt32.max) else { return 0 }
    let index = UInt32(reasons.count)
    reasons.append(reason)
    indexes[reason] = index
    return index
  }
}
