/// What lies where files arrive.
package struct DropListing: Sendable {
  /// Files that may be taken, and what lies beside them (`NAME.done`, `NAME.sha256`), in the order of their names.
  package var entries: [DropEntry] = []
  /// What is never taken and isn't passed over in silence: the name as it can be shown, and why.
  package var odd: [(name: String, reason: OddName)] = []

  package init() {}
}
