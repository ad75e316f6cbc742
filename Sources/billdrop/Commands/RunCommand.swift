import BillModel
import BillReports
import FileRuns
import RunPipeline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `billdrop run`.
enum RunCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    guard let path = invocation.text("--config") else {
      Console.message("billdrop: run needs --config FILE.\n  See: billdrop run --help")
      return .usage
    }
    let log = RunLog(asJSON: invocation.text("--log") == "json")
    let watches = invocation.has("--watch")
    var statuses: [ExitStatus] = []
    var outcomes: [RunOutcome] = []
    var isWhole = false
    do throws(RunFault) {
      Interrupts.watch()
      if watches { Interrupts.watchReloads() }
      let service = ServiceNotice(Place.serviceEnvironment)
      let loop = try RunLoop(path, surroundings(invocation, log, service), log, service)
      do throws(RunFault) { statuses = try watches ? loop.watch() : loop.pass() } catch {
        outcomes = loop.outcomes
        throw error
      }
      outcomes = loop.outcomes
      isWhole = true
    } catch {
      log.tell(RunEvent(.error, error.explanation))
      statuses += outcomes.map { ExitStatus($0) } + [ExitStatus(error)]
    }
    if watches { return ExitStatus.gravest(statuses) }
    let isTold = Console.answer(RunAnswer(outcomes, isWhole: isWhole).text(asJSON: invocation.has("--format")))
    return ExitStatus.gravest(statuses + (isTold ? [] : [.inputOutput]))
  }

  private static func surroundings(
    _ invocation: Invocation, _ log: RunLog, _ service: ServiceNotice
  ) -> RunSurroundings {
    var around = RunSurroundings()
    around.environment = Place.environment
    around.variable = { SecretVariables.value(of: $0) }
    around.temporaryFolder = Place.temporaryFolder
    around.configurationName = invocation.text("--config") ?? around.configurationName
    around.userAgent = "billdrop/\(VersionCommand.version)"
    around.interrupts = { Interrupts.count }
    around.pulse = { service.pulse() }
    around.log = { log.tell($0) }
    around.sleep = { sleep($0) { service.pulse() } }
    around.describe = { Array($0.json.text.utf8) }
    around.approval = invocation.shortDigest("--approve")
    around.struckOff = invocation.shortDigest("--strike-off")
    around.takesOver = invocation.has("--take-over")
    return around
  }

  /// Waits until the time is over, or the process was told to end.
  private static func sleep(_ seconds: Double, _ pulse: () -> Void) {
    let end = ContinuousClock.now + .seconds(seconds)
    while Interrupts.count == 0 {
      let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
      guard left > 0 else { return }
      pulse()
      _ = poll(nil, 0, Int32(max(1, min(200, left))))
    }
  }
}
