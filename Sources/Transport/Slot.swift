import CLibcurl
import Threads

/// A place for one exchange at a time: a connection that is used again and again, the request's bytes, and the answer as it
/// comes in. For the client's thread alone.
final class Slot {
  typealias Result = Swift.Result<HTTPResponse, TransferFailure>

  /// Its connection's number.
  let number: Int
  let connection: Connection
  /// The request under way.
  private(set) var requestID: UInt64 = 0
  /// When it was taken up, in nanoseconds of the monotonic clock.
  private(set) var sentAt: UInt64 = 0
  /// The same on the clock that goes on while the machine sleeps.
  private var begunAt: UInt64 = 0
  /// After which moment no byte of it may leave; see `HTTPRequest.latest`.
  private var latest = UInt64.max
  /// Nanoseconds from then until its first byte was about to go out; 0 as long as none was.
  private(set) var preTransfer: UInt64 = 0
  private(set) var isBusy = false

  private let times: ExchangeTimes
  private var outgoing: OutgoingRequest
  private var reader: AnswerReader
  private var input = InputBuffer()
  private var movedAt: UInt64 = 0
  /// When the connection was used last.
  private var usedAt: UInt64 = 0

  init(_ connection: Connection, number: Int, _ options: HTTPClientOptions, _ common: OutgoingRequest.Common) {
    (self.connection, self.number) = (connection, number)
    times = ExchangeTimes(options)
    outgoing = OutgoingRequest(common)
    reader = AnswerReader(
      IncomingAnswer(headLimit: options.maximumHeadBytes, bodyLimit: options.maximumBodyBytes))
  }

  /// Takes up a request that isn't too late; its end, where it comes at once.
  func begin(_ request: HTTPRequest, at now: UInt64) -> Result? {
    (requestID, sentAt, preTransfer, movedAt, isBusy) = (request.id, now, 0, now, true)
    (latest, begunAt) = (request.latest, BootClock.now)
    reader.clear()
    outgoing.fill(with: request)
    // A connection that idled longer may have been dropped by something on the way: better a new one. And what has come
    // since the last answer would be taken for the one to this request: the loop has looked at sockets, which show that.
    if connection.isOpen, now - usedAt > times.mostIdle || !(connection.emptiesAtOnce || isQuiet()) {
      connection.close()
    }
    input.clear()
    if connection.isOpen { return write(at: now) }
    return connection.connect() ? nil : end(.notSent(NotSentReason(.fault(curlCode: CURLE_OUT_OF_MEMORY.rawValue))))
  }

  /// libcurl has connected, or not. `mayLeave`: the gate says so still.
  func connected(_ code: CURLcode, mayLeave: @autoclosure () -> Bool) -> Result? {
    guard isBusy else {
      connection.close()
      return nil
    }
    guard code == CURLE_OK else { return end(.notSent(connection.reason(code))) }
    guard connection.open() else { return end(.notSent(NotSentReason(.couldNotConnect(errno: 0)))) }
    guard !BootClock.isAfter(latest), mayLeave() else { return end(.notSent(NotSentReason(.tooLate))) }
    return write(at: MonotonicClock.now)
  }

  /// Something can be read from the connection, or written to it. One that isn't used ends by it, unless it is nothing.
  func ready() -> Result? {
    guard connection.isOpen else { return nil }
    guard isBusy else {
      if !isQuiet() { connection.close() }
      return nil
    }
    let now = MonotonicClock.now
    if !outgoing.isSent, let result = write(at: now) { return result }
    return read(at: now)
  }

  /// Whether nothing has come over a connection that isn't used: neither its end, nor bytes that nobody asked for.
  private func isQuiet() -> Bool {
    if case .none = input.receive({ connection.receive($0) }) { return true }
    return false
  }

  /// See `Completion.answeredBy`, of an answer that is read now.
  func answeredBy(_ now: UInt64) -> UInt64 { begunAt + min(now - sentAt, times.total) }

  /// When it is to be looked at, if nothing moves until then; libcurl looks after one that is connecting.
  var deadline: UInt64 { isBusy && connection.isOpen ? times.deadline(begun: sentAt, moved: movedAt) : .max }

  /// Its deadline is over. What has come by then counts still: this process may have been stopped for so long.
  func expire(at now: UInt64) -> Result? { read(at: now) ?? (deadline > now ? nil : end(.timedOut)) }

  /// Gives up.
  func cancel() -> Result { end(preTransfer > 0 ? .cancelled : .notSent(NotSentReason(.cancelled))) }

  private func write(at now: UInt64) -> Result? {
    if preTransfer == 0 { preTransfer = max(1, now - sentAt) }
    while !outgoing.isSent {
      switch outgoing.sendRest({ connection.send($0) }) {
      case .bytes: movedAt = now
      case .none:
        connection.want(room: true)
        return nil
      // What came before the other side ended it may be an answer still.
      case .ended, .broken: return read(at: now) ?? end(.connectionLost)
      }
    }
    connection.want(room: false)
    return nil
  }

  private func read(at now: UInt64) -> Result? {
    while true {
      let room = input.room
      switch input.receive({ connection.receive($0) }) {
      case .bytes(let count):
        movedAt = now
        if let result = takeIn() { return result }
        if connection.emptiesAtOnce, count < room { return nil }
      case .none: return nil
      case .ended: return judge(reader.end()) ?? end(.connectionLost)
      case .broken: return end(.connectionLost)
      }
    }
  }

  private func takeIn() -> Result? {
    let (used, verdict) = input.withBytes { reader.take($0) }
    input.drop(used)
    return judge(verdict)
  }

  private func judge(_ verdict: AnswerReader.Verdict) -> Result? {
    switch verdict {
    case .more: nil
    case .failed(let failure): end(failure)
    case .whole: succeed()
    }
  }

  /// Bytes beyond the answer, or a request that was answered before it was whole, leave the connection in doubt.
  private func succeed() -> Result {
    (isBusy, usedAt) = (false, movedAt)
    if !reader.keepsConnection || !input.isEmpty || !outgoing.isSent { connection.close() }
    return .success(reader.response)
  }

  private func end(_ failure: TransferFailure) -> Result {
    isBusy = false
    connection.close()
    return .failure(failure)
  }
}
