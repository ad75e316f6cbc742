/// Something that may be forgotten.
package struct Forgettable: Hashable, Sendable {
  package enum Kind: String, Sendable {
    /// A file's report: all of it but its receipt.
    case report
    /// A file that lies in a drop's archive, or among those that were rejected as a whole.
    case archived
    /// A report that was put where the sender looks for it.
    case delivered
    /// Words of the API's in a ledger.
    case texts
  }

  package var kind: Kind
  /// A folder, a file, or the ledger.
  package var path: String
  /// Why, in a few words: `of 2026-01-31`.
  package var detail: String
}
