/// The rules about which members an object has, compiled for the columns of one file: judges a row from the set of
/// columns that hold a value, without building the object.
package struct PresenceRules: Sendable {
  /// Field paths of the file's columns, in their order.
  package let columns: [String]

  /// All that is wrong with a row, in the schema's order.
  ///
  /// - Parameter present: A bit per column: column `i` is bit `i % 64` of word `i / 64`; bits beyond the columns are 0.
  package func check(_ present: [UInt64]) -> [PresenceFault] {
    []
  }
}
