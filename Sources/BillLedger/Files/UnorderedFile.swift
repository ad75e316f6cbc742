package import BillModel
package import Hashing

/// A file of balances of which nothing says whether it is newer than one that was taken before (rule 18).
package struct UnorderedFile: Hashable, Sendable {
  package var file: SHA256Digest
  package var order: FileOrder
  /// The name of the file that it can't be compared with.
  package var other: String
  package var otherPosition: Int64?
}

extension UnorderedFile: CustomStringConvertible {
  /// What isn't known, what it would mean and what to do.
  package var description: String {
    "held: nothing says whether this file (\(file.short)) of the operation \(order.operation.rawValue) is newer than "
      + "\(other), which was taken before: \(reason). An older file's balances must not overwrite a newer one's. Say in "
      + "the layout's \"order\" where the file's date or sequence stands, or --approve \(file.short) if this is the "
      + "newest of all so far"
  }

  private var reason: String {
    order.position == nil ? "this one states no date or sequence" : "that one states no date or sequence"
  }
}
