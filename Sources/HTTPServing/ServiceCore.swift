import CMicrohttpd

/// What libmicrohttpd's callbacks work on; lives as long as its service.
final class ServiceCore: Sendable {
  let delays: DelayQueue
  private let bodyLimit: Int
  private let handler: @Sendable (borrowing HTTPRequest) -> HTTPReply

  init(bodyLimit: Int, handler: @escaping @Sendable (borrowing HTTPRequest) -> HTTPReply) {
    self.bodyLimit = bodyLimit
    self.handler = handler
    delays = DelayQueue { MHD_resume_connection($0.pointer) }
  }

  /// Keeps a piece of the body, as long as it is within the limit.
  func receive(_ piece: UnsafeRawBufferPointer, in exchange: HTTPExchange) {
    guard case .receiving = exchange.phase else { return }
    if exchange.body.count + piece.count > bodyLimit {
      exchange.phase = .overflown
      exchange.body = []
    } else {
      exchange.body.append(contentsOf: piece)
    }
  }

  /// The request is whole, or its delay is over.
  func proceed(_ exchange: HTTPExchange, _ connection: OpaquePointer, method: String, path: String) -> MHD_Result {
    switch exchange.phase {
    case .receiving:
      let request = HTTPRequest(
        connection: connection, method: HTTPMethod(rawValue: method) ?? .other, path: path, body: exchange.body)
      exchange.body = []
      return act(on: handler(request), exchange, connection)
    case .overflown:
      return act(on: .answer(HTTPAnswer(status: 413)), exchange, connection)
    case .waiting(let next):
      exchange.phase = .done
      return act(on: next(), exchange, connection)
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
    case .after(let nanoseconds, let next):
      exchange.phase = .waiting(next)
      MHD_suspend_connection(connection)
      delays.add(SuspendedConnection(pointer: connection), after: nanoseconds)
      return .proceed
    }
  }

  /// The client went away or the service stops: what was delayed still has its effect.
  func finish(_ exchange: HTTPExchange) {
    while case .waiting(let next) = exchange.phase {
      exchange.phase = .done
      if case .after(_, let later) = next() { exchange.phase = .waiting(later) }
    }
  }
}
