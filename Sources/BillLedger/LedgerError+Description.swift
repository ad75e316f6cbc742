import BillModel
import Hashing

extension LedgerError: CustomStringConvertible {
  /// What is wrong and what to do, in a sentence or two.
  package var description: String {
    switch self {
    case .notALedger(let path) where LedgerURL(path) != nil:
      "there is no ledger of billdrop in \(path), or tables of another program in its place: name another schema, as with "
        + "options=-csearch_path%3Dbilldrop; if there was one, restore it, since a new ledger would not know what was sent"
    case .corrupted(let path, let detail) where LedgerURL(path) != nil:
      "the ledger \(path) is damaged (\(detail)): keep it as it is, and restore a copy beside it. A new ledger would not "
        + "know what was sent"
    case .readOnly(let path) where LedgerURL(path) != nil:
      "the ledger \(path) can't be written: the role needs a schema of its own to create tables in, and all rights to those "
        + "that are there; and the server must be no standby"
    case .busy(let path) where LedgerURL(path) != nil:
      "the ledger \(path) is locked by another process for too long: run again"
    case .collided(let path):
      "a change to the ledger \(path) and those of other processes were in each other's way: run again"
    case .locked(let path, let holder):
      "the ledger \(path) is in use by \(holder): wait until it ends, or stop it where it watches, and run again"
    case .workTaken(_, let work, let holder):
      "\(work) is being worked on by \(holder): where that process ends or dies, another goes on with it, some "
        + "\(LeaseTimes.lifetime / 1000) s after its last sign of life at the latest"
    case .leaseLost(_, let work):
      "another process has taken over \(work), since this one gave no sign of life for some "
        + "\(LeaseTimes.lifetime / 1000) s: that one goes on with it, and this one has stopped"
    case .otherEnvironment(let path, let recorded, let wanted):
      "the ledger \(path) belongs to \(recorded.text), this run to \(wanted.text): name the right --ledger or endpoint"
    case .notALedger(let path):
      "\(path) is not a ledger of billdrop, and is left alone: name another --ledger; if it was one, restore a copy, "
        + "since a new ledger would not know what was sent"
    case .corrupted(let path, let detail):
      "the ledger \(path) is damaged (\(detail)): keep the file, and its -wal beside it; restore a copy of both or "
        + "recover them with sqlite3's .recover. A new ledger would not know what was sent"
    case .newerSchema(let path, let found, let known):
      "the ledger \(path) was written by a newer billdrop (its version \(found), known here \(known)): use that one"
    case .olderSchema(let path, let found, let known):
      "the ledger \(path) was written by an older billdrop (its version \(found), here \(known)): the next run that uses "
        + "it brings it up to date"
    case .diskFull(let path):
      "no space is left for the ledger \(path): make space and run again, it goes on where it was"
    case .readOnly(let path):
      "the ledger \(path) can't be written: check the permissions of the file and its folder, and the mount"
    case .notReadable(let path, .itsLog):
      "the ledger \(path) can't be read where nothing can be written: its -wal has what isn't in it yet, or a process has it "
        + "open. Copy it, with the -wal beside it, to a folder that can be written, and look at that"
    case .notReadable(let path, .itsWriter):
      "the ledger \(path) was written while it was copied, since nothing can be written where it lies: run again, or look at "
        + "it where it is written"
    case .networkFileSystem(let path):
      "the ledger \(path) lies on a network file system, where its locks don't hold: name a --ledger on a local disk"
    case .noFolder(let path, let folder):
      "there is no ledger at \(path), and no folder \(folder): is the path right? Only the last folder of a ledger's path is "
        + "made; nothing was"
    case .linkToNothing(let path):
      "the ledger \(path) is a link to a file that isn't there: mount or restore what it leads to. A new ledger would "
        + "not know what was sent; where one is meant, remove the link"
    case .otherNames(let path, let count):
      "the ledger \(path) is one file under \(count) names (hard links), and runs by two of them would not see each "
        + "other: keep one name; a copy to put by is made with sqlite3's .backup"
    case .displaced(let path, _) where path.hasSuffix(".lock"):
      "\(path) was removed while this run had the ledger, so that another could have begun to write it too, and nothing more "
        + "was sent. Run again: it goes on. Leave that file where it is: who holds it is freed of it by ending"
    case .displaced(let path, let isReplaced):
      "\(path) was \(isReplaced ? "replaced by another file" : "removed or moved") while this run wrote it, and nothing more "
        + "was sent. Put the ledger back where it was, with its -wal, and run again: it goes on. Where it is lost, restore "
        + "the last copy; what was sent after that the API alone knows, by its references"
    case .overwritten(let path, let how):
      "the ledger \(path) was \(how) by another program while this run wrote it, and nothing more was sent. Keep what is "
        + "there, and restore the last copy; what was sent after that the API alone knows, by its references"
    case .busy(let path):
      "the ledger \(path) is locked by another program that has it open: close that and run again"
    case .otherLayout(let file, let recorded, let offered):
      "this file (\(file.short)) was taken before under layout \(recorded.text), now it comes under \(offered.text): "
        + "use that layout, or --approve \(file.short) to take it again under the new one"
    case .otherReferences(let change): change.description
    case .unordered(let file): file.description
    case .file(let error): "the ledger: \(error)"
    case .sqlite(let path, let code, let message): "the ledger \(path): \(message) (SQLite code \(code))"
    case .unreachable(let path, let detail): "the server of the ledger \(path) can't be reached: \(detail)"
    case .connectionLost(let path, let detail):
      "the connection to the ledger \(path) is lost (\(detail)): run again, it goes on with what was committed"
    case .refusedByServer(let path, let detail):
      "the server of the ledger \(path) refuses: \(detail)"
    case .undurable(let path, let setting):
      "the server of the ledger \(path) runs with \(setting) = off: what it has committed is lost with the power, and "
        + "bills would be sent twice. Switch it on"
    case .secretInAddress(let path):
      "a password stands in the address of the ledger \(path), where others can read it: leave it out, and put it into "
        + "~/.pgpass, PGPASSFILE, passfile=, a service or PGPASSWORD"
    case .noServers(let path):
      "the ledger \(path) lies in PostgreSQL, and this billdrop was built without it: swift build --traits Postgres"
    case .server(let path, let state, let message): "the ledger \(path): \(message) (SQLSTATE \(state))"
    case .contradiction(let row, let message):
      "a fault of billdrop, nothing was written: record \(row.record) of file run \(row.fileRun.value): \(message)"
    }
  }
}

extension LayoutIdentity {
  /// Its name, and what else tells it from others.
  package var text: String { "\(name) (\(digest.short), duplicates: \(duplicates))" }
}

extension EnvironmentStamp {
  fileprivate var text: String { "\(origin) (\(mode.rawValue), merchant \(merchant))" }
}
