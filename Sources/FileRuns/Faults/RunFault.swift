package import BillIntake
package import BillLedger
package import BillModel
package import Drops
package import DurableFiles
package import MomentAPI
package import PartMerging
package import PaymentEvents
package import SchemaRules
import SubmitPass
package import Transport

/// Why a command could not do its work. The command line turns each into a message and an exit code.
package enum RunFault: Error {
  case key(SecretKeyError)
  case client(HTTPClientError)
  case intake(IntakeError)
  case schema(SchemaError)
  /// The layout can't be used: what is wrong with it, each with its place.
  case layout(name: String, mistakes: [String])
  /// The layout's file can't be read.
  case noLayout(name: String, SmallFileFault)
  case ledger(LedgerError)
  case file(FileError)
  /// A submission's report would have no place to be written to, and so nothing is sent.
  case noReports(FileError)
  /// A submission's report can't be written; what was sent is in the ledger.
  case report(FileError)
  case drop(DropError)
  /// The configuration's file can't be read.
  case noConfiguration(name: String, SmallFileFault)
  /// The configuration can't be used: why, each mistake with its place.
  case configuration(name: String, mistakes: [String])
  /// It can't be told by which feed of a configuration files go: why, in words.
  case feed(String)
  /// A request that can't be built: a fault of ours.
  case request(RequestError)
  /// There is no place for the ledger: neither option nor environment names one.
  case noLedgerPath
  /// There is no ledger at this path, and what was asked for needs one.
  case noLedger(path: String)
  /// Events lie beside a ledger in a file, and this one is at a server.
  case eventsNeedFile(ledger: String)
  /// Several ledgers know a file of this name or these bytes: their paths.
  case severalLedgers(file: String, paths: [String])
  /// The ledger at this path knows no file of these bytes.
  case neverSubmitted(ledger: String)
  /// The ledger knows a file of this name with other bytes: their digest's first digits, and how many of its rows are
  /// unknown.
  case changedSince(name: String, digest: String, unknown: Int)
  /// A file that an earlier run has taken can't be read now as that run read it.
  case unreadableNow(UnreadableFile)
  /// No usable key for receipts: in this file, or in the environment where none is named.
  case receiptKey(file: String?)
  /// A file that a command is given can't be read.
  case unreadable(SmallFileFault)
  /// The file with the key for receipts can't be read.
  case noReceiptKey(SmallFileFault)
  /// There is no receipt at this path: nothing, or something that is no file.
  case noReceipt(path: String, isThere: Bool)
  /// What is there is no receipt that this version knows.
  case notAReceipt(path: String)
  /// There is no program moment-sandbox at this path.
  case noSandbox(path: String)
  /// The stand-in for the API can't be used; why.
  case sandbox(String)
  /// What was asked for knows bills alone, and the file's layout asks for something else: `plan` or `canary`.
  case billsOnly(String, OperationKind)
  /// Reports of parts can't be joined.
  case parts(PartFault)
  /// A plan can't be gone by.
  case plan(PlanFault)
  /// Nobody has confirmed that so many bills may be voided.
  case unconfirmedVoid(bills: Int)
  /// Refused rows of a file are to be sent again, and a file of its mended rows was submitted since: this one.
  case mendedSince(name: String, digest: String, mended: String)
  /// Parties are to be compared and changed beside rows that add to their balances.
  case updatesWhileAdding
  /// Requests of a day are to be counted in a ledger, and it can't be written.
  case uncountable(ledger: String)
  /// No usable secret of webhooks.
  case webhookSecret(WebhookSecretError)
  /// The endpoint for events can't be started.
  case events(EventsFault)
  /// No ledger is named, and there isn't exactly one in the usual place: those that are there.
  case whichLedger([String])
  /// Moment's reconciliation report can't be used.
  case momentReport(name: String, MomentReportError)
  /// The API refused the key; what it said.
  case refusedKey(String)
  /// We were told to end before there was a result.
  case interrupted
  /// The report does not add up to the file: a fault of ours.
  case accounting([String])
}

extension RunFault {
  /// Whether it says something of one file alone, so that others can go on.
  package var isOfOneFile: Bool {
    switch self {
    case .intake(.temporary): false
    case .intake, .ledger(.otherLayout), .ledger(.otherReferences), .ledger(.unordered),
      .ledger(.leaseLost), .accounting, .billsOnly,
      .unconfirmedVoid, .mendedSince, .updatesWhileAdding, .unreadableNow, .noReports, .report, .file:
      true
    case .drop(let fault): !fault.isOfTheDrop
    default: false
    }
  }

  /// What happened, where the module that it happened in has words for it.
  package var ownWords: String? {
    switch self {
    case .drop(let fault): fault.words
    case .ledger(let error): error.description
    case .file(let error), .noReports(let error): error.description
    case .report(let error): "The report was not written: \(error)."
    case .intake(.input(let error)): DropError.input(error).words
    case .unreadableNow(let file): file.description
    default: nil
    }
  }

  init(_ fault: SubmitFault) {
    switch fault {
    case .ledger(let error): self = .ledger(error)
    case .intake(let error): self = .intake(error)
    case .request(let error): self = .request(error)
    }
  }
}
