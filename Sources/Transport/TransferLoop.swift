import CLibcurl
import Threads

/// What the client's thread does: takes requests, starts them as slots and gate allow, moves their bytes, hands over what
/// has ended.
///
/// All of it happens on that one thread; only the two queues and the watch's bell are shared.
final class TransferLoop {
  private let multi: UnsafeMutableRawPointer
  private let watch: SocketWatch
  private let incoming: RequestQueue
  private let outgoing: CompletionQueue
  private let gate: SendGate?
  private let slots: [Slot]
  private var free: [Slot]
  private var waiting = WaitingRequests()
  private var finished: [Completion] = []
  /// Slots whose connections libcurl is making.
  private var connecting = 0
  /// When the slots are looked through for what takes too long: never later than the first deadline of theirs.
  private var lookAt: UInt64 = .max

  /// A loop over slots that nobody else uses, each at the place of its number. `multi` must outlive it.
  init(
    multi: UnsafeMutableRawPointer, watch: SocketWatch, slots: [Slot], incoming: RequestQueue,
    outgoing: CompletionQueue, gate: SendGate?
  ) {
    self.multi = multi
    self.watch = watch
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
      if connecting > 0 { goOnConnecting() }
      outgoing.add(finished)
      finished = []
      if ending > .none, free.count == slots.count { break }
      let mayWait = !canStart(by: admission) && incoming.sleep(seen: ending)
      watch.wait(exact: admission, deadline: mayWait ? lookAt : 0, connecting: connecting > 0 ? multi : nil) {
        goOn(with: slots[$0])
      }
      expire()
    }
    outgoing.add([], ended: true)
  }

  /// Whether another request may start without waiting for anything: the gate wasn't asked to wait.
  private func canStart(by admission: UInt64?) -> Bool { !waiting.isEmpty && !free.isEmpty && admission == nil }

  /// Takes new requests and the order to end, and carries that out.
  private func accept() -> RequestQueue.Ending {
    let (requests, ending) = incoming.take()
    waiting.add(requests)
    if ending > .none { dropWaiting() }
    if ending == .cancelling {
      for slot in slots where slot.isBusy {
        if slot.connection.isConnecting { connecting -= 1 }
        note(slot.cancel(), of: slot)
      }
    }
    return ending
  }

  private func dropWaiting() {
    for request in waiting.removeAll() { finish(request.id, .notSent(NotSentReason(.cancelled))) }
  }

  /// Starts what may start. Answers the moment at which the gate wants to be asked again, if it said wait.
  private func start() -> UInt64? {
    var hasLooked = false
    while !waiting.isEmpty, !free.isEmpty {
      var now = MonotonicClock.now
      let request = waiting.first
      if !request.isWellFormed {
        finish(request.id, .notSent(NotSentReason(.malformedRequest)))
      } else if request.isTooLate {
        finish(request.id, .notSent(NotSentReason(.tooLate)))
      } else {
        if case .wait(let moment) = gate?.admit(now) { return moment }
        if !hasLooked {
          lookAtIdle()
          (hasLooked, now) = (true, MonotonicClock.now)
        }
        begin(request, on: free.removeLast(), at: now)
      }
      waiting.removeFirst()
    }
    return nil
  }

  /// Looks, once for all requests of a turn, whether something has come over connections that aren't used: their end, or
  /// bytes that would be taken for the answer to the next request. They are closed then.
  private func lookAtIdle() {
    var left = slots.count
    while left > 0 {
      let seen = watch.look { goOn(with: slots[$0]) }
      left = seen < SocketWatch.most ? 0 : left - seen
    }
  }

  private func goOn(with slot: Slot) { note(slot.ready(), of: slot) }

  private func begin(_ request: HTTPRequest, on slot: Slot, at now: UInt64) {
    note(slot.begin(request, at: now), of: slot)
    if slot.connection.isConnecting { connecting += 1 }
    lookAt = min(lookAt, slot.deadline)
  }

  /// Lets libcurl go on with what it connects, and takes over what has come of it.
  private func goOnConnecting() {
    var running: CInt = 0
    curl_multi_perform(multi, &running)
    var left: CInt = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
        let number = Connection.number(of: easy)
      else { continue }
      let slot = slots[number]
      connecting -= 1
      let result = billdrop_curl_message_result(message)
      note(slot.connected(result, mayLeave: gate?.mayLeave() ?? true), of: slot)
      lookAt = min(lookAt, slot.deadline)
    }
  }

  /// Ends what takes too long.
  private func expire() {
    guard lookAt != .max else { return }
    let now = MonotonicClock.now
    guard now >= lookAt else { return }
    lookAt = .max
    for slot in slots {
      if slot.deadline <= now { note(slot.expire(at: now), of: slot) }
      lookAt = min(lookAt, slot.deadline)
    }
  }

  /// Frees a slot whose exchange has ended, and keeps what became of its request.
  private func note(_ result: Slot.Result?, of slot: Slot) {
    guard let result else { return }
    let now = MonotonicClock.now
    if case .success(let response) = result { gate?.observe(response.status, response.headers, slot.sentAt, now) }
    finished.append(
      Completion(
        id: slot.requestID, result: result, sentAt: slot.sentAt, preTransfer: slot.preTransfer, finishedAt: now,
        answeredBy: slot.answeredBy(now)))
    free.append(slot)
  }

  /// A request that never came to a slot.
  private func finish(_ id: UInt64, _ failure: TransferFailure) {
    finished.append(Completion(id: id, result: .failure(failure), finishedAt: MonotonicClock.now))
  }
}
