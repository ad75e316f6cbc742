import Tabular

/// Whether files that have arrived are whole. Remembers what checksums said, so that a file is digested again only where
/// it or its checksum file has changed.
package final class ArrivalJudge {
  /// What is known of an arrived file.
  package enum Judgement: Hashable, Sendable {
    case whole(companion: String?)
    /// It may still be coming.
    case waiting
    /// Its checksum file says that it is another, and one of them may still be coming: after so many seconds it is told.
    case doubtful(seconds: Double)
    /// It lies still, and its checksum file says that it is another.
    case mismatch(companion: String)
  }

  private struct Verified {
    var file: DropEntry.Stamp
    var companion: DropEntry.Stamp
    var matches: Bool
  }

  /// Over how many seconds a file must lie still before its checksum's mismatch is told.
  private static let patience = 10.0

  /// Bytes of the largest checksum file that is read.
  private static let mostOfChecksum: Int64 = 1 << 18

  private let drop: any Drop
  private let isCancelled: () -> Bool
  private var watch = ArrivalWatch()
  private var entries: [String: DropEntry] = [:]
  private var verified: [String: Verified] = [:]

  /// - Parameter isCancelled: Asked now and then while a file is digested; where it says yes, `InputError.cancelled` is thrown.
  package init(_ drop: any Drop, isCancelled: @escaping () -> Bool = { false }) {
    (self.drop, self.isCancelled) = (drop, isCancelled)
  }

  /// Takes in a listing, at a time in nanoseconds of a clock that never jumps.
  package func look(_ listing: DropListing, at now: UInt64) {
    watch.look(listing.entries, at: now)
    entries = Dictionary(listing.entries.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    verified = verified.filter { entries[$0.key] != nil }
  }

  /// Whether a file is still being written to, as far as two looks tell.
  package func grows(_ entry: DropEntry, at now: UInt64) -> Bool { !watch.isUnchanged(entry, forSeconds: 0.5, at: now) }

  package func judge(
    _ entry: DropEntry, by rule: Completeness, at now: UInt64
  ) throws(DropError) -> Judgement {
    switch rule {
    case .unchanged(let seconds):
      return watch.isUnchanged(entry, forSeconds: seconds, at: now) ? .whole(companion: nil) : .waiting
    case .doneFile(let endings):
      return companion(of: entry, endings).map { .whole(companion: $0.name) } ?? .waiting
    case .checksum(let endings):
      guard let companion = companion(of: entry, endings) else { return .waiting }
      if try matches(entry, companion) { return .whole(companion: companion.name) }
      let isStill =
        watch.isUnchanged(entry, forSeconds: Self.patience, at: now)
        && watch.isUnchanged(companion, forSeconds: Self.patience, at: now)
      return isStill ? .mismatch(companion: companion.name) : .doubtful(seconds: Self.patience)
    }
  }

  private func companion(of entry: DropEntry, _ endings: [String]) -> DropEntry? {
    endings.lazy.compactMap { self.entries[entry.name + $0] }.first
  }

  private func matches(_ entry: DropEntry, _ companion: DropEntry) throws(DropError) -> Bool {
    if let known = verified[entry.name], known.file == entry.stamp, known.companion == companion.stamp {
      return known.matches
    }
    let matches: Bool
    do throws(DropError) {
      matches = companion.stamp.size > Self.mostOfChecksum ? false : try digestMatches(entry.name, companion.name)
    } catch {
      // Gone between the listing and here.
      if case .input(.notFound) = error { return false }
      throw error
    }
    verified[entry.name] = Verified(file: entry.stamp, companion: companion.stamp, matches: matches)
    return matches
  }

  private func digestMatches(_ name: String, _ companion: String) throws(DropError) -> Bool {
    var text: [UInt8] = []
    try drop.read(companion).forEachBlock(isCancelled: isCancelled) { (block) throws(DropError) in
      if text.count < Self.mostOfChecksum { text += block }
    }
    guard let expected = ChecksumFile(String(decoding: text, as: UTF8.self), for: name) else { return false }
    return try FileDigests.hex(expected.kind, of: drop.read(name), isCancelled: isCancelled) == expected.hex
  }
}
