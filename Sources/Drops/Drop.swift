package import Tabular

/// A place where files arrive and answers are put: a folder, or a folder of an SFTP server.
///
/// For one thread. Nothing here decides which file is taken when; that is the run's. A method that throws has left the
/// drop so that the same call, also of another process, goes on.
package protocol Drop: AnyObject {
  /// What it is called in messages: a path, or a URL without secrets.
  var title: String { get }

  /// Sees that the drop can be used, and makes what is missing of its folders but the one that files arrive in.
  func prepare() throws(DropError)

  /// By which all processes of this ledger know the drop, whatever each one calls it; once it is prepared. `nil` where it has
  /// no mark yet, and none is to be made: one process makes it.
  func mark(makingOne: Bool) throws(DropError) -> String?

  /// What lies where files arrive.
  func list() throws(DropError) -> DropListing

  /// Opens a file that has arrived and is not claimed, from its beginning.
  func read(_ name: String) throws(DropError) -> ByteSource

  /// Where a file that has arrived can be read on this machine; where it lies on another, a copy is fetched.
  func path(ofArrived name: String) throws(DropError) -> String

  /// Where people find a file that has arrived: a whole path of this machine, or a URL.
  func location(ofArrived name: String) -> String

  /// Where people find a claimed file.
  func location(of claim: DropClaim) -> String

  /// Where people find a file that was put away under a name.
  func location(of name: String, in place: DropPlace) -> String

  /// Claims a file, with its companion where it has one; `false` where it is gone: another process was faster, or the
  /// sender took it back. `false` too where one of the same name was claimed before and isn't through.
  func claim(_ name: String, companion: String?) throws(DropError) -> Bool

  /// Claims files that are next, and fetches copies of them, side by side; which of them are this ledger's by that. The
  /// others are claimed one by one, and so is told what is wrong with one.
  func takeAhead(_ claims: [DropClaim]) throws(DropError) -> [Bool]

  /// What this ledger has claimed and not yet put away, in the order of the names.
  func claims() throws(DropError) -> [DropClaim]

  /// The claimed file as it is now; `nil` where somebody took it away.
  func stamp(of claim: DropClaim) throws(DropError) -> DropEntry.Stamp?

  /// Where the claimed file can be read on this machine: itself, or a staged copy of it that is whole and durable.
  func stage(_ claim: DropClaim) throws(DropError) -> String

  /// The claimed file while it still comes to this machine, so that it can be read meanwhile; `nil` where there is nothing
  /// to wait for. `endStream` must follow, and until then nothing else may be asked of the drop.
  func stream(_ claim: DropClaim) throws(DropError) -> ArrivingFile?

  /// Waits until the file of `stream` is there whole, and throws what went wrong with it.
  func endStream() throws(DropError)

  /// Whether files are better claimed, answered and put away several at a time.
  var gathers: Bool { get }

  /// Answers several files, and finds a free name for each; `nil` where somebody has written to the file since it was read.
  /// Throws where the drop as a whole can't be used.
  func answer(_ answers: [DropAnswer]) throws(DropError) -> [Result<String?, DropError>]

  /// Puts several files away, as `put` does with one; what went wrong with each.
  func put(_ moves: [DropMove]) throws(DropError) -> [DropError?]

  /// A name that is free in a place: the claim's own, or one with something between its stem and its extension.
  func freeName(for claim: DropClaim, in place: DropPlace, mark: String) throws(DropError) -> String

  /// Puts a claimed file away, its companions with it. `name` is free, or was so when it was chosen before a crash.
  func put(_ claim: DropClaim, into place: DropPlace, as name: String) throws(DropError)

  /// Whether a file of this name was put there.
  func holds(_ name: String, in place: DropPlace) throws(DropError) -> Bool

  /// Puts a report where the sender looks for it, the last file last; each is whole or not there.
  ///
  /// - Parameters:
  ///   - folder: What the report's folder is called there.
  ///   - rights: Who may read its files.
  func deliver(_ files: [OutgoingFile], as folder: String, _ rights: ReportRights) throws(DropError)

  /// What other ledgers have claimed here.
  func foreignClaims() throws(DropError) -> [ForeignClaims]

  /// Claims what other ledgers have claimed; the names. Throws `claimIsHeld` where one of them is at work.
  ///
  /// - Parameter isLedger: Whether a file of this machine is a ledger. A drop may name any: only a ledger's lock is taken.
  func takeOver(where isLedger: (String) -> Bool) throws(DropError) -> [String]
}

extension Drop {
  package func mark(makingOne: Bool) throws(DropError) -> String? { title }
}
