import BillPlanning
import FileRuns
import RunPipeline
import SubmitPass
import Transport

/// `billdrop rehearse`.
enum RehearseCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    var answers: [FileAnswer] = []
    let file = invocation.operands[0]
    do throws(RunFault) {
      let result = try rehearse(file, invocation)
      answers.append(.result(result, ExitStatus(result)))
    } catch {
      answers.append(.fault(file: file, error))
    }
    return FileAnswer.print(
      answers, command: "rehearse", asJSON: invocation.has("--format"), most: invocation.count("--max-issues"),
      layout: invocation.text("--layout"))
  }

  private static func rehearse(_ file: String, _ invocation: Invocation) throws(RunFault) -> FileResult {
    let intake = try invocation.intake()
    MendedNotice.tell(of: file, intake)
    let rate = invocation.rate("--rate") ?? 50
    let isFast = invocation.has("--fast")
    let inFlight = invocation.count("--in-flight") ?? Int(min(max(isFast ? 256 : rate.rounded(.up), 32), 1024))
    guard let program = invocation.text("--sandbox") ?? Place.beside("moment-sandbox") else {
      throw .noSandbox(path: "moment-sandbox")
    }
    Interrupts.watch()
    let rehearsal = try Rehearsal(
      intake: intake,
      settings: RehearsalSettings(
        sandbox: program, rate: rate, isFast: isFast, latency: invocation.count("--latency") ?? 0,
        faults: invocation.text("--faults"), seed: invocation.count("--seed"), ledger: invocation.text("--ledger"),
        reports: invocation.text("--reports"), temporaryFolder: Place.temporaryFolder, examples: invocation.examples),
      options: SubmitOptions(
        inFlight: inFlight, mostRefused: invocation.count("--max-refused"),
        parties: PartyMode(rawValue: invocation.text("--parties") ?? "auto") ?? .auto),
      interrupts: { Interrupts.count })
    let line = ProgressLine(isJSON: invocation.has("--progress"))
    let check = CheckingLine(isJSON: invocation.has("--progress"))
    defer { line.end() }
    return try rehearsal.run(
      Place.input(file),
      client: { (url, key) throws(RunFault) in
        HTTPClientOptions(
          baseURL: url, key: key, inFlight: inFlight, userAgent: "billdrop/\(VersionCommand.version)", caFile: nil)
      }, checking: { check.show($0) }, progress: { line.show($0) })
  }
}
