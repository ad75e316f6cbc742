import BillLedger
import ServerModel
import Transport

@testable import SubmitPass

/// The wire between a run and the server.
extension Simulation {
  func wire(_ ledger: Ledger, _ fileRun: FileRunID, _ file: Int) -> SubmitWire {
    SubmitWire(
      submit: { [unowned self] in submitted($0, ledger, fileRun, file) },
      completions: { [unowned self] in completions($0) },
      shutdown: { [unowned self] in shutdown(cancelling: $0) },
      wake: {})
  }

  /// From here on what a run hands over is committed at once, or when the schedule says so.
  func commitApart(_ run: SubmitRun) {
    guard run.options.scope.writes else { return }
    commits = ChosenCommits(run.connection.wire) { [unowned self] in
      if world.commits == .apart, decide([.commitLater]) == nil { $0.carryOut() }
    }
    run.committer = commits
  }

  /// The process dies: what isn't written never will be, and of what is written nothing leaves any more.
  func dieCommitting() {
    commits?.isDead = true
    for request in commits?.requestsNotHandedOn ?? [] {
      ServerModel.reference(in: request.body).map { checks.ambiguous($0) }
      ServerModel.voided(by: request.path).map { checks.ambiguous($0) }
    }
  }

  private func completions(_ limit: Duration) -> [Completion] {
    let taken = delivery
    delivery = []
    if taken.isEmpty {
      let (seconds, rest) = limit.components
      clock.pass(milliseconds: seconds * 1_000 + (rest + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
    return taken
  }

  private func submitted(_ requests: [HTTPRequest], _ ledger: Ledger, _ fileRun: FileRunID, _ file: Int) {
    var count = requests.count
    if case .crashAfter(let handedOver) = decide((0..<count).map { .crashAfter(handingOver: $0) }) {
      (isDead, count) = (true, handedOver)
    }
    for (place, request) in requests.enumerated() {
      let call = ServerCall(
        method: request.method, path: request.path,
        key: request.headers.first { $0.0 == "Idempotency-Key" }?.1, body: request.body)
      let exchange = Exchange(
        clientID: request.id, call: call, reference: call.method == "GET" ? nil : Self.name(of: call), file: file,
        sentAt: clock.truth, process: processes, latest: request.latest)
      guard place < count else {
        checks.ambiguous(exchange)
        continue
      }
      exchanges.append(exchange)
      if clock.nanoseconds > request.latest {
        endUnsent(exchanges.count - 1, NotSentReason(.tooLate))
        continue
      }
      note("#\(exchanges.count - 1) \(call.method) \(call.path) \(String(decoding: call.body, as: UTF8.self))")
      guard call.method != "GET" else { continue }
      checkSending(exchange, ledger, fileRun, file)
      checkLook(of: exchange)
    }
  }

  /// The client has not let it go, and won't.
  func endUnsent(_ id: Int, _ reason: NotSentReason) {
    checks.isDefinite(exchanges[id], place(of: exchanges[id]))
    exchanges[id].state = .over
    exchanges[id].result = .failure(.notSent(reason))
  }

  /// The reference of the object that a request is about.
  static func name(of call: ServerCall) -> String? {
    ServerModel.voided(by: call.path) ?? ServerModel.changed(by: call.path) ?? ServerModel.reference(in: call.body)
  }

  private func shutdown(cancelling: Bool) {
    guard cancelling else { return }
    for id in exchanges.indices where exchanges[id].isAwaited && exchanges[id].result == nil {
      exchanges[id].result = .failure(.cancelled)
    }
  }

  /// The server answers, and the client will hear of it.
  func serve(_ id: Int, _ fault: ServerFault? = nil) {
    server.now = clock.truth
    exchanges[id].state = .over
    answered(id, writing(id) { server.handle(exchanges[id].call, fault: fault) })
  }

  func stall(_ id: Int, _ steps: Int) {
    server.now = clock.truth
    exchanges[id].state = .over
    switch server.arrive(exchanges[id].call) {
    case .answered(let answer): answered(id, answer)
    case .begun(let number):
      for _ in 0..<steps {
        if let answer = writing(id, { server.advance(number) }) { return answered(id, answer) }
      }
      exchanges[id].state = .stalled(number)
    }
  }

  /// What is on its way, or stands still, comes to its end at the server.
  func land(_ id: Int) {
    server.now = clock.truth
    switch exchanges[id].state {
    case .over: return
    case .sent: serve(id)
    case .stalled(let number):
      exchanges[id].state = .over
      while true { if let answer = writing(id, { server.advance(number) }) { return answered(id, answer) } }
    }
  }

  func lose(_ id: Int, _ failure: TransferFailure) {
    exchanges[id].result = .failure(failure)
    checks.ambiguous(exchanges[id])
  }

  /// Takes an answer off the wire, for the client.
  func take(_ id: Int) -> Completion {
    exchanges[id].isAwaited = false
    let result = exchanges[id].result ?? .failure(.timedOut)
    if case .success(let response) = result {
      note("  the client hears \(response.status) to #\(id)")
      checks.heard(response.status, exchanges[id])
      if response.status < 500 { checks.isDefinite(exchanges[id], place(of: exchanges[id])) }
      if let name = Self.name(of: exchanges[id].call) {
        checks.shown(exchanges[id], name)
        if response.status < 500 { checks.isDefinite(exchanges[id].file, name) }
      }
    } else {
      note("  the client hears of #\(id): \(result)")
    }
    return Completion(
      id: exchanges[id].clientID, result: result, finishedAt: 1, answeredBy: exchanges[id].answeredAt.nanoseconds)
  }

  func garble(_ id: Int, _ how: Deviation.Garbling) {
    guard case .success(var response) = exchanges[id].result else { return }
    checks.ambiguous(exchanges[id])
    exchanges[id].after = nil
    switch how {
    case .cut: response.body = Array(response.body.prefix(response.body.count / 2))
    case .other: response.body = Self.otherBill
    case .gateway: response = HTTPResponse(status: 504, headers: HTTPHeaders(), body: Array("gateway".utf8))
    }
    exchanges[id].result = .success(response)
  }

  private static let otherBill = Array(
    #"{"id":"bill_999","external_reference":"OTHER","currency":"ZAR","amount_due":100,"customer_id":"bcus_1"}"#.utf8)

  private func answered(_ id: Int, _ answer: ServerAnswer) {
    exchanges[id].after = server
    note("  the server answers \(answer.status)\(answer.isReplayed ? ", replayed," : "") to #\(id)")
    guard exchanges[id].isAwaited, exchanges[id].result == nil else { return }
    var fields = [("Content-Type", "application/json")]
    if world.readings.tellsDate { fields.append(("Date", clock.httpDate)) }
    if answer.isReplayed { fields.append(("Idempotent-Replayed", "true")) }
    exchanges[id].answeredAt = (clock.truth, clock.nanoseconds)
    exchanges[id].result = .success(
      HTTPResponse(status: answer.status, headers: HTTPHeaders(fields), body: answer.body))
  }
}
