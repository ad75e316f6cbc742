import BillIntake
import BillLedger
import BillModel
import BillReports
import Drops
import DurableFiles
import FileRuns
import PartMerging
import PaymentEvents
import RunPipeline
import SubmitPass
import Tabular
import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension ExitStatus {
  /// The one place where a fault becomes an exit code.
  init(_ fault: RunFault) {
    switch fault {
    case .key: self = .key
    case .client(let error): self.init(error)
    case .intake(let error): self.init(error)
    case .noConfiguration(_, let error): self.init(error, where: .configuration)
    case .unreadable(let error): self.init(error)
    case .schema, .noLedgerPath, .noLedger, .eventsNeedFile, .severalLedgers, .neverSubmitted, .changedSince, .layout,
      .noLayout,
      .receiptKey, .noReceiptKey:
      self = .configuration
    case .noReceipt: self = .noInput
    case .notAReceipt: self = .fileRejected
    case .ledger(let error): self.init(error)
    case .unconfirmedVoid, .mendedSince: self = .held
    case .unreadableNow(let file): self = file.isOfOtherLayout ? .configuration : .stopped
    case .file, .noReports, .report: self = .inputOutput
    case .noSandbox, .sandbox, .billsOnly, .updatesWhileAdding, .uncountable: self = .configuration
    case .parts(let fault): self.init(fault)
    case .plan(.unreadable): self = .noInput
    case .plan: self = .configuration
    case .drop(let error): self.init(error)
    case .configuration, .feed, .webhookSecret, .whichLedger: self = .configuration
    case .events(.store(let error)): self.init(error)
    case .events(.service): self = .inputOutput
    case .momentReport: self = .fileRejected
    case .refusedKey: self = .key
    case .interrupted: self = .stopped
    case .accounting, .request: self = .accounting
    }
  }

  /// The exit code of a file that was submitted.
  init(_ result: FileResult) {
    if result.wasDoneAlready {
      self = .accepted
      return
    }
    switch result.stop {
    case .unauthorised: self = .key
    case .unreachable, .untrusted, .noSuchPath: self = .unreachable
    case .finished, .interrupted, .pausedTooLong, .throttledTooLong, .fileChanged, .tooManyRefused, .refusedInARow,
      .quietHours, .dayIsSpent, .dayIsTooSmall, .strayed, .canaryDiffers, .canaryWaits, nil:
      self.init(result.summary.verdict)
    }
  }

  private init(_ error: HTTPClientError) {
    switch error {
    case .malformedURL, .insecureURL, .inFlightOutOfRange, .timeoutOutOfRange: self = .usage
    case .unusableCAFile: self = .configuration
    case .notStarted: self = .inputOutput
    }
  }

  /// The exit code that a verdict stands for.
  init(_ verdict: Verdict) {
    switch verdict {
    case .complete, .duplicate: self = .accepted
    case .completeWithRejects: self = .someRejected
    case .fileRejected: self = .fileRejected
    case .held: self = .held
    case .missing: self = .missing
    case .stopped: self = .stopped
    }
  }

  private init(_ error: IntakeError) {
    switch error {
    case .input(.notFound), .input(.isDirectory), .input(.permissionDenied), .input(.failed(_, .open, ENXIO, _)):
      self = .noInput
    case .input(.failed), .temporary: self = .inputOutput
    case .changed, .input(.cancelled): self = .stopped
    case .schema: self = .configuration
    case .input(.damaged), .tooManyRecords: self = .fileRejected
    }
  }

  /// The exit code of a file that a command is given to read, and that it can't read.
  ///
  /// - Parameter isOdd: Where something is there, and it is no file that can be used.
  init(_ fault: SmallFileFault, where isOdd: ExitStatus = .noInput) {
    switch fault.cause {
    case .missing: self = .noInput
    case .folder, .pipe, .socket, .device: self = isOdd
    case .tooLarge: self = .configuration
    case .failed(let error) where error.leadsInCircles: self = isOdd
    case .failed(let error): self = error.cause == .denied ? .noInput : .inputOutput
    }
  }

  private init(_ fault: PartFault) {
    switch fault {
    case .file: self = .inputOutput
    case .noReports, .unfinished, .noClaims, .count, .twice, .sameFile: self = .noInput
    case .damaged: self = .fileRejected
    case .otherLayout: self = .configuration
    case .interrupted: self = .stopped
    }
  }

  private init(_ error: DropError) {
    switch error {
    case .noInbound: self = .unreachable
    case .otherFileSystem, .link: self = .configuration
    case .claimIsHeld, .changing, .server(_, .cancelled), .input(.cancelled): self = .stopped
    case .server(_, let error): self = error.isOfTheServer ? .unreachable : .inputOutput
    case .file, .input: self = .inputOutput
    }
  }

  /// The exit code of a file that came through a drop, or of one that didn't come.
  init(_ outcome: RunOutcome) {
    switch outcome.end {
    case .result(let result): self.init(result)
    case .verdict(let verdict): self = outcome.hasOpenRows ? .someRejected : ExitStatus(verdict)
    case .fault(let fault): self.init(fault)
    }
  }

  private init(_ error: LedgerError) {
    switch error {
    case .diskFull, .file, .sqlite, .server, .displaced, .overwritten: self = .inputOutput
    case .contradiction: self = .accounting
    case .locked, .busy, .collided, .unreachable, .connectionLost, .workTaken, .leaseLost: self = .stopped
    case .unordered: self = .held
    case .otherEnvironment, .notALedger, .corrupted, .newerSchema, .olderSchema, .readOnly, .notReadable,
      .networkFileSystem, .noFolder,
      .otherLayout,
      .otherReferences, .linkToNothing, .otherNames, .refusedByServer, .undurable, .secretInAddress, .noServers:
      self = .configuration
    }
  }
}

extension FileError {
  /// Whether a link leads back to itself: something is there, and it is no file.
  fileprivate var leadsInCircles: Bool { code == ELOOP }
}
