import DurableFiles
import Threads

/// An HTTP client: one thread of its own drives all exchanges; requests go in and completions come out in batches.
///
/// HTTP/1.1 over kept connections, which libcurl makes: names, proxies and TLS are its own. What goes over them is written
/// and read here, as libcurl takes half of a request's time for that and may send one twice. It never repeats a request,
/// never follows a redirect, and never sends the key to anyone but its endpoint. A client is ended by its `deinit` at the
/// latest, which must not happen in a gate's closure.
package final class HTTPClient: Sendable {
  private let multi: MultiHandle
  private let watch: SocketWatch
  private let incoming = RequestQueue()
  private let outgoing: CompletionQueue
  private let thread: BackgroundThread

  /// Starts the client's thread. Throws where an option is out of its range or libcurl can't start.
  package init(_ options: HTTPClientOptions, gate: SendGate? = nil) throws(HTTPClientError) {
    guard (1...4096).contains(options.inFlight) else { throw .inFlightOutOfRange(options.inFlight) }
    if let file = options.caFile { try Self.checkAuthorities(file) }
    try CurlLibrary.start()
    multi = try MultiHandle(connections: options.inFlight + 8)
    watch = try SocketWatch()
    outgoing = try CompletionQueue()
    let common = OutgoingRequest.Common(options)
    var slots: [Slot] = []
    for number in 0..<options.inFlight {
      let connection = try Connection(number, by: options, multi: multi.raw, watch: watch)
      slots.append(Slot(connection, number: number, options, common))
    }
    let loop = TransferLoop(
      multi: multi.raw, watch: watch, slots: slots, incoming: incoming, outgoing: outgoing, gate: gate)
    nonisolated(unsafe) let running = loop
    guard let thread = BackgroundThread({ running.run() }) else { throw .notStarted("the system has no more threads") }
    self.thread = thread
  }

  /// libcurl reads the file when it first connects, on the thread of all transfers: what it would wait for, or find
  /// nothing in, is told before.
  private static func checkAuthorities(_ path: String) throws(HTTPClientError) {
    let file: SmallFile
    do throws(SmallFileFault) { file = try SmallFile(path: path, mostBytes: 16 << 20) } catch {
      throw .unusableCAFile(path: path, why: error.reason)
    }
    guard file.text.contains("-----BEGIN ") else {
      throw .unusableCAFile(path: path, why: "no certificate in PEM stands in it")
    }
  }

  deinit {
    shutdown(cancelling: true)
    thread.join()
  }

  /// Queues requests; they start in this order, urgent ones first, as slots become free and the gate admits them. The queue
  /// has no bound but the caller's own.
  package func submit(_ requests: [HTTPRequest]) {
    let (accepted, mustWake) = incoming.add(requests)
    if mustWake { watch.ring() }
    guard !accepted else { return }
    let now = MonotonicClock.now
    outgoing.add(
      requests.map {
        Completion(id: $0.id, result: .failure(.notSent(NotSentReason(.cancelled))), finishedAt: now)
      })
  }

  /// The completions that there are. Where there are none, blocks until there are, or `wake()` is called, or a signal
  /// comes, or the time is over, or the client has ended; then the answer may be empty. For one thread at a time.
  package func completions(waitingUpTo limit: Duration) -> [Completion] { outgoing.take(waitingUpTo: limit) }

  /// Ends a wait in `completions`, or the next one. May be called from a signal handler.
  package func wake() { outgoing.wake() }

  /// Starts nothing more: what is queued completes as not sent (cancelled), also what is submitted later. What is in
  /// flight goes on until its answer or time-out; with `cancelling` it ends at once, as cancelled. May be called
  /// again, to cancel what was first given time. All completions still come.
  package func shutdown(cancelling: Bool) {
    if incoming.end(cancelling ? .cancelling : .draining) { watch.ring() }
  }

  /// Whether the client was shut down, nothing is in flight, and every completion was taken.
  package var isEnded: Bool { outgoing.isEnded }
}
