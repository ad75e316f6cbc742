/// How a bill at the API compares with what a row asks for (rule 12).
package enum BillComparison: Hashable, Sendable {
  /// The same, and nothing was paid on it.
  case same
  /// The same, and paid or part-paid: unchanged, noted.
  case samePaid
  /// Voided: a conflict, whatever else it says.
  case voided
  /// Different: a conflict. The differing fields as API paths, in the order of the API's documentation.
  case differs([String])
  /// Nothing differs so far, but whether the party is the same can't be said before its id is known.
  case partyUnknown
}
