import BillIntake
import BillLayouts
import BillLedger
import BillModel
import Drops
import FileRuns
import RunConfiguration

/// A feed at work: which files are its own, and by which layout each is read. Patterns are compiled once, and what they
/// said of a name is remembered, since a folder may hold very many.
final class FeedDesk {
  let settings: FeedSettings
  let account: AccountDesk
  private var known: [String: Match] = [:]
  /// The keys that stand in files, by their names.
  private var read: [String: (stamp: DropEntry.Stamp, key: FeedKey?)] = [:]

  /// Whether files hold mended rows, by their names.
  private var mended: [String: (stamp: DropEntry.Stamp, isMended: Bool)] = [:]

  /// What the pattern says of a name.
  enum Match {
    case other
    case own(FeedKey?)
  }

  init(_ settings: FeedSettings, _ account: AccountDesk) {
    self.settings = settings
    self.account = account
  }

  var name: String { settings.name }

  /// Whether no more of its files are sent in this pass.
  var rests: Bool { account.pauses.rests(name) }

  /// Whether what puts its files in order stands in them, and somebody asks for it.
  var readsKeys: Bool { settings.readsKeys }

  /// Whether what has this name in the drop is a file of the feed's; a mended one is by the name that it is mended from.
  func match(_ name: String) -> Match {
    if let known = known[name] { return known }
    let match = settings.groups(inDropped: name).map { Match.own(FeedKey(groups: $0)) } ?? .other
    known[name] = match
    return match
  }

  /// Forgets names that are no longer there.
  func forget(except names: Set<String>) {
    if known.count > 2 * names.count + 1000 { known = known.filter { names.contains($0.key) } }
    read = read.filter { names.contains($0.key) }
    mended = mended.filter { names.contains($0.key) }
  }

  /// The layout for a file of this name; `nil` where none of several takes it.
  func layout(for name: String) -> Layout? { settings.layout(for: name) }

  package func isMended(_ name: String) -> Bool { SourceName(name).isMended }

  /// Whether the key that stands in a file that was taken couldn't be read so far, nor the file: it has its place before
  /// anything of it goes.
  func awaitsKey(_ file: DropFile) -> Bool {
    readsKeys && file.sortKey == nil && file.report == nil && !isMended(file.name)
  }

  /// The key that stands in a file; `nil` where none can be read: what is wrong with it, its submission tells.
  ///
  /// - Parameter stamp: Where it is given, what was read is remembered as long as the file has it.
  func key(inFile path: String, named name: String, _ stamp: DropEntry.Stamp? = nil) throws(RunFault) -> FeedKey? {
    if let stamp, let known = read[name], known.stamp == stamp { return known.key }
    guard let layout = layout(for: name) else { return nil }
    let text = try? account.intake(layout).position(of: input(path), isCancelled: account.isInterrupted)
    let key = text.flatMap { FeedKey(date: $0) ?? FeedKey(sequence: $0) }
    if let stamp { read[name] = (stamp, key) }
    return key
  }

  /// Whether the rows of a file are mended ones of an earlier file of the feed.
  func isMended(inFile path: String, named name: String, _ stamp: DropEntry.Stamp) throws(RunFault) -> Bool {
    if let known = mended[name], known.stamp == stamp { return known.isMended }
    guard let layout = layout(for: name) else { return false }
    let isMended: Bool
    do throws(RunFault) { isMended = try account.submission(layout, for: settings).isMended(input(path)) } catch {
      guard error.isOfOneFile else { throw error }
      isMended = false
    }
    mended[name] = (stamp, isMended)
    return isMended
  }

  /// A file as it is read.
  func input(_ path: String) -> IntakeInput {
    if let filter = settings.filter { .filtered(path: path, filter) } else { .file(path: path) }
  }
}
