/// How a layout refers to a column: by a name of its own or a heading, or by number.
package enum ColumnReference: Hashable, Sendable {
  case name(String)
  /// From 1.
  case number(Int)
}
