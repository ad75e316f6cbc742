import BillLedger
import BillModel
import FileRuns
import HTTPServing
import PaymentEvents
import Reconciling
import RunConfiguration
import RunPipeline
import SubmitPass

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `billdrop events serve`.
enum EventsServeCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let log = RunLog(asJSON: invocation.text("--log") == "json")
    do throws(RunFault) {
      let options = try options(invocation)
      let secrets = try WebhookSecrets.find(file: try secretFile(invocation), environment: Place.environment)
      let path = EventStore.path(besideLedger: try EventsPlace.ledger(invocation))
      Interrupts.watch(outlivesTerminal: true)
      let endpoint = try start(options, secrets, path, log)
      guard Console.answer("http://127.0.0.1:\(endpoint.port)\(options.path)\n") else {
        endpoint.stop()
        return .inputOutput
      }
      serve(endpoint, path, log)
      return .accepted
    } catch {
      log.tell(RunEvent(.error, error.explanation))
      return ExitStatus(error)
    }
  }

  private static func options(_ invocation: Invocation) throws(RunFault) -> EventsOptions {
    guard let port = UInt16(exactly: invocation.count("--port") ?? 8088) else {
      throw .events(.service(.cannotListen(port: 0, code: EINVAL)))
    }
    var options = EventsOptions(port: port)
    options.allInterfaces = invocation.has("--all-interfaces")
    options.rate = invocation.rate("--rate") ?? options.rate
    if let path = invocation.text("--path") { options.path = path.hasPrefix("/") ? path : "/" + path }
    return options
  }

  /// The file of `--secret-file`, else of the configuration.
  private static func secretFile(_ invocation: Invocation) throws(RunFault) -> String? {
    if let file = invocation.text("--secret-file") { return file }
    return try invocation.text("--config").flatMap { (path) throws(RunFault) in
      try Invocation.configuration(path).webhookSecretFile
    }
  }

  private static func start(
    _ options: EventsOptions, _ secrets: [WebhookSecret], _ path: String, _ log: RunLog
  ) throws(RunFault) -> EventsEndpoint {
    do throws(EventsFault) {
      return try EventsEndpoint(
        options, secrets: secrets, store: { () throws(LedgerError) in try EventStore(path: path) }, now: { .now },
        tell: { incident in
          switch incident {
          case .notKept(let count, let error):
            log.tell(RunEvent(.error, "\(count) events could not be kept, and come again: \(error)"))
          case .keptAgain: log.tell(RunEvent(.info, "events can be kept again"))
          }
        })
    } catch {
      throw .events(error)
    }
  }

  /// Until a signal comes; tells once a minute what came, where something did.
  private static func serve(_ endpoint: EventsEndpoint, _ path: String, _ log: RunLog) {
    let service = ServiceNotice(Place.serviceEnvironment)
    service.ready("taking events into \(path)")
    log.tell(RunEvent(.info, "taking events into \(path)"))
    var told = endpoint.counts
    var next = ContinuousClock.now + .seconds(60)
    while Interrupts.count == 0 {
      service.pulse()
      _ = poll(nil, 0, 200)
      guard ContinuousClock.now >= next else { continue }
      next = .now + .seconds(60)
      let counts = endpoint.counts
      if counts != told { log.tell(RunEvent(.info, words(counts))) }
      told = counts
    }
    service.stopping()
    endpoint.stop()
    log.tell(RunEvent(.info, "ended: \(words(endpoint.counts))"))
  }

  private static func words(_ counts: EventCounts) -> String {
    var parts = ["\(counts.new) events kept", "\(counts.duplicates) came again"]
    if counts.refusedTotal > 0 {
      let reasons = WebhookRefusal.allCases.compactMap { reason in
        counts.refused[reason].map { "\($0) \(reason.rawValue)" }
      }
      parts.append("\(counts.refusedTotal) refused (\(reasons.joined(separator: ", ")))")
    }
    if counts.throttled > 0 { parts.append("\(counts.throttled) told to come again") }
    if counts.failed > 0 { parts.append("\(counts.failed) could not be kept") }
    return parts.joined(separator: ", ")
  }
}
