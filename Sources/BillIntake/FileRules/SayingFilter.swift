import CScan

/// Which rows say of their parties what a row before them said, so that it needn't be noted again: most do, in a file with
/// several bills an account.
///
/// Tags of 64 bits stand in lines of the processor's cache; a row costs one look into memory, fetched while those before
/// it are looked for. What is forgotten, for want of room, is only noted once more. Where next to nothing comes again,
/// nothing is looked for any more.
///
/// A class, so that its owners can be plain structs. It has one owner.
final class SayingFilter: @unchecked Sendable {
  /// How many sayings pass before any is kept: small files need no filter.
  static let leastSayings = 1 << 14
  /// What the filter takes at first, and at most: in steps of four times as much.
  private static let leastBytes = MemoryLayout<cscan_tags>.stride << Int(CSCAN_LINE_BITS)
  private static let mostBytes = leastBytes << 2
  /// Where fewer than one saying in so many had come before, the filter isn't worth its while.
  private static let leastRepeated = 16

  private let limit: Int
  private var lines: Slab?
  private var spread: UInt32 = 0
  /// How many sayings passed, and how many of them were put into the lines.
  private var passed = 0
  private var kept = 0
  private var isOff: Bool
  private let places = PlainList<UInt32>()

  /// - Parameter limit: Most bytes in memory.
  init(limit: Int) {
    self.limit = min(limit, Self.mostBytes)
    isOff = limit < Self.leastBytes
  }

  deinit { lines?.giveBack() }

  /// What is kept in memory.
  var bytes: Int { lines?.byteCount ?? 0 }

  /// Calls `body` with each saying that is new, and perhaps with some that aren't.
  ///
  /// - Parameter relay: What is digested meanwhile, where nobody else goes on with it.
  @inline(__always)
  func forEachNew(
    _ sayings: UnsafeBufferPointer<FactLists.Saying>, digesting relay: DigestRelay? = nil,
    _ body: (FactLists.Saying) -> Void
  ) {
    guard let places = places(ofNew: sayings, relay) else { return sayings.forEach(body) }
    for place in places { body(sayings[Int(place)]) }
  }

  /// The places of new ones; `nil` where all are to be taken for new.
  private func places(
    ofNew sayings: UnsafeBufferPointer<FactLists.Saying>, _ relay: DigestRelay?
  ) -> UnsafeBufferPointer<UInt32>? {
    guard !isOff, let first = sayings.baseAddress else { return nil }
    passed += sayings.count
    guard lines != nil || passed > Self.leastSayings else { return nil }
    let lines = memory()
    let digest = relay?.take()
    places.removeAll()
    places.append(atMost: sayings.count) {
      let first = UnsafeRawPointer(first).assumingMemoryBound(to: cscan_saying.self)
      return cscan_new_sayings(lines, spread, first, sayings.count, $0, digest)
    }
    if digest != nil { relay?.giveBack() }
    kept += places.count
    if kept > bytes / MemoryLayout<UInt64>.stride / 8 * 7 { makeRoom() }
    return places.view
  }

  private func memory() -> UnsafeMutablePointer<cscan_tags> {
    if let lines { return lines.base.assumingMemoryBound(to: cscan_tags.self) }
    // A line is read before it is written: page by page each would be given twice, and taken from all processors between.
    let slab = Slab(byteCount: Self.leastBytes, isWholeSoon: true)
    lines = slab
    return slab.base.bindMemory(to: cscan_tags.self, capacity: slab.byteCount / MemoryLayout<cscan_tags>.stride)
  }

  /// The lines are nearly full: there will be four times as many, or none, or they go on forgetting.
  @inline(never)
  private func makeRoom() {
    guard let old = lines else { return }
    if passed - kept < passed / Self.leastRepeated {
      isOff = true
      lines = nil
    } else if old.byteCount * 4 <= limit {
      let larger = Slab(byteCount: old.byteCount * 4, isWholeSoon: true)
      cscan_spread_tags(
        old.base.assumingMemoryBound(to: cscan_tags.self), spread,
        larger.base.bindMemory(to: cscan_tags.self, capacity: larger.byteCount / MemoryLayout<cscan_tags>.stride))
      spread += 2
      lines = larger
    } else {
      (passed, kept) = (0, 0)
      return
    }
    old.giveBack()
  }
}
