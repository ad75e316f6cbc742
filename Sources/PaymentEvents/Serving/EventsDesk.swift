import BillLedger
import Dispatch
import HTTPServing
import Synchronization

/// The thread that makes events durable: takes all that wait, writes them in one transaction, then answers each.
final class EventsDesk: Sendable {
  private struct State {
    var waiting: [(event: ReceivedEvent, reply: PendingReply)] = []
    var counts = EventCounts()
    var stopping = false
    /// When a batch couldn't be kept, where none was kept since.
    var failedAt: ContinuousClock.Instant?
  }

  /// How long a batch that couldn't be kept counts: where nothing comes meanwhile, nobody knows whether it would be kept.
  private static let failureCounts = Duration.seconds(60)

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let mostWaiting: Int
  private let tell: @Sendable (EventsIncident) -> Void

  /// Opens the store on the thread that is to write, and begins. Throws what the opening throws.
  init(
    _ makeStore: @escaping @Sendable () throws(LedgerError) -> EventStore, mostWaiting: Int,
    _ tell: @escaping @Sendable (EventsIncident) -> Void
  ) throws(LedgerError) {
    self.mostWaiting = mostWaiting
    self.tell = tell
    let opened = DispatchSemaphore(value: 0)
    let fault = Mutex<LedgerError?>(nil)
    DispatchQueue(label: "events").async {
      do throws(LedgerError) {
        let store = try makeStore()
        opened.signal()
        self.run(store)
      } catch {
        fault.withLock { $0 = error }
        opened.signal()
      }
    }
    opened.wait()
    if let error = fault.withLock({ $0 }) { throw error }
  }

  var counts: EventCounts { state.withLock { $0.counts } }

  /// Whether the last events couldn't be kept, a moment ago.
  var isFailing: Bool {
    state.withLock { state in state.failedAt.map { .now - $0 < Self.failureCounts } ?? false }
  }

  /// Takes an event on; its answer comes when it is durable. `nil` where too many wait.
  func take(_ event: ReceivedEvent) -> PendingReply? {
    let reply = PendingReply()
    let isTaken = state.withLock { state in
      if state.stopping || state.waiting.count >= mostWaiting { return false }
      state.waiting.append((event, reply))
      return true
    }
    guard isTaken else { return nil }
    news.signal()
    return reply
  }

  func note(_ refusal: WebhookRefusal) { state.withLock { $0.counts.refused[refusal, default: 0] += 1 } }

  func note(throttled count: Int) { state.withLock { $0.counts.throttled += count } }

  /// Takes nothing more, and returns when all that waits is answered.
  func stop() {
    state.withLock { $0.stopping = true }
    news.signal()
    ended.wait()
  }

  private func run(_ store: EventStore) {
    var isFailing = false
    while true {
      news.wait()
      let (batch, stopping) = state.withLock { state in
        defer { state.waiting = [] }
        return (state.waiting, state.stopping)
      }
      if !batch.isEmpty { keep(batch, in: store, &isFailing) }
      if stopping { break }
    }
    ended.signal()
  }

  private func keep(
    _ batch: [(event: ReceivedEvent, reply: PendingReply)], in store: EventStore, _ isFailing: inout Bool
  ) {
    do throws(LedgerError) {
      let standings = try store.add(batch.map(\.event))
      state.withLock { state in
        state.failedAt = nil
        for standing in standings {
          switch standing {
          case .new: state.counts.new += 1
          case .duplicate: state.counts.duplicates += 1
          }
        }
      }
      for (_, reply) in batch { reply.settle(HTTPAnswer(status: 204)) }
      if isFailing { tell(.keptAgain) }
      isFailing = false
    } catch {
      state.withLock { state in
        state.counts.failed += batch.count
        state.failedAt = .now
      }
      if !isFailing { tell(.notKept(count: batch.count, error)) }
      isFailing = true
      for (_, reply) in batch { reply.settle(HTTPAnswer(status: 503, headers: [("Retry-After", "5")])) }
    }
  }
}
