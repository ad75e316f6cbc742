import DurableFiles
import Synchronization
import Tabular
package import Transport

/// A drop that is a folder of an SFTP server.
///
/// A file is claimed by renaming it into a folder of the ledger's own below `processing`, as in a drop that is a folder:
/// one wins, since what is renamed is gone for others. Most servers rename nothing over what is there; some do, so that is
/// looked at first. Where the server permits no such folder, the claim is a
/// lease: a note beside the staged copies that this ledger has the file. What is worked on is a copy on this machine.
package final class SFTPDrop: Drop {
  package let title: String
  let options: SFTPDropOptions
  let owner: ClaimOwner
  let companions: CompanionNames
  let staging: Staging
  let leases: Leases
  /// Tells people what goes otherwise than they may think.
  let tell: (String) -> Void
  private let connect: () throws(SFTPError) -> SFTPClient
  private var client: SFTPClient?
  /// Whether there is a folder on the server for this ledger's claims.
  private(set) var hasClaimFolder = false
  /// The names of files that are claimed by a lease.
  var leased: Set<String> = []
  /// What was last seen where files arrive, and among the claims.
  var arrived: [String: SFTPEntry] = [:]
  var claimedEntries: [String: SFTPEntry] = [:]
  /// What the server said of a claim's file a moment ago.
  var lastLook: (name: String, look: SFTPLook, at: ContinuousClock.Instant)?
  /// What the server said of claims whose copies were fetched before their turn.
  var fetchedAhead: [String: SFTPLook] = [:]
  /// The copy that is coming now.
  var fetch: Fetch?
  /// Whether several things are being asked of the server at a time: nothing of the drop's own is changed meanwhile.
  private(set) var isTogether = false
  private var isSwept = false
  /// Held from the beginning on: nobody sweeps away what this process fetches.
  private var share: SharedLock?

  var folders: DropFolders { options.folders }

  /// Where this ledger's claims lie, where they are renamed.
  var claimed: String { folders.processing + "/" + owner.identity }

  /// - Parameters:
  ///   - connect: Makes the client when it is first needed.
  ///   - tell: Told in sentences, on the caller's thread.
  package init(
    _ options: SFTPDropOptions, title: String, owner: ClaimOwner, tell: @escaping (String) -> Void,
    connect: @escaping () throws(SFTPError) -> SFTPClient
  ) {
    self.options = options
    self.title = title
    self.owner = owner
    self.tell = tell
    self.connect = connect
    companions = CompanionNames(endings: options.companionEndings)
    staging = Staging(root: options.staging, owner: owner, title: title, keptDays: options.keptDays)
    leases = Leases(folder: staging.folder + "/.leases")
  }

  package func prepare() throws(DropError) {
    try local { () throws(FileError) in
      try staging.prepare()
      try leases.prepare()
      share = try staging.share()
      leased = try leases.names()
    }
    let made = [folders.processing, claimed, folders.archive, folders.rejected, folders.reports]
    try server { (client) throws(SFTPError) in try client.makeFolders(made) }
    do throws(DropError) {
      _ = try server { (client) throws(SFTPError) in try client.list(claimed) }
      try writeOwner()
      hasClaimFolder = true
    } catch .server(_, let fault) where fault.isOfSpace {
      tell("\(site)\(claimed) gets no note of whose claims lie there: \(fault)")
      hasClaimFolder = true
    } catch {
      guard case .server(_, let fault) = error, fault.isMissingFolder else { throw error }
      tellOfLeases("no folder \(claimed)")
    }
  }

  func tellOfLeases(_ what: String) {
    tell(
      "the server permits \(what): files are claimed by leases of this ledger alone, so let no other ledger work on this "
        + "drop")
  }

  package func list() throws(DropError) -> DropListing {
    let found: (entries: [SFTPEntry], unread: [String])
    do throws(DropError) {
      found = try server { (client) throws(SFTPError) in try client.listing(folders.inbound) }
    } catch {
      if case .server(_, .notFound) = error { throw .noInbound(path: "\(title): \(folders.inbound)") }
      throw error
    }
    var listing = DropListing()
    arrived = [:]
    for entry in found.entries where entry.kind != .folder && !DropName.isPassedOver(entry.name) {
      if let reason = Self.oddness(entry) ?? (arrived[entry.name] == nil ? nil : .sameText) {
        listing.odd.append((entry.name, reason))
        continue
      }
      arrived[entry.name] = entry
      if !leased.contains(entry.name) { listing.entries.append(DropEntry(entry)) }
    }
    listing.odd += found.unread.map { ($0, .controlCharacter) }
    listing.entries.sort { $0.name < $1.name }
    return listing
  }

  private static func oddness(_ entry: SFTPEntry) -> OddName? {
    if DropName.hasControlCharacter(entry.name) { return .controlCharacter }
    if entry.name.unicodeScalars.contains("\u{FFFD}") { return .notUTF8 }
    if entry.name.utf8.count > FileName.mostBytes { return .tooLong }
    return switch entry.kind {
    case .link: .link
    case .other: .notAFile
    case .file where entry.size > DropEntry.mostBytes: .tooLarge
    case .file, .folder: nil
    }
  }

  // MARK: What all parts use

  /// Asks the server; nothing else may be under way with it.
  func server<Value>(_ work: (SFTPClient) throws(SFTPError) -> Value) throws(DropError) -> Value {
    do throws(SFTPError) {
      if let client { return try work(client) }
      let made = try connect()
      client = made
      return try work(made)
    } catch {
      throw .server(title: title, error)
    }
  }

  /// Does several things at a time, each over a connection of its own; what went wrong with each. They ask the server, and
  /// change nothing of the drop's.
  func together(_ count: Int, _ work: @escaping (Int) throws(DropError) -> Void) throws(DropError) -> [DropError?] {
    final class Faults: Sendable {
      let list: Mutex<[DropError?]>
      init(_ count: Int) { list = Mutex(Array(repeating: nil, count: count)) }
    }
    let client = try server { (client) throws(SFTPError) in client }
    let faults = Faults(count)
    nonisolated(unsafe) let work = work
    let one: @Sendable (Int) -> Void = { index in
      do throws(DropError) { try work(index) } catch { faults.list.withLock { $0[index] = error } }
    }
    if isTogether || count < 2 {
      for index in 0..<count { one(index) }
    } else {
      isTogether = true
      client.together(count, one)
      isTogether = false
    }
    return faults.list.withLock { $0 }
  }

  func local<Value>(_ work: () throws(FileError) -> Value) throws(DropError) -> Value {
    do throws(FileError) { return try work() } catch { throw .file(error) }
  }

  /// Removes copies of files that are neither claims of ours any more nor where files arrive, once; where another process of
  /// this ledger works on this machine they stay for a later run.
  func sweep(_ names: [String]) throws(DropError) {
    guard !isSwept, let share else { return }
    isSwept = true
    _ = try local { () throws(FileError) in
      try share.alone { () throws(FileError) in try staging.sweep(except: Set(names)) }
    }
  }
}

extension DropEntry {
  init(_ entry: SFTPEntry) {
    self.init(name: entry.name, stamp: Stamp(size: entry.size, modified: entry.modified))
  }
}

extension SFTPError {
  /// Whether the server may have no space left.
  var isOfSpace: Bool {
    switch self {
    case .noSpace, .stuck: true
    default: false
    }
  }

  /// Whether a folder can't be used since it isn't there, or isn't permitted.
  fileprivate var isMissingFolder: Bool {
    switch self {
    case .notFound, .denied, .refused: true
    default: false
    }
  }
}
