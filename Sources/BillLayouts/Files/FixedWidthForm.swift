/// How the records of a fixed-width file stand in it, as a layout states it.
package struct FixedWidthForm: Hashable, Sendable {
  /// What places count.
  package enum Unit: String, Hashable, Sendable { case characters, bytes }

  /// Exact length of every record without its line end; `nil` where records may end early.
  package var recordLength: Int?
  package var hasLineEnds = true
  /// Whether each record says in a word before it how long it is (`RecordDescriptor`); it has no line end then.
  package var hasDescriptors = false
  package var unit = Unit.characters

  package init() {}
}
