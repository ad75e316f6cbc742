import BillModel
import MomentAPI

/// What only some rows come by while they are under way: large, and kept apart from what each row has.
struct RowSights {
  /// Its bill, as the API showed it last.
  var seen: RemoteBill?
  /// In a plan: the customer or account that it is about, as the API showed it.
  var seenParty: KnownParty?
  /// In a plan: bills as it has seen them, by the reference that was asked for, and what it would send by then: changes,
  /// and bills that are created.
  var bills: [String: RemoteBill] = [:]
  var writes = 0
  var creations = 0
  /// Of a row that adds to a sum, what the ledger knows of that, by what the API showed last.
  var history = SumHistory()
  /// The look that it goes by.
  var look = LookAge()
  /// What the API said when it refused the row last.
  var problem: Problem?
  /// Where that was a 404: some parties of others that were there before.
  var otherParties: [PartyKey] = []
}
