package import CScan

/// A digest that somebody else may be going on with as well: whoever goes on with it takes a turn, and gives it back
/// before the bytes that it looks at may move.
package struct DigestTurns {
  /// What to go on with, given where the batch's bytes are; `nil` for nothing.
  package let take: (_ base: UnsafePointer<UInt8>) -> UnsafeMutablePointer<cscan_digest>?
  package let giveBack: () -> Void

  package init(
    take: @escaping (_ base: UnsafePointer<UInt8>) -> UnsafeMutablePointer<cscan_digest>?,
    giveBack: @escaping () -> Void
  ) {
    self.take = take
    self.giveBack = giveBack
  }
}
