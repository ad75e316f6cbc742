import CMicrohttpd
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What libmicrohttpd's callbacks work on; lives as long as its service.
final class ServiceCore: Sendable {
  let delays: DelayQueue
  private let bodyLimit: Int
  /// TLS is served.
  private let isSecure: Bool
  private let resume: @Sendable (SuspendedConnection) -> Void
  private let handler: @Sendable (borrowing HTTPRequest) -> HTTPReply

  private let waiting = Mutex(WaitingConnections())
  /// So many connections may wait for a request to come whole; of more, the one that waits longest is cut.
  private let mostWaiting: Int

  init(
    _ options: HTTPServiceOptions, bell: Bell, handler: @escaping @Sendable (borrowing HTTPRequest) -> HTTPReply
  ) {
    bodyLimit = options.bodyLimit
    isSecure = options.tls != nil
    mostWaiting = max(1, Int(options.connectionLimit) * 3 / 4)
    self.handler = handler
    resume = {
      MHD_resume_connection($0.pointer)
      bell.ring()
    }
    delays = DelayQueue(resume: resume)
  }

  /// A connection waits for a request. Where so many do that others would soon be kept out, the one that waits longest is
  /// cut: whoever stalls keeps nobody from being heard.
  func wait(for number: UInt64, on socket: Int32) {
    let longest = waiting.withLock { waiting -> Int32? in
      waiting.add(number, socket: socket)
      return waiting.count > mostWaiting ? waiting.removeLongest() : nil
    }
    // The socket is the library's, which closes it.
    if let longest { shutdown(longest, Int32(SHUT_RDWR)) }
  }

  /// Its request is whole, or it ends.
  func stopWaiting(for number: UInt64) { waiting.withLock { $0.remove(number) } }

  /// Bytes of a body beyond the limit that are read, so that its sender gets an answer; who sends more is cut.
  private static let mostThrownAway = 4 << 20

  /// Keeps a piece of the body, as long as it is within the limit.
  func receive(_ piece: UnsafeRawBufferPointer, in exchange: HTTPExchange) -> MHD_Result {
    if case .overflown = exchange.phase { return throwAway(piece, in: exchange) }
    guard case .receiving = exchange.phase else { return .proceed }
    if exchange.body.count + piece.count > bodyLimit {
      exchange.phase = .overflown
      exchange.body = []
      return throwAway(piece, in: exchange)
    }
    exchange.body.append(contentsOf: piece)
    return .proceed
  }

  private func throwAway(_ piece: UnsafeRawBufferPointer, in exchange: HTTPExchange) -> MHD_Result {
    exchange.thrownAway += piece.count
    return exchange.thrownAway > max(Self.mostThrownAway, 4 * bodyLimit) ? .close : .proceed
  }

  /// The request is whole, or its delay is over.
  func proceed(_ exchange: HTTPExchange, _ connection: OpaquePointer, method: String, path: String) -> MHD_Result {
    switch exchange.phase {
    case .receiving:
      stopWaiting(for: billdrop_mhd_connection_number(connection))
      let request = HTTPRequest(
        connection: connection, method: HTTPMethod(rawValue: method) ?? .other, path: path, body: exchange.body)
      exchange.body = []
      return act(on: handler(request), exchange, connection)
    case .overflown:
      return act(on: .answer(HTTPAnswer(status: 413)), exchange, connection)
    case .waiting(let next):
      exchange.phase = .done
      return act(on: next(), exchange, connection)
    case .trickling(let rest):
      exchange.phase = .done
      return trickle(rest, exchange, connection)
    case .done:
      return .close
    }
  }

  private func act(on reply: HTTPReply, _ exchange: HTTPExchange, _ connection: OpaquePointer) -> MHD_Result {
    exchange.phase = .done
    switch reply {
    case .answer(let answer):
      return queue(answer, on: connection)
    case .drop:
      return .close
    case .dropThen(let nanoseconds, let effect):
      delays.add(.effect(effect), after: nanoseconds)
      return .close
    case .after(let nanoseconds, let next):
      return wait(nanoseconds, .waiting(next), exchange, connection)
    case .pending(let pending): return hold(pending, exchange, connection)
    case .trickle(let answer, let part, let nanoseconds):
      if isSecure { return act(on: .after(nanoseconds: nanoseconds) { .answer(answer) }, exchange, connection) }
      return trickle(Trickle(answer, part, nanoseconds: nanoseconds), exchange, connection)
    }
  }

  /// Suspends the connection until there is an answer. It is suspended first: the answer may come at once, elsewhere.
  private func hold(
    _ pending: PendingReply, _ exchange: HTTPExchange, _ connection: OpaquePointer
  ) -> MHD_Result {
    if let answer = pending.answer { return queue(answer, on: connection) }
    exchange.phase = .waiting { pending.answer.map { .answer($0) } ?? .drop }
    MHD_suspend_connection(connection)
    let suspended = SuspendedConnection(pointer: connection)
    if !pending.wait({ [resume] in resume(suspended) }) { resume(suspended) }
    return .proceed
  }

  private func wait(
    _ nanoseconds: UInt64, _ phase: HTTPExchange.Phase, _ exchange: HTTPExchange, _ connection: OpaquePointer
  ) -> MHD_Result {
    exchange.phase = phase
    MHD_suspend_connection(connection)
    delays.add(.connection(SuspendedConnection(pointer: connection)), after: nanoseconds)
    return .proceed
  }

  private func trickle(
    _ trickle: Trickle, _ exchange: HTTPExchange, _ connection: OpaquePointer
  ) -> MHD_Result {
    var rest = trickle
    guard rest.writeNext(to: connection) else { return .close }
    return wait(rest.interval, .trickling(rest), exchange, connection)
  }

  /// The client went away or the service stops: what was delayed still has its effect.
  func finish(_ exchange: HTTPExchange) {
    while case .waiting(let next) = exchange.phase {
      exchange.phase = .done
      switch next() {
      case .after(_, let later): exchange.phase = .waiting(later)
      case .dropThen(_, let effect): effect()
      case .answer, .drop, .trickle, .pending: break
      }
    }
  }
}
