/// The rules of one field, compiled into checks on raw bytes. Allocates nothing on a check.
package struct CompiledField: Sendable {
  let program: FieldProgram

  /// The field path as asked for: `amount_due`, `account.customer.email`, `metadata.period`.
  package var path: String { program.path }

  /// What the schema says of it.
  package var rule: FieldRule { program.rule }

  /// The first rule that a text breaks, or `nil` where it keeps them all. The order: type and range, length, pattern,
  /// format, choices, exclusions.
  ///
  /// - Parameter text: Valid UTF-8, as read; an empty cell is an absent value and isn't asked about.
  package func check(_ text: UnsafeBufferPointer<UInt8>) -> FieldFault? { program.fault(in: text) }

  /// As above, for a text that is at hand as a string.
  package func check(_ text: String) -> FieldFault? {
    var text = text
    return text.withUTF8 { program.fault(in: $0) }
  }
}
