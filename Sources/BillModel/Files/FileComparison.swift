/// What two files of bills have in common, and what not. Bills are told by their reference, parties too.
package struct FileComparison: Hashable, Sendable {
  /// One of the two files.
  package struct Side: Hashable, Sendable {
    package var name: String
    /// SHA-256 in lower-case hexadecimal.
    package var sha256: String
    /// Rows that stand: its bills.
    package var bills: Int
    /// Rows that our rules reject: they are no bills.
    package var rejected: Int
    /// Sums of its bills in minor units.
    package var money: [CurrencyCode: Int64]

    package init(name: String, sha256: String, bills: Int, rejected: Int, money: [CurrencyCode: Int64]) {
      self.name = name
      self.sha256 = sha256
      self.bills = bills
      self.rejected = rejected
      self.money = money
    }
  }

  /// Parties of one kind that only one of the files names.
  package struct Parties: Hashable, Sendable {
    package var new = 0
    package var gone = 0

    package init() {}
  }

  package var old: Side
  package var new: Side
  /// Bills of both files, the same in every field.
  package var same = 0
  /// Bills of both files that differ in a field.
  package var changed = 0
  package var added = 0
  /// Bills of the old file of which the new one has no row.
  package var gone = 0
  /// Bills of the old file whose row in the new one is rejected.
  package var nowRejected = 0
  /// In how many changed bills a field differs, by its path.
  package var changedFields: [String: Int] = [:]
  package var customers = Parties()
  package var accounts = Parties()

  package init(old: Side, new: Side) {
    self.old = old
    self.new = new
  }
}
