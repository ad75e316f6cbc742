import BillLedger

/// Something that may be forgotten.
package struct Forgettable: Hashable, Sendable {
  package enum Kind: String, Sendable {
    /// A file's report: what billdrop wrote of it, but its receipt.
    case report
    /// A file that lies in a drop's archive, or among those that were rejected as a whole.
    case archived
    /// A report that was put where the sender looks for it.
    case delivered
    /// A copy on this machine of a file from a server.
    case staged
    /// Words of the API's in a ledger.
    case texts
    /// What payment events hold beside what was paid, towards what, and when.
    case events
  }

  package var kind: Kind
  /// A folder, a file, the ledger, or its events.
  package var path: String
  /// Why, in a few words: `of 2026-01-31`.
  package var detail: String
  /// Of a report, the files that go.
  var parts: [String] = []
  /// Of texts, whose.
  var texts: ForgettableTexts?
  /// Of events, the ledger that they lie beside.
  var ledger: String?

  init(kind: Kind, path: String, detail: String) {
    self.kind = kind
    self.path = path
    self.detail = detail
  }
}
