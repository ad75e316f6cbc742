/// Entries in the order in which they come, kept apart by the top bits of their key: written straight through, with no
/// table to grow, and looked through partition by partition, each small enough for the processor's cache.
///
/// Memory is taken in slabs of 1 MiB and cut into chunks. A class, so that its owners can be plain structs. It has one owner;
/// several threads may read it while nobody writes to it.
final class PartitionedLog<Entry: BitwiseCopyable>: @unchecked Sendable {
  private typealias Chunk = UnsafeMutablePointer<Entry>

  /// Where the next entry of a partition goes, and how many still go there.
  private struct Front {
    var next: Chunk?
    var room = 0
  }

  /// How many partitions there are.
  static var partitions: Int { 256 }
  private static var chunkBytes: Int { 8192 }
  private static var slabBytes: Int { 1 << 20 }

  private let entriesInChunk = 8192 / MemoryLayout<Entry>.stride
  private var slabs: [Slab] = []
  /// Of the last slab, so many bytes at its front are not cut into chunks yet.
  private var unusedInSlab = 0
  /// What the entries take in memory.
  private(set) var bytes = 0
  private var free: [Chunk] = []
  private var chunks: [[Chunk]]
  /// What was moved out of memory, before what is in it.
  private var runs: [[SpillFile.Run]]
  private let fronts: UnsafeMutablePointer<Front>

  init() {
    chunks = Array(repeating: [], count: Self.partitions)
    runs = Array(repeating: [], count: Self.partitions)
    fronts = .allocate(capacity: Self.partitions)
    fronts.initialize(repeating: Front(), count: Self.partitions)
  }

  deinit {
    for slab in slabs { slab.giveBack() }
    fronts.deallocate()
  }

  /// The partition of a key.
  @inline(__always)
  static func partition(of key: UInt64) -> Int { Int(key >> 56) }

  /// How many entries a partition has.
  func count(of partition: Int) -> Int {
    let spilled = runs[partition].reduce(0) { $0 + $1.byteCount } / MemoryLayout<Entry>.stride
    return spilled + countInMemory(of: partition)
  }

  /// How many of them are in memory.
  func countInMemory(of partition: Int) -> Int { chunks[partition].count * entriesInChunk - fronts[partition].room }

  /// Adds an entry to a partition; whether that filled a chunk.
  @inline(__always)
  @discardableResult
  func append(_ entry: Entry, to partition: Int) -> Bool {
    let front = fronts + partition
    if front.pointee.room == 0 { open(takeChunk(), in: partition) }
    guard let place = front.pointee.next else { return false }
    place.pointee = entry
    front.pointee.next = place + 1
    front.pointee.room &-= 1
    return front.pointee.room == 0
  }

  /// Moves all entries out of memory.
  func spill(to file: SpillFile) throws(IntakeError) {
    var entries: [Entry] = []
    for partition in 0..<Self.partitions where countInMemory(of: partition) > 0 {
      entries.removeAll(keepingCapacity: true)
      forEachInMemory(partition) { entries.append($0) }
      let run = entries.withUnsafeBytes { bytes in
        Result { () throws(IntakeError) in try file.append(bytes) }
      }
      runs[partition].append(try run.get())
      chunks[partition] = []
      fronts[partition] = Front()
    }
    giveSlabsBack()
  }

  /// Calls `body` with the entries of a partition, in their order.
  ///
  /// - Parameter file: Where entries were moved to.
  @inline(__always)
  func forEach(in partition: Int, _ file: SpillFile, _ body: (Entry) -> Void) throws(IntakeError) {
    for run in runs[partition] { try file.forEach(of: run, as: Entry.self, body) }
    forEachInMemory(partition, body)
  }

  /// The same, with those only that are in memory.
  @inline(__always)
  func forEachInMemory(_ partition: Int, _ body: (Entry) -> Void) {
    forEachChunk(partition) { for place in 0..<$0.count { body($0[place]) } }
  }

  /// The same, many at a time.
  @inline(__always)
  func forEachChunk(_ partition: Int, _ body: (UnsafeBufferPointer<Entry>) -> Void) {
    for (index, chunk) in chunks[partition].enumerated() {
      let isLast = index == chunks[partition].count - 1
      body(UnsafeBufferPointer(start: chunk, count: entriesInChunk - (isLast ? fronts[partition].room : 0)))
    }
  }

  /// Whether none of a partition's entries was moved out of memory.
  func isInMemory(_ partition: Int) -> Bool { runs[partition].isEmpty }

  /// Puts others into the place of a partition's entries in memory, of which there are not fewer.
  func replace(_ partition: Int, with entries: UnsafeBufferPointer<Entry>) {
    let old = chunks[partition]
    var rest = entries[...]
    var kept = 0
    while !rest.isEmpty {
      let part = UnsafeBufferPointer(rebasing: rest.prefix(entriesInChunk))
      old[kept].update(from: part.baseAddress!, count: part.count)
      fronts[partition] = Front(next: old[kept] + part.count, room: entriesInChunk - part.count)
      rest = rest.dropFirst(part.count)
      kept += 1
    }
    free += old[kept...]
    chunks[partition].removeSubrange(kept...)
    if kept == 0 { fronts[partition] = Front() }
  }

  private func giveSlabsBack() {
    for slab in slabs { slab.giveBack() }
    slabs = []
    free = []
    unusedInSlab = 0
    bytes = 0
  }

  /// Forgets everything and gives the memory back.
  func removeAll() {
    giveSlabsBack()
    for partition in 0..<Self.partitions {
      chunks[partition] = []
      runs[partition] = []
      fronts[partition] = Front()
    }
  }

  private func open(_ chunk: Chunk, in partition: Int) {
    chunks[partition].append(chunk)
    fronts[partition] = Front(next: chunk, room: entriesInChunk)
  }

  private func takeChunk() -> Chunk {
    if let chunk = free.popLast() { return chunk }
    if unusedInSlab == 0 { addSlab() }
    unusedInSlab -= Self.chunkBytes
    return (slabs[slabs.count - 1].base + unusedInSlab).bindMemory(to: Entry.self, capacity: entriesInChunk)
  }

  private func addSlab() {
    // With four of them each partition has two chunks: what comes now is used by all alike.
    let slab = Slab(byteCount: Self.slabBytes, isWholeSoon: slabs.count >= 4)
    slabs.append(slab)
    unusedInSlab = slab.byteCount
    bytes += slab.byteCount
  }
}
