package import BillModel

/// Decides, for one row, what is sent, asked and concluded. Pure: an event and the time go in, a step comes out.
///
/// Whoever drives it commits what an effect needs *before* carrying it out (rule 3), and gives back each answer once.
package protocol RowMachine: Sendable {
  /// Record number in its file, from 1.
  var record: Int { get }
  /// What the row asks for.
  var operation: BillOperation { get }
  /// The same as the next request writes it: with what had to be asked first.
  var sent: BillOperation { get }
  var origin: SubmissionOrigin { get }
  /// How the body names the parties that it needs, in this epoch.
  var form: BodyForm { get }
  /// From 1.
  var epoch: Int { get }
  /// Attempts begun under this epoch.
  var attempt: Int { get }
  /// Requests sent for this row, GETs not counted.
  var attempts: Int { get }
  /// What the ledger is to hold for the row with its next intent.
  var stake: RowStake { get }
  /// The money that the row is about, as the ledger keeps it with the next intent; `nil` where it is about none.
  var terms: RowTerms? { get }
  /// Of a row that adds to a sum the place of the addition that its next request builds on, as `IntendedSum.basis`.
  var sumBasis: Int? { get }
  /// The reference of the bill that `getBill` asks for.
  var askedBill: String { get }
  /// A request of an earlier epoch that may have been carried out, or may still be.
  var doubt: SendDoubt? { get }
  /// Until when the request that was decided last may leave under its key, by the wall clock (rule 4); `nil` where it has no
  /// key. Whatever it waits for meanwhile, it doesn't leave later.
  func keyEnds(_ policy: RetryPolicy) -> WallTime?
  /// Whether the request that was decided last does what it does because of what a look has just shown. What it waits for
  /// meanwhile is bounded: it leaves soon, or not at all, and then the row looks again.
  var restsOnLook: Bool { get }
  /// Whether it was given up only until a key that it can't use expires.
  var awaitsKey: Bool { get }
  /// Taking the row back, where it is certain that nothing of it had any effect; `nil` where that isn't certain, or
  /// where nothing was ever sent. For a run that ends before the row does.
  var withdrawal: RowWithdrawal? { get }
  /// Taking the row back instead of sending what was just decided, where an earlier request of it was answered with a
  /// definite no; `nil` where nothing was sent yet, or where a request of it may have landed.
  var withdrawalInsteadOfSending: RowWithdrawal? { get }

  /// Takes in an event and says what follows.
  mutating func handle(_ event: SubmissionEvent, _ context: SubmissionContext) -> SubmissionStep
}

extension RowMachine {
  /// What the row is about; those that do several things one after the other claim more.
  package var stake: RowStake { operation.stake }

  package var terms: RowTerms? { RowTerms(operation) }

  package var sumBasis: Int? { nil }

  package var awaitsKey: Bool { false }

  package var restsOnLook: Bool { false }

  package func keyEnds(_ policy: RetryPolicy) -> WallTime? { nil }

  package var askedBill: String { operation.reference }

  /// Only bills go by a plan that could be strayed from.
  package var withdrawalInsteadOfSending: RowWithdrawal? { nil }
}
