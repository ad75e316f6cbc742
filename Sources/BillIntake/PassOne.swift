import Tabular

/// The first reading of a file: digests, heading, row rules, then the rules across rows.
struct PassOne {
  private let intake: Intake
  private let input: OpenInput
  private let temporaryFolder: String

  init(_ intake: Intake, _ input: OpenInput, temporaryFolder: String) {
    self.intake = intake
    self.input = input
    self.temporaryFolder = temporaryFolder
  }

  /// Reads the file to its end, whatever is wrong with it: its digest is wanted in any case.
  func run(_ progress: (IntakeProgress) -> Bool) throws(IntakeError) -> FileCheck {
    let pass = PassThreads(intake, input, temporaryFolder: temporaryFolder)
    var isWhole = try pass.run(progress)
    var digester = pass.digesting.digester
    let digest = digester.finish()
    var verdicts = pass.taking.verdicts
    if pass.reading.heading == nil, verdicts.fileFindings.isEmpty {
      verdicts.rejectFile([FileText.empty(byteCount: digester.byteCount)])
    }
    var origins = PartyOrigins()
    if verdicts.fileFindings.isEmpty, isWhole, let plan = pass.reading.checker?.plan {
      let rules = rules(plan, pass, digester.byteCount)
      let found = try rules.run(pass.taking.logs, &verdicts) { progress(pass.progress) }
      isWhole = found != nil
      origins = found ?? origins
    }
    try verdicts.finish()
    return FileCheck(
      name: input.source.name, digest: digest, byteCount: digester.byteCount, blockDigests: digester.digests,
      recordsRead: pass.taking.recordsRead, stoppedEarly: !isWhole, heading: pass.reading.heading,
      layout: intake.layout, verdicts: verdicts, input: input.again, plan: pass.reading.checker?.plan,
      marks: pass.taking.marks, origins: origins)
  }

  private func rules(_ plan: RowPlan, _ pass: PassThreads, _ byteCount: Int64) -> FileRules {
    FileRules(
      plan: plan, fingerprints: intake.fingerprints, policy: intake.layout.duplicates,
      fetcher: RecordFetcher(input: input.again, marks: pass.taking.marks, byteCount: byteCount),
      recordsRead: pass.taking.recordsRead, comparisonBytes: intake.options.comparisonBytes,
      threads: intake.options.threads)
  }
}
