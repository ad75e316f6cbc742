import Dispatch
import Synchronization

/// Delivers events until each is acknowledged: signed anew at each attempt, repeated, doubled and shuffled as asked.
final class WebhookDesk: Sendable {
  private struct State {
    var messages: [WebhookMessage] = []
    var due = DueHeap()
    var random: SeededRandom
    var stopping = false
  }

  /// Milliseconds by which the sandbox's clock is ahead of the machine's.
  let clockOffset = Atomic<Int64>(0)

  private let settings: WebhookSettings
  private let state: Mutex<State>
  private let news = DispatchSemaphore(value: 0)
  private let senders = DispatchGroup()

  init(_ settings: WebhookSettings, seed: UInt64) {
    self.settings = settings
    state = Mutex(State(random: SeededRandom(seed: seed)))
    for number in 0..<settings.senders {
      DispatchQueue(label: "webhooks-\(number)").async(group: senders) { self.deliver() }
    }
  }

  /// Takes events on, each under an id of its own.
  func add(_ messages: [WebhookMessage]) {
    state.withLock { state in
      for message in messages {
        state.messages.append(message)
        schedule(state.messages.count - 1, after: 0, &state)
      }
    }
    for _ in 0..<min(messages.count, settings.senders) { news.signal() }
  }

  /// Ends after the attempts that are under way.
  func stop() {
    state.withLock { $0.stopping = true }
    for _ in 0..<settings.senders { news.signal() }
    senders.wait()
  }

  /// What became of each event so far, in the order in which they were taken on.
  var messages: [WebhookMessage] { state.withLock { $0.messages } }

  private func deliver() {
    let signer = WebhookSigner(secret: settings.secret)
    var connection = LoopbackConnection(port: settings.address.port)
    while true {
      switch next() {
      case .stop: return
      case .wait(let time): _ = news.wait(timeout: DispatchTime(uptimeNanoseconds: time))
      case .send(let number, let message):
        let seconds = SandboxClock(offset: clockOffset.load(ordering: .relaxed)).now / 1000
        let status = connection.post(
          settings.address.path,
          headers: [
            ("Content-Type", "application/json"), ("webhook-id", message.id), ("webhook-timestamp", String(seconds)),
            ("webhook-signature", signer.signature(id: message.id, seconds: seconds, body: message.body)),
          ], body: message.body)
        settle(number, isAcknowledged: (200...299).contains(status ?? 0))
      }
    }
  }

  private enum Step {
    case stop
    case wait(until: UInt64)
    case send(Int, WebhookMessage)
  }

  private func next() -> Step {
    state.withLock { state in
      if state.stopping { return .stop }
      let time = SandboxClock.monotonic
      guard let first = state.due.first, first.due <= time else {
        return .wait(until: min(state.due.first?.due ?? .max, time + 1_000_000_000))
      }
      let number = state.due.removeFirst().number
      state.messages[number].attempts += 1
      return .send(number, state.messages[number])
    }
  }

  private func settle(_ number: Int, isAcknowledged: Bool) {
    state.withLock { state in
      guard isAcknowledged else {
        let doublings = min(state.messages[number].attempts - 1, 16)
        return schedule(number, after: min(settings.retry * Double(1 << doublings), 60_000), &state)
      }
      state.messages[number].acknowledgements += 1
      if settings.duplicates > 0, state.random.nextFraction() < settings.duplicates {
        schedule(number, after: 0, &state)
      }
    }
  }

  private func schedule(_ number: Int, after milliseconds: Double, _ state: inout State) {
    let late = settings.jitter > 0 ? state.random.nextFraction() * settings.jitter : 0
    state.due.insert((SandboxClock.monotonic + UInt64((milliseconds + late) * 1e6), number))
  }
}
