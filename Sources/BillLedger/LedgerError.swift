package import BillModel
package import DurableFiles
package import Hashing

/// Why a ledger can't be used. Each says what to do; none is mended by making a new ledger, which would forget what was
/// sent and send it again.
package enum LedgerError: Error, Hashable, Sendable {
  /// Another process uses it; `holder` says which: `pid 4711 (billdrop submit a.csv)`.
  case locked(path: String, holder: String)
  /// It belongs to another endpoint, mode or merchant.
  case otherEnvironment(path: String, recorded: EnvironmentStamp, wanted: EnvironmentStamp)
  /// The file is no SQLite database, or another program's.
  case notALedger(path: String)
  /// The file was a ledger and is damaged, cut or emptied.
  case corrupted(path: String, detail: String)
  /// A newer billdrop wrote it.
  case newerSchema(path: String, found: Int, known: Int)
  /// An older billdrop wrote it, and it is only to be looked at: the next run brings it up to date.
  case olderSchema(path: String, found: Int, known: Int)
  /// No space is left where it lies. Nothing of the failed commit is in it.
  case diskFull(path: String)
  /// The file, its folder or the file system can't be written.
  case readOnly(path: String)
  /// It is only to be read, nothing can be written where it lies, and it can't be read without that.
  case notReadable(path: String, because: Obstacle)
  /// It lies on a network file system, where locks and the shared memory of a WAL don't hold.
  case networkFileSystem(path: String)
  /// The folder that is to hold it, or in which that one is to be made, isn't there.
  case noFolder(path: String, folder: String)
  /// A symbolic link stands in its place, and leads to no file.
  case linkToNothing(path: String)
  /// The file has further names (hard links): a run by another one would look for another lock, and another WAL.
  case otherNames(path: String, count: Int)
  /// A file of the open ledger was removed or moved, or another one was put in its place.
  case displaced(path: String, isReplaced: Bool)
  /// The open ledger's file was cut, or written over, by another program.
  case overwritten(path: String, how: String)
  /// Something that isn't billdrop locks the database.
  case busy(path: String)
  /// The same bytes were taken under another layout.
  case otherLayout(file: SHA256Digest, recorded: LayoutIdentity, offered: LayoutIdentity)
  /// The layout of this name derives references by another rule than before.
  case otherReferences(ReferenceChange)
  /// A file of balances that can't be put in order with those before it: held until somebody says that it is newer.
  case unordered(UnorderedFile)
  /// The system said no.
  case file(FileError)
  /// Any other failure of SQLite, with its extended result code.
  case sqlite(path: String, code: Int32, message: String)
  /// The server of a ledger can't be reached.
  case unreachable(path: String, detail: String)
  /// The connection to a ledger's server has ended, or nothing comes over it. What was being committed may be committed:
  /// the next opening reads it.
  case connectionLost(path: String, detail: String)
  /// A server lets nobody in by this address, or has no database for a ledger.
  case refusedByServer(path: String, detail: String)
  /// A server whose commits don't survive a power cut; `setting` is off in it.
  case undurable(path: String, setting: String)
  /// A password stands in the address of a ledger.
  case secretInAddress(path: String)
  /// This build knows no servers.
  case noServers(path: String)
  /// Any other failure of a server, with its SQLSTATE.
  case server(path: String, state: String, message: String)
  /// A server undid a change that was in the way of others', and they of it. Nothing of it is there.
  case collided(path: String)
  /// Another process has a piece of work of a shared ledger.
  case workTaken(path: String, work: String, holder: String)
  /// Another process has taken over a piece of work, since this one gave no sign of life for too long.
  case leaseLost(path: String, work: String)
  /// A commit contradicts what the ledger holds: a fault of ours. Nothing of it was written.
  case contradiction(RowAddress, String)

  /// What keeps a ledger from being read where nothing can be written.
  package enum Obstacle: Hashable, Sendable {
    /// Its `-wal` has what isn't in the file yet, or a process has it open.
    case itsLog
    /// Somebody has written it while it was copied.
    case itsWriter
  }
}
