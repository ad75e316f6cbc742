/// A party whose attributes at the API are not those that a row gives, and what was done about it. One a party in a
/// file run: of the first row that showed it.
package struct PartyDifference: Hashable, Sendable {
  /// What was done about it.
  package enum State: Int64, CaseIterable, Sendable {
    /// Nothing: nobody asked for it, or it can't be done now.
    case left = 0
    /// It is being compared, or a PATCH is under way, or its fate is not known yet.
    case changing = 1
    /// The API has the row's values now.
    case changed = 2
    /// The API said no, or had other values again afterwards.
    case refused = 3
  }

  /// Record number in its file, from 1.
  package var record: Int
  package var party: PartyKey
  /// The attributes that differ, by their names at the API: `name`, `metadata.area`. Empty while that isn't known.
  package var fields: [String]
  package var state: State
  /// Why, where it was asked for and not done.
  package var message: String?

  package init(record: Int, party: PartyKey, fields: [String], state: State, message: String? = nil) {
    self.record = record
    self.party = party
    self.fields = fields
    self.state = state
    self.message = message
  }
}
