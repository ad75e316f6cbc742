/// The rules of one field, compiled into checks on raw bytes. Allocates nothing on a check.
package struct CompiledField: Sendable {
  /// The field path as asked for: `amount_due`, `account.customer.email`, `metadata.period`.
  package let path: String
  /// What the schema says of it.
  package let rule: FieldRule

  /// The first rule that a text breaks, or `nil` where it keeps them all.
  ///
  /// - Parameter text: Valid UTF-8, as read; an empty cell is an absent value and isn't asked about.
  package func check(_ text: UnsafeBufferPointer<UInt8>) -> FieldFault? {
    nil
  }
}
