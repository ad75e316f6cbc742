import CScan
import Hashing
import SeededRandoms
import Synchronization
import Testing
import Threads

@testable import BillIntake

@Suite struct DigestRelayTests {
  private static func bytes(_ count: Int, _ random: inout SeededRandom) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
  }

  private static func blocks(_ random: inout SeededRandom) -> [[UInt8]] {
    let whole = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      bytes(64 * Int.random(in: 0...400, using: &random), &random)
    }
    return whole + [bytes(Int.random(in: 0...200, using: &random), &random)]
  }

  private static func goOn(_ digest: UnsafeMutablePointer<cscan_digest>, _ steps: Int) {
    for _ in 0..<steps { cscan_digest_block(digest) }
  }

  @Test(arguments: [1, 3])
  func `however the turns fall, the digest is that of all bytes`(threads: Int) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let blocks = Self.blocks(&random)
      let digested = Mutex(0)
      let relay = DigestRelay(slots: blocks.count) { digested.withLock { $0 += 1 } }
      // Bytes that stay where they are.
      let memory = blocks.map { block in
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: block.count, alignment: 1)
        copy.copyBytes(from: block)
        return copy
      }
      for (index, bytes) in memory.enumerated() { relay.settle(index, UnsafeRawBufferPointer(bytes)) }
      WorkerThreads.run(threads - 1) {
        for turn in 0..<2000 {
          guard let digest = relay.take() else { continue }
          Self.goOn(digest, turn % 5)
          relay.giveBack()
        }
      } own: {
        for block in blocks.indices {
          for turn in 0..<20 {
            guard let digest = relay.take() else { continue }
            Self.goOn(digest, turn % 3)
            relay.giveBack()
          }
          relay.finish(block)
        }
      }
      let hasher = SHA256Hasher()
      for block in blocks { hasher.update(block) }
      var digester = relay.digester
      #expect(digester.finish() == hasher.finish(), "seed \(seed)")
      #expect(digested.withLock { $0 } == blocks.count, "seed \(seed)")
      for bytes in memory { bytes.deallocate() }
    }
  }

  @Test func `bytes that may move are gone through by whoever moves them, until they are settled`() {
    guard cscan_digest_is_possible() == 1 else { return }
    var random = SeededRandom(seed: 1)
    let relay = DigestRelay(slots: 2) {}
    let all = Self.bytes(64 * 10, &random)
    for step in 0..<3 {
      // A copy elsewhere each time.
      let moved = all + [UInt8(step)]
      moved.withUnsafeBytes { moved in
        let bytes = UnsafeRawBufferPointer(rebasing: moved.dropLast())
        #expect(relay.take() == nil)
        #expect(relay.take(own: 1, at: bytes) == nil)
        guard let digest = relay.take(own: 0, at: bytes) else { return #expect(Bool(false), "no turn") }
        #expect(relay.take(own: 0, at: bytes) == nil)
        Self.goOn(digest, 2)
        relay.giveBack()
      }
    }
    all.withUnsafeBytes { bytes in
      relay.settle(0, bytes)
      if let digest = relay.take() {
        Self.goOn(digest, 1)
        relay.giveBack()
      }
      relay.finish(0)
    }
    let hasher = SHA256Hasher()
    hasher.update(all)
    var digester = relay.digester
    #expect(digester.finish() == hasher.finish())
  }
}
