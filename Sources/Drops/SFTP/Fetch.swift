import DurableFiles
import Synchronization
import Tabular
import Threads
import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A remote file on its way into its staged copy, on a thread of its own.
final class Fetch: Sendable {
  private struct State {
    var fault: DropError?
    var isDone = false
  }

  let copy: StagedFile
  private let state = Mutex(State())
  private let thread = Mutex<BackgroundThread?>(nil)
  private let writing = Mutex<BackgroundThread?>(nil)
  private let connections: Int
  /// Bytes that come before they are made durable.
  private static let bytesAhead: Int64 = 64 << 20
  /// Microseconds between two looks at how far it has come: a block of 4 MiB takes longer over all but the fastest lines.
  private static let pause: UInt32 = 2000

  /// - Parameters:
  ///   - connections: Over how many it comes at a time.
  ///   - work: Fetches and checks it, on the thread.
  init?(_ copy: StagedFile, connections: Int, _ work: @escaping @Sendable () throws(DropError) -> Void) {
    (self.copy, self.connections) = (copy, connections)
    let started = BackgroundThread { [self] in
      var fault: DropError?
      do throws(DropError) { try work() } catch { fault = error }
      state.withLock { $0 = State(fault: fault, isDone: true) }
    }
    guard let started else { return nil }
    thread.withLock { $0 = started }
    // Without this thread all of it is made durable at the end.
    if copy.size > Self.bytesAhead { writing.withLock { $0 = BackgroundThread { [self] in makeDurable() } } }
  }

  /// Makes durable what comes, while more of it comes, and the end of it beside the last look at the server.
  private func makeDurable() {
    var durable: Int64 = 0
    while durable < copy.size, state.withLock({ !$0.isDone }) {
      let arrived = copy.arrivedBytes
      if arrived < min(copy.size, durable + Self.bytesAhead) {
        usleep(20_000)
      } else {
        copy.makeDurable()
        durable = arrived
      }
    }
  }

  /// Waits for its end; what went wrong.
  func end() -> DropError? {
    thread.withLock { $0?.join() }
    writing.withLock { $0?.join() }
    return state.withLock { $0.fault }
  }

  /// The copy as something that can be read while it comes.
  var arriving: ArrivingFile {
    ArrivingFile(
      path: copy.path, size: copy.size, writers: connections,
      wait: { [self] (offset) throws(InputError) in try wait(offset) },
      end: { [self] () throws(InputError) in while try !isDone(copy.size) { usleep(Self.pause) } })
  }

  private func wait(_ offset: Int64) throws(InputError) -> Int64 {
    while try !isDone(offset) {
      let front = copy.front
      if front > offset { return front }
      usleep(Self.pause)
    }
    return copy.size
  }

  /// Whether the file is there and right; throws where it won't be.
  private func isDone(_ offset: Int64) throws(InputError) -> Bool {
    let (fault, isDone) = state.withLock { ($0.fault, $0.isDone) }
    guard fault == nil else { throw .failed(name: copy.path, operation: .read, code: EIO, byteOffset: offset) }
    return isDone
  }
}
