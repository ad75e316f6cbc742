package import BillLedger
package import BillModel
import HTTPServing
import Synchronization

/// An HTTP endpoint that takes webhooks: what verifies is durable before it is answered with 204, and what doesn't is
/// answered with 400 and told nothing.
///
/// One thread reads and verifies, another one writes: all that wait together go into one transaction. An answer is given
/// only once its transaction is durable, so that a kill at any instant loses nothing: what wasn't answered comes again.
package final class EventsEndpoint: Sendable {
  private let options: EventsOptions
  private let now: @Sendable () -> WallTime
  private let tell: @Sendable (EventsIncident) -> Void
  private let gate: Mutex<RequestGate>
  private let verifier: Mutex<WebhookVerifier>
  private let desk: EventsDesk
  private let service: Mutex<HTTPService?> = Mutex(nil)
  /// The TCP port that is listened on.
  package let port: UInt16

  /// Listens, and takes events until `stop`.
  ///
  /// - Parameters:
  ///   - makeStore: opens the store, on the thread that writes.
  ///   - now: the wall clock.
  ///   - tell: takes what an operator should hear of; called on threads of the endpoint's.
  package init(
    _ options: EventsOptions, secrets: [WebhookSecret],
    store makeStore: @escaping @Sendable () throws(LedgerError) -> EventStore,
    now: @escaping @Sendable () -> WallTime, tell: @escaping @Sendable (EventsIncident) -> Void
  ) throws(EventsFault) {
    self.options = options
    self.now = now
    self.tell = tell
    gate = Mutex(RequestGate(rate: options.rate))
    verifier = Mutex(WebhookVerifier(secrets))
    do throws(LedgerError) { desk = try EventsDesk(makeStore, mostWaiting: options.mostWaiting, tell) } catch {
      throw .store(error)
    }
    let target = HandlerTarget()
    let started: HTTPService
    do throws(HTTPServiceError) {
      started = try HTTPService(
        HTTPServiceOptions(
          port: options.port, allInterfaces: options.allInterfaces, bodyLimit: WebhookVerifier.longestBody,
          connectionLimit: options.connectionLimit, idleSeconds: 10)
      ) { request in target.reply(to: request) }
    } catch {
      desk.stop()
      throw .service(error)
    }
    port = started.port
    service.withLock { $0 = started }
    target.set(self)
  }

  /// What came so far.
  package var counts: EventCounts { desk.counts }

  /// Takes nothing more, makes durable and answers what is there, and returns when all is done. Further calls do nothing.
  package func stop() {
    guard let service = service.withLock({ $0.take() }) else { return }
    desk.stop()
    service.stop()
  }

  fileprivate func reply(to request: borrowing HTTPRequest) -> HTTPReply {
    if request.path == "/health", request.method == .get {
      return .answer(HTTPAnswer(status: desk.isFailing ? 503 : 200))
    }
    guard request.path == options.path else { return .answer(HTTPAnswer(status: 404)) }
    guard request.method == .post else {
      return .answer(HTTPAnswer(status: 405, headers: [("Allow", "POST")]))
    }
    let time = now()
    guard gate.withLock({ $0.admits(at: time) }) else { return throttled() }
    guard let headers = WebhookHeaders(request.headers) else { return refused(.malformed) }
    do throws(WebhookRefusal) {
      try verifier.withLock { (verifier) throws(WebhookRefusal) in
        try verifier.verify(headers, body: request.body, now: time)
      }
    } catch {
      return refused(error)
    }
    let event = PaymentEvent(body: request.body)
    let received = ReceivedEvent(
      webhookID: headers.id, eventID: event.id, content: event.contentDigest(body: request.body), body: request.body,
      receivedAt: time, source: .webhook)
    guard let reply = desk.take(received) else { return throttled() }
    return .pending(reply)
  }

  private func throttled() -> HTTPReply {
    desk.note(throttled: 1)
    return .answer(HTTPAnswer(status: 429, headers: [("Retry-After", "1")]))
  }

  private func refused(_ refusal: WebhookRefusal) -> HTTPReply {
    desk.note(refusal)
    return .answer(HTTPAnswer(status: 400))
  }
}

/// What the service calls: the endpoint, once it is whole.
private final class HandlerTarget: Sendable {
  private let endpoint = Mutex<WeakEndpoint>(WeakEndpoint())

  func set(_ endpoint: EventsEndpoint) { self.endpoint.withLock { $0.value = endpoint } }

  func reply(to request: borrowing HTTPRequest) -> HTTPReply {
    guard let endpoint = endpoint.withLock({ $0.value }) else { return .answer(HTTPAnswer(status: 503)) }
    return endpoint.reply(to: request)
  }

  private struct WeakEndpoint {
    weak var value: EventsEndpoint?
  }
}
