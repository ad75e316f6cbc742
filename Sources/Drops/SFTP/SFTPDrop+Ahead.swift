import DurableFiles
import Synchronization
import Transport

/// Claiming and fetching what is next, several files at a time: each costs a dozen round trips, which go side by side.
extension SFTPDrop {
  /// What came of files that are claimed on several threads.
  private final class Found: Sendable {
    private struct State {
      var isOurs: [Bool]
      var looks: [SFTPLook?]
      /// The server is gone, or doesn't let us in: the others need not find that out again.
      var fault: DropError?
    }

    private let state: Mutex<State>

    init(_ count: Int) {
      state = Mutex(State(isOurs: Array(repeating: false, count: count), looks: Array(repeating: nil, count: count)))
    }

    func take(_ index: Int) { state.withLock { $0.isOurs[index] = true } }
    func fetch(_ index: Int, _ look: SFTPLook?) { state.withLock { $0.looks[index] = look } }
    func fail(_ fault: DropError) { state.withLock { $0.fault = $0.fault ?? fault } }

    var isOurs: [Bool] { state.withLock { $0.isOurs } }
    var looks: [SFTPLook?] { state.withLock { $0.looks } }
    var fault: DropError? { state.withLock { $0.fault } }
  }

  package func takeAhead(_ claims: [DropClaim]) throws(DropError) -> [Bool] {
    let found = Found(claims.count)
    // A lease is this machine's matter, and takes no round trip.
    guard hasClaimFolder else { return found.isOurs }
    _ = try together(claims.count) { [self] (index) throws(DropError) in
      guard found.fault == nil else { return }
      do throws(DropError) {
        guard try take(claims[index].name, with: claims[index].companions.first) else { return }
        found.take(index)
        found.fetch(index, try fetchSmall(claims[index]))
      } catch {
        // What is wrong with one file is told when it is its turn.
        if case .server(_, let fault) = error, fault.isOfTheServer { found.fail(error) }
      }
    }
    for (claim, isOurs) in zip(claims, found.isOurs) where isOurs { claimedEntries[claim.name] = arrived[claim.name] }
    for (claim, look) in zip(claims, found.looks) { fetchedAhead[claim.name] = look }
    if let fault = found.fault { throw fault }
    return found.isOurs
  }

  /// Fetches a copy of a claimed file of one block; what the server said of it before and after that. `nil` where it is
  /// larger: it is checked while it comes.
  private func fetchSmall(_ claim: DropClaim) throws(DropError) -> SFTPLook? {
    guard let look = try look(claim, isFresh: true), look.size <= StagedFile.blockBytes else { return nil }
    let copy = try local { () throws(FileError) in
      try staging.copy(of: claim.name, size: look.size, modified: look.modified)
    }
    try fetch(copy, remotePath(of: claim), look)
    return look
  }
}
