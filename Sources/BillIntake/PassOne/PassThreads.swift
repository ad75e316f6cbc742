import Synchronization
import Tabular
import Threads

/// The reading of pass one on several threads: what stands where, and who may touch it.
///
/// Each part belongs to the one thread that does its job now, and each block to the one that has it, as `PassSchedule`
/// says: that is what makes it safe to hand this to several threads.
final class PassThreads: @unchecked Sendable {
  private(set) var reading: PassReading
  private(set) var taking: PassTaking
  private let blocks: [PassBlock]
  private let schedule: Monitor<PassSchedule>
  /// The digests of the bytes; whole once all is done.
  let relay: DigestRelay
  /// Where bytes are kept that come only once.
  private let copy: TemporaryFile?
  private let threads: Int
  private let expectedBytes: Int64?
  private let progressSoFar: Mutex<IntakeProgress>
  private let fault = Mutex<IntakeError?>(nil)

  init(_ intake: Intake, _ input: OpenInput, temporaryFolder: String) {
    reading = PassReading(intake, input)
    copy = input.copy
    taking = PassTaking(
      layout: intake.layout, file: input.reading, memory: intake.options.memory, temporaryFolder: temporaryFolder)
    expectedBytes = input.source.expectedBytes
    progressSoFar = Mutex(IntakeProgress(bytes: 0, totalBytes: expectedBytes, records: 0))
    let most = expectedBytes.map { Int($0) / intake.options.blockSize + 1 } ?? intake.options.threads
    // Those at work on its coming need processors too, and together they take the longer.
    threads = min(max(1, intake.options.threads - input.writers), most)
    let slots = threads > 1 ? threads + 6 : 1
    blocks = (0..<slots).map { _ in PassBlock() }
    let schedule = Monitor(PassSchedule(slots: slots))
    self.schedule = schedule
    relay = DigestRelay(slots: slots) { schedule.change { $0.noteDigested() } }
  }

  /// How far the taking has come.
  var progress: IntakeProgress { progressSoFar.withLock { $0 } }

  /// Reads the input to its end, or until `goesOn`, which is asked on this thread after each step, says no.
  ///
  /// - Returns: whether it was read to its end.
  func run(_ goesOn: (IntakeProgress) -> Bool) throws(IntakeError) -> Bool {
    var isStopped = false
    let numbers = Mutex(0)
    WorkerThreads.run(threads - 1) { [self] in
      let number = numbers.withLock { number in
        number += 1
        return number
      }
      while step(number) {}
    } own: {
      while step(0) {
        guard !isStopped, !goesOn(progress) else { continue }
        isStopped = true
        schedule.change { $0.stopReading() }
      }
    }
    if let fault = fault.withLock({ $0 }) { throw fault }
    return !isStopped && goesOn(progress)
  }

  private func block(_ number: Int) -> PassBlock { blocks[schedule.wait { $0.place(of: number) }] }

  /// Does one job on a thread, which has a number; `false` where none will come.
  private func step(_ thread: Int) -> Bool {
    do throws(IntakeError) {
      switch schedule.wait(for: { $0.next(for: thread) }) {
      case .read(let number):
        let block = self.block(number)
        let hasBlock = try reading.next(into: block)
        if hasBlock, !block.mayMove { relay.settle(number, block.batch.freshBytes) }
        schedule.change { $0.finishReading(hasBlock: hasBlock) }
      case .check(let number):
        block(number).check(digesting: relay, as: number)
        schedule.change { $0.finishChecking(number) }
      case .digest(let number):
        relay.finish(number)
        schedule.change { $0.finishDigesting() }
      case .take(let number):
        try take(number)
        schedule.change { $0.finishTaking() }
      case .end: return false
      }
    } catch {
      fault.withLock { $0 = $0 ?? error }
      schedule.change { $0.breakOff() }
    }
    return true
  }

  private func take(_ number: Int) throws(IntakeError) {
    let block = self.block(number)
    try copy?.write(block.batch.freshBytes, at: taking.byteCount)
    try taking.take(block, digesting: relay)
    let now = IntakeProgress(
      bytes: taking.byteCount, totalBytes: expectedBytes, records: taking.recordsRead,
      isRejected: !taking.verdicts.fileFindings.isEmpty)
    progressSoFar.withLock { $0 = now }
  }
}
