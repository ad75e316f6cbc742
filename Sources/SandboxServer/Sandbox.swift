package import HTTPServing
package import SchemaRules
import Synchronization

/// A stand-in for the Billing API: its contract over whatever carries requests to it, faults and readings on demand.
///
/// Everything is kept in memory. Requests take effect one after the other, in the order of their arrival (with a
/// latency: of its end).
package final class Sandbox: Sendable {
  let state: Mutex<SandboxState>
  let options: SandboxOptions
  let webhooks: WebhookDesk?
  private let echo = EchoAnswers()

  /// Throws where a schema of the folder `schemas/` can't be compiled.
  package init(_ options: SandboxOptions = SandboxOptions()) throws(SchemaError) {
    self.options = options
    state = Mutex(SandboxState(options, rules: try BillingRules()))
    webhooks = options.webhook.map { WebhookDesk($0, seed: options.seed) }
  }

  /// Ends the delivery of events.
  package func stop() { webhooks?.stop() }

  /// What becomes of a request; the handler of an `HTTPService`.
  package func reply(to request: borrowing HTTPRequest) -> HTTPReply {
    if options.echo, request.method == .post { return echo.reply(to: request) }
    if request.path.hasPrefix("/sandbox/") { return administer(request) }
    let incoming = Incoming(
      method: request.method, path: request.path, key: request.header("Idempotency-Key"),
      authorization: request.header("Authorization"), body: request.body, client: request.header("User-Agent"),
      connection: request.connectionNumber)
    let admission = state.withLock { $0.admit(incoming) }
    if case .postponed(let ticket, let held) = admission { return postpone(ticket, held) }
    if options.latency <= 0 { return conclude(admission) }
    return .after(nanoseconds: UInt64(options.latency * 1e6)) { self.conclude(admission) }
  }

  private func conclude(_ admission: Admission) -> HTTPReply {
    switch admission {
    case .settled(let delivery): reply(delivery)
    case .admitted(let ticket): reply(state.withLock { $0.settle(ticket) })
    case .postponed(let ticket, _): reply(state.withLock { $0.land(ticket) })
    }
  }

  private func postpone(_ ticket: Ticket, _ held: Bool) -> HTTPReply {
    if held { return .after(nanoseconds: stall) { self.conclude(.postponed(ticket, held: held)) } }
    return .dropThen(nanoseconds: stall) { _ = self.conclude(.postponed(ticket, held: held)) }
  }

  private var stall: UInt64 { UInt64(options.stall * 1e6) }

  private func reply(_ delivery: Delivery) -> HTTPReply {
    guard case .answer(let outgoing) = delivery else { return .drop }
    let answer = HTTPAnswer(
      status: Int(outgoing.status),
      headers: [("Content-Type", outgoing.contentType), ("Date", date)] + outgoing.headers,
      body: outgoing.pace == .cut ? .cut(outgoing.body, after: outgoing.body.count / 2) : .bytes(outgoing.body))
    return switch outgoing.pace {
    case .whole, .cut: .answer(answer)
    case .late: .after(nanoseconds: stall) { .answer(answer) }
    case .slowHead: .trickle(answer, .head, nanoseconds: stall)
    case .slowBody: .trickle(answer, .body, nanoseconds: stall)
    }
  }

  /// The time of day by the sandbox's clock, as a header has it.
  var date: String { HTTPDate.text(state.withLock { $0.clock.now }) }
}
