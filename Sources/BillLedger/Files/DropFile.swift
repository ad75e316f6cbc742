package import BillModel
package import Hashing

/// A file that came through a drop, from its claim to its place.
package struct DropFile: Hashable, Sendable {
  /// Its number in the ledger, from 1.
  package var id: Int64
  /// The drop, as the configuration names it.
  package var place: String
  package var feed: String
  /// As it arrived.
  package var name: String
  /// Its date or sequence, in a form that orders like them; `nil` where the feed has no order.
  package var sortKey: String?
  package var byteCount: Int64
  /// When its contents were last changed: nanoseconds since 1970.
  package var modified: Int64
  /// `nil` until it was read whole.
  package var digest: SHA256Digest?
  /// `nil` until there is one.
  package var verdict: Verdict?
  /// What is to be said to the verdict.
  package var reason: String?
  /// The folder of its report on this machine.
  package var report: String?
  /// What it is to be called where it is put, and where that is; `nil` until that was chosen.
  package var target: String?
  package var targetPlace: String?
  package var claimedAt: WallTime
  /// When it was put away, or found to be gone.
  package var endedAt: WallTime?
  /// The verdict that was told last.
  package var told: String?
}
