/// Where a value stands in a fixed-width record.
package struct FixedPlace: Hashable, Sendable {
  /// How its bytes are to be read.
  package enum Kind: String, Hashable, Sendable { case text, zoned, packed }
  /// At which end the value stands; the other ends are filled up.
  package enum Alignment: String, Hashable, Sendable { case left, right, both }

  /// From 1, in the layout's unit.
  package var start: Int
  package var length: Int
  package var kind = Kind.text
  /// What fills the value up, as UTF-8; empty where nothing is taken away.
  package var padding: [UInt8] = [UInt8(ascii: " ")]
  package var alignment = Alignment.left

  /// Whether the value reaches to its place's end, so that it is another one where that is missing.
  package var isFilled: Bool { kind != .text || alignment == .right }

  package init(start: Int, length: Int) {
    self.start = start
    self.length = length
  }
}
