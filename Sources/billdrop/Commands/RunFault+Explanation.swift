import BillIntake
import BillLayouts
import BillLedger
import BillModel
import Drops
import DurableFiles
import FileRuns
import HTTPServing
import PartMerging
import PaymentEvents
import Tabular
import Transport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RunFault {
  /// What happened and what to do, in a sentence or two, without a key and without a type's name.
  var explanation: String {
    switch self {
    case .key(let error): error.explanation
    case .intake(let error): Self.text(error)
    case .schema(let error): "The schemas can't be used: \(error)"
    case .layout(let name, let mistakes): "The layout \(name) can't be used.\n\(mistakes.joined(separator: "\n"))"
    case .noLayout(let name, let fault):
      fault.cause != .missing
        ? "The layout \(Masking.oneLine(name)) can't be read: \(fault.reason)."
        : "There is no layout \(name): neither a file, nor one of \(Layout.builtInNames.joined(separator: ", "))."
    case .ledger(let error): error.description
    case .file(let error): error.description
    case .noReports(let error):
      "The report can't be written: \(error). Nothing was sent; name another folder with --reports."
    case .report(let error):
      "The report was not written: \(error). What was sent is in the ledger; run the same command again once that is "
        + "mended: nothing goes twice, and the report is written."
    case .drop(let error): error.description
    case .noConfiguration(let name, let error):
      "The configuration \(Masking.oneLine(name)) can't be read: \(Self.reason(error))."
    case .configuration(let name, let mistakes):
      "The configuration \(name) can't be used.\n\(mistakes.joined(separator: "\n"))"
    case .feed(let words): words
    case .client(let error): error.description
    case .request(let error): "A request can't be built; this is a fault of billdrop: \(error)"
    case .noLedgerPath:
      "No place for the ledger: name one with --ledger, or set HOME, XDG_STATE_HOME or STATE_DIRECTORY."
    case .noLedger(let path):
      "There is no ledger at \(path): nothing was submitted through it. Name the one that was used with --ledger."
    case .eventsNeedFile(let ledger):
      "Events are kept beside a ledger in a file, and \(ledger) is at a server: name a --ledger of a file for them."
    case .severalLedgers(_, let paths):
      "It was submitted to several environments: say which, with one of\n"
        + paths.map { "  --ledger \($0)" }.joined(separator: "\n")
    case .neverSubmitted(let ledger):
      "The ledger \(ledger) knows no file of these bytes: it was never submitted through it, or it has changed since. "
        + "Only the file as it was submitted tells what its rows asked for."
    case .changedSince(let name, let digest, let unknown):
      "\(name) has changed since it was submitted: the ledger knows it with a SHA-256 of \(digest)…, with "
        + "\(unknown) unknown \(unknown == 1 ? "row" : "rows"). Put that file back: only its rows tell what was asked for."
    case .unreadableNow(let file): file.description
    case .receiptKey(let file):
      "\(file.map { "The file \($0)" } ?? "BILLDROP_RECEIPT_KEY") must hold a key of at least 32 bytes, to sign receipts "
        + "with: openssl rand -hex 32 makes one."
    case .unreadable(let fault): "\(Masking.oneLine(fault.path)) can't be read: \(Self.reason(fault))."
    case .noReceiptKey(let fault):
      "The receipts' key can't be read from \(Masking.oneLine(fault.path)): \(fault.reason)."
    case .noReceipt(let path, let isThere):
      (isThere ? "\(path) is a folder or a device, and no receipt." : "There is no receipt \(path).")
        + " A finished file leaves receipt.json in its report: name that."
    case .notAReceipt(let path): "\(path) is no receipt that this version of billdrop knows."
    case .noSandbox(let path):
      "There is no program \(path): a rehearsal needs moment-sandbox. Build it, put it beside billdrop, or name it with "
        + "--sandbox."
    case .sandbox(let words):
      "The stand-in for the API can't be used: "
        + words.split(separator: "\n").filter { !$0.hasPrefix("Try ") }.joined(separator: "; ")
    case .billsOnly(let what, let operation):
      "A \(what) is for files of bills, and the rows of this one are of the operation \(operation.rawValue). Nothing was "
        + "sent."
    case .parts(let fault): fault.explanation
    case .plan(let fault): fault.explanation
    case .unconfirmedVoid(let bills):
      "held: this file voids \(bills) \(bills == 1 ? "bill" : "bills"), those that it corrects among them, and that can't be "
        + "undone. Nothing was sent. Add "
        + "--confirm-void if that is meant, or \"confirm_void\": true to its layout."
    case .mendedSince(let name, let digest, let mended):
      "held: \(Masking.shown(mended)), with mended rows of \(Masking.shown(name)), was submitted since. What came in it under another "
        + "reference would be sent twice. Nothing was sent. If the rows that are left are right as they are, the same "
        + "command with --approve \(digest) sends them; those that have come in another file are left out. "
        + "Without --retry what was never sent goes alone."
    case .updatesWhileAdding:
      "By its layout this file adds to balances, and --update-parties would change the same customers and accounts beside "
        + "that. Nothing was sent. Leave the option out here, and give it with a file that adds to none."
    case .uncountable(let ledger):
      "The ledger \(ledger) can't be written, and each request is counted in it where a day has a budget (\"daily\" of the "
        + "configuration, or --daily). Nothing was asked. Leave that out, or use the ledger where it can be written."
    case .webhookSecret(let error): error.explanation
    case .events(.store(let error)): error.description
    case .events(.service(.cannotListen(let port, let code))):
      "The port \(port) can't be listened on: \(String(cString: strerror(code)))."
    case .events(.service(.noTLS)): "This machine's libmicrohttpd is built without GnuTLS."
    case .whichLedger(let paths):
      paths.isEmpty
        ? "There is no ledger in the usual place: name the one that bills were submitted through with --ledger."
        : "There are several ledgers; name one with --ledger: \(paths.joined(separator: ", "))."
    case .momentReport(let name, let error): "\(Masking.oneLine(name)): \(error.explanation)"
    case .refusedKey(let words): "The API refused the key: \(words)"
    case .interrupted: "Interrupted; nothing was written."
    case .accounting(let discrepancies):
      "The report does not add up, so none was written; this is a fault of billdrop: \(discrepancies.joined(separator: "; "))."
    }
  }

  /// Why a small file can't be read; where it isn't there, from where on it was looked for.
  private static func reason(_ fault: SmallFileFault) -> String {
    guard fault.cause == .missing, !fault.path.hasPrefix("/"), let folder = Place.workingFolder else {
      return fault.reason
    }
    return "\(fault.reason), looked for from \(Masking.oneLine(folder)) on"
  }

  /// A file that isn't there, or can't be named here.
  private static func notFound(_ name: String) -> String {
    if name.contains("\u{FFFD}") {
      return "This name is not in UTF-8, and billdrop can't open a file by such a name. Rename the file, or give it on "
        + "standard input, as - < FILE."
    }
    guard !name.hasPrefix("/"), let folder = Place.workingFolder else {
      return "There is no such file. Is the name right?"
    }
    return "There is no such file. Is the name right? It is looked for from \(Masking.oneLine(folder)) on."
  }

  private static func text(_ error: IntakeError) -> String {
    switch error {
    case .input(.notFound(let name)): notFound(name)
    case .input(.isDirectory(let name)):
      "This is a folder. Name the files in it, for example \(Masking.oneLine(name))/*.csv."
    case .input(.permissionDenied):
      "This file may not be read: its permissions, or those of a folder above it, forbid it."
    case .input(.failed(_, .open, ENXIO, _)): "This is a socket, or a device that isn't there: name a file."
    case .input(.failed(_, .open, let code, _)): "The file can't be opened: \(String(cString: strerror(code)))."
    case .input(.failed(_, .read, let code, let offset)):
      "The file can't be read (byte \(offset)): \(String(cString: strerror(code)))."
    case .input(.failed(_, .unpack, let code, let offset)): "The file can't be unpacked (byte \(offset)): zlib \(code)."
    case .input(.failed(_, .convert, let code, _)):
      "The file's encoding can't be read here: \(String(cString: strerror(code)))."
    case .input(.damaged(_, let damage)): damage.description
    case .input(.cancelled): "Interrupted while nothing came from it; nothing was read."
    case .changed(_, let offset):
      "The file changed while it was read\(offset > 0 ? ", before byte \(offset)" : ""). It is read no further: "
        + "run again once it is still."
    case .temporary(let folder, let operation, let code):
      "A temporary file in \(folder) failed (\(operation.rawValue)): \(String(cString: strerror(code))). "
        + "TMPDIR names another folder."
    case .schema(let error): "The schemas can't be used: \(error)"
    case .tooManyRecords: "The file has more records than billdrop can number (4,294,967,294); split it."
    }
  }
}
