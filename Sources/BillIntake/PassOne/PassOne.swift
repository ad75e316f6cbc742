import BillLayouts
import BillModel
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
    var digester = pass.relay.digester
    let text = TextStamp(&digester)
    let disk = input.disk.map { TextStamp(&$0.digester) } ?? text
    var verdicts = pass.taking.verdicts
    if !pass.reading.sawRecord, verdicts.fileFindings.isEmpty {
      verdicts.rejectFile([FileText.empty(byteCount: text.byteCount, input.reading.form)])
    }
    var origins = PartyOrigins()
    var position: Int64?
    if verdicts.fileFindings.isEmpty, isWhole, let plan = pass.reading.checker?.plan {
      let rules = rules(plan, pass, text.byteCount)
      let found = try rules.run(pass.taking.logs, &verdicts) { progress(pass.progress) }
      isWhole = found != nil
      origins = found ?? origins
      if isWhole {
        if let row = pass.taking.openRow { try verdicts.warnOfOpenRow(UInt32(row.record), line: row.line) }
        let verdict = LayoutVerdict(
          layout: intake.layout, pass: pass, verdicts: verdicts, isOfMendedRows: intake.isOfMendedRows)
        verdicts.rejectFile(verdict.findings)
        position = verdict.position
      }
    }
    try verdicts.finish()
    return FileCheck(
      name: input.source.name, isMended: intake.isOfMendedRows || SourceName(input.source.name).isMended,
      digest: disk.digest, byteCount: disk.byteCount, blockDigests: disk.blockDigests,
      recordsRead: pass.taking.recordsRead, stoppedEarly: !isWhole, heading: pass.reading.heading,
      spilledBytes: pass.taking.logs.file.byteCount,
      layout: intake.layout, frame: try frame(pass), text: text, verdicts: verdicts, input: input.again,
      reading: pass.reading.rows,
      plan: pass.reading.checker?.plan,
      marks: pass.taking.marks, kept: pass.taking.kept, origins: origins,
      order: FileOrder(intake.layout.operation, position: position))
  }

  private func frame(_ pass: PassThreads) throws(IntakeError) -> FileFrame {
    var frame = pass.reading.frame
    frame.header = pass.reading.mapper?.state.headerPlace
    frame.trailer = pass.reading.mapper?.state.trailerPlace
    let mark = TextExtent(start: 0, count: min(3, frame.prologue.count))
    for extent in [mark, frame.prologue, frame.header, frame.trailer].compactMap({ $0 })
    where extent != frame.prologue || extent.count <= FileFrame.longestPrologue {
      frame.texts[extent] = try input.again.text(of: extent)
    }
    return frame
  }

  /// Fewer rows than these are not worth a thread, where rules are applied across all of them.
  private static let leastAThread = 4096

  private func rules(_ plan: RowPlan, _ pass: PassThreads, _ byteCount: Int64) -> FileRules {
    FileRules(
      plan: plan, fingerprints: intake.fingerprints, policy: intake.layout.duplicates,
      fetcher: RecordFetcher(
        input: input.again, marks: pass.taking.marks, byteCount: byteCount, reading: pass.reading.rows),
      recordsRead: pass.taking.recordsRead, comparisonBytes: intake.options.comparisonBytes,
      threads: min(intake.options.threads, 1 + pass.taking.recordsRead / Self.leastAThread),
      isLimited: intake.options.memory != nil)
  }
}
