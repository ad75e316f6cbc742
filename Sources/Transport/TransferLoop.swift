import CLibcurl

/// What the client's thread does: takes requests, starts them as slots and gate allow, drives libcurl, hands over what
/// has ended.
///
/// All of it happens on that one thread; only the two queues are shared, and `curl_multi_wakeup`.
final class TransferLoop {
  private let multi: UnsafeMutableRawPointer
  private let incoming: RequestQueue
  private let outgoing: CompletionQueue
  private let gate: SendGate?
  private let slots: [Slot]
  private var free: [Slot]
  /// Requests that wait for a slot and the gate; those before `next` have gone.
  private var waiting: [HTTPRequest] = []
  private var next = 0
  private var finished: [Completion] = []
  private var timer = SendTimer()

  /// A loop over slots that nobody else uses. `multi` must outlive it.
  init(
    multi: UnsafeMutableRawPointer, slots: [Slot], incoming: RequestQueue, outgoing: CompletionQueue, gate: SendGate?
  ) {
    self.multi = multi
    self.slots = slots
    self.incoming = incoming
    self.outgoing = outgoing
    self.gate = gate
    free = slots.reversed()
  }

  /// Runs until the client is told to end and nothing is left to do.
  func run() {
    while true {
      let ending = accept()
      let admission = start()
      var running: CInt = 0
      curl_multi_perform(multi, &running)
      collect()
      outgoing.add(finished)
      finished = []
      if ending > .none, free.count == slots.count { break }
      if !canStart(by: admission), incoming.sleep(seen: ending) { timer.poll(multi, until: admission) }
    }
    outgoing.add([], ended: true)
  }

  private var hasWaiting: Bool { next < waiting.count }

  /// Whether another request may start without waiting for anything: the gate wasn't asked to wait.
  private func canStart(by admission: UInt64?) -> Bool { hasWaiting && !free.isEmpty && admission == nil }

  /// Takes new requests and the order to end, and carries that out.
  private func accept() -> RequestQueue.Ending {
    let (requests, ending) = incoming.take()
    if !hasWaiting, requests.allSatisfy(\.isWellFormed) {
      (waiting, next) = (requests, 0)
    } else {
      take(requests)
    }
    if ending > .none { dropWaiting() }
    if ending == .cancelling { cancelAll() }
    return ending
  }

  private func take(_ requests: [HTTPRequest]) {
    for request in requests {
      if request.isWellFormed {
        waiting.append(request)
      } else {
        finish(request.id, .notSent(NotSentReason(.malformedRequest)))
      }
    }
  }

  private func dropWaiting() {
    for request in waiting[next...] { finish(request.id, .notSent(NotSentReason(.cancelled))) }
    waiting = []
    next = 0
  }

  private func cancelAll() {
    let idle = Set(free.map(ObjectIdentifier.init))
    for slot in slots where !idle.contains(ObjectIdentifier(slot)) {
      complete(slot, .failure(slot.incoming.sends > 0 ? .cancelled : .notSent(NotSentReason(.cancelled))))
    }
  }

  /// Starts what may start. Answers the moment at which the gate wants to be asked again, if it said wait.
  private func start() -> UInt64? {
    while hasWaiting, let slot = free.last {
      let now = MonotonicClock.now
      if case .wait(let moment) = gate?.admit(now) { return moment }
      free.removeLast()
      begin(waiting[next], on: slot)
      next += 1
      if next == waiting.count {
        (waiting, next) = ([], 0)
      } else if next >= 4096 {
        waiting.removeFirst(next)
        next = 0
      }
    }
    return nil
  }

  private func begin(_ request: HTTPRequest, on slot: Slot) {
    do throws(HTTPClientError) {
      try slot.prepare(request)
      slot.sentAt = MonotonicClock.now
      guard curl_multi_add_handle(multi, slot.easy.raw) == CURLM_OK else { throw .notStarted("") }
    } catch {
      let reason = NotSentReason(.fault(curlCode: CURLE_OUT_OF_MEMORY.rawValue))
      complete(slot, .failure(.notSent(reason)))
    }
  }

  /// Takes the transfers that have ended from libcurl.
  private func collect() {
    var left: CInt = 0
    while let message = curl_multi_info_read(multi, &left) {
      var context: UnsafeMutableRawPointer?
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
        billdrop_curl_get_context(easy, &context) == CURLE_OK, let context
      else { continue }
      let code = billdrop_curl_message_result(message)
      let slot = Slot.at(context)
      let result = slot.result(code)
      if case .success(let response) = result {
        gate?.observe(response.status, response.headers, slot.sentAt, MonotonicClock.now)
      }
      complete(slot, result)
    }
  }

  /// Frees a slot, and keeps what became of its request.
  private func complete(_ slot: Slot, _ result: Result<HTTPResponse, TransferFailure>) {
    let preTransfer = UInt64(max(slot.easy.microseconds(CURLINFO_PRETRANSFER_TIME_T), 0)) * 1000
    curl_multi_remove_handle(multi, slot.easy.raw)
    finished.append(
      Completion(
        id: slot.requestID, result: result, sentAt: slot.sentAt, preTransfer: preTransfer,
        finishedAt: MonotonicClock.now))
    free.append(slot)
  }

  /// A request that never came to a slot.
  private func finish(_ id: UInt64, _ failure: TransferFailure) {
    finished.append(Completion(id: id, result: .failure(failure), finishedAt: MonotonicClock.now))
  }
}
