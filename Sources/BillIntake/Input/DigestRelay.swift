import CScan
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The digests of an input's bytes, on which several threads go on by the way: one at a time, and in the bytes' order.
///
/// A thread that looks at rows takes a turn for up to 64 of them, if nobody else has it, and is a few steps further after
/// them. So the digest passes from thread to thread in the middle of a block, and is seldom idle while anybody looks at
/// rows. What has the turn is known to no lock that anybody waits for; a block's bytes are known by its slot, which is
/// written before it is told, and told before anybody has a turn with it.
final class DigestRelay: @unchecked Sendable {
  private let slots: Int
  /// By slot: the bytes of a block that stay where they are until they were digested, and its number, counted from 1.
  private let bytes: UnsafeMutablePointer<UnsafeRawBufferPointer>
  private let settled: UnsafeMutablePointer<Atomic<Int>>
  private let isTaken = Atomic(false)
  private let whenDigested: @Sendable () -> Void

  // Whoever has the turn has these.
  private(set) var digester = StreamDigester()
  private var block = 0
  /// What goes through the block's bytes, and where these are; `nil` before it was begun.
  private var steps: UnsafeMutablePointer<cscan_digest>?
  private var current = UnsafeRawBufferPointer(start: nil, count: 0)
  /// How many of them were gone through.
  private var passed = 0

  /// - Parameters:
  ///   - slots: Of how many blocks in a row something may be known.
  ///   - whenDigested: Told after each block, by whoever was through with it.
  init(slots: Int, whenDigested: @escaping @Sendable () -> Void) {
    self.slots = slots
    self.whenDigested = whenDigested
    bytes = .allocate(capacity: slots)
    bytes.initialize(repeating: UnsafeRawBufferPointer(start: nil, count: 0), count: slots)
    settled = .allocate(capacity: slots)
    for slot in 0..<slots { (settled + slot).initialize(to: Atomic(0)) }
  }

  deinit {
    settled.deinitialize(count: slots).deallocate()
    bytes.deallocate()
  }

  /// From now on a block's bytes stay where they are, until they were digested.
  func settle(_ block: Int, _ bytes: UnsafeRawBufferPointer) {
    self.bytes[block % slots] = bytes
    settled[block % slots].store(block + 1, ordering: .releasing)
  }

  /// Takes a turn: what the caller then goes on with until it gives the turn back. `nil` where somebody else has it, or
  /// there is nothing to go on with by the way.
  ///
  /// - Parameters:
  ///   - own: A block of the caller's that isn't settled; nobody else goes on with it.
  ///   - bytes: Where its bytes are now.
  func take(own: Int = -1, at bytes: UnsafeRawBufferPointer? = nil) -> UnsafeMutablePointer<cscan_digest>? {
    guard !isTaken.load(ordering: .relaxed), !isTaken.exchange(true, ordering: .acquiring) else { return nil }
    if let bytes = own == block ? bytes : settledBytes, begin(bytes) { return steps }
    isTaken.store(false, ordering: .releasing)
    return nil
  }

  /// Gives the turn back.
  func giveBack() {
    passed = current.count - Int(steps?.pointee.blocks ?? 0) * 64
    if passed == current.count { end() }
    isTaken.store(false, ordering: .releasing)
  }

  /// Goes through all that is left of a block that is settled, once nobody else has the turn; nothing where others were
  /// through with it before.
  func finish(_ block: Int) {
    while isTaken.exchange(true, ordering: .acquiring) { sched_yield() }
    if block == self.block, let bytes = settledBytes {
      if steps == nil { digester.update(bytes) } else { _ = begin(bytes) }
      end()
    }
    isTaken.store(false, ordering: .releasing)
  }

  private var settledBytes: UnsafeRawBufferPointer? {
    settled[block % slots].load(ordering: .acquiring) == block + 1 ? bytes[block % slots] : nil
  }

  /// Whether the block's bytes can be gone through by the way.
  private func begin(_ bytes: UnsafeRawBufferPointer) -> Bool {
    steps = steps ?? digester.beginSteps(bytes)
    guard let steps, let start = bytes.baseAddress else { return false }
    current = bytes
    steps.pointee.bytes = (start + passed).assumingMemoryBound(to: UInt8.self)
    return true
  }

  /// Goes through what is left of a block that was begun, and goes on to the next one.
  private func end() {
    if steps != nil { digester.endSteps(current) }
    steps = nil
    passed = 0
    block += 1
    whenDigested()
  }
}
