/// One mistake in a layout file.
package struct LayoutMistake: Hashable, Sendable {
  /// Where: a JSON pointer (RFC 6901), such as `/fields/amount_due/steps/0`; empty for the whole.
  package var pointer: String
  /// One sentence: what is wrong.
  package var message: String

  package init(pointer: String, message: String) {
    self.pointer = pointer
    self.message = message
  }
}
