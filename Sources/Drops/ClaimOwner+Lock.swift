import DurableFiles

extension ClaimOwner {
  /// The lock of another ledger, held while its claims are taken over; `nil` where that ledger isn't on this machine, or
  /// this owner's own was made in its place. A ledger that was ever opened has its lock's file: none is made here.
  ///
  /// - Parameters:
  ///   - ledger: The path that the drop has for it, which may be any.
  ///   - isLedger: Whether a file of this machine is a ledger.
  func lock(ofLedger ledger: String?, where isLedger: (String) -> Bool) throws(DropError) -> FileLock? {
    guard let ledger, ledger != self.ledger, isLedger(ledger), Directory.hasFile(ledger + ".lock") else { return nil }
    do throws(FileLock.Failure) { return try FileLock(path: ledger + ".lock") } catch {
      switch error {
      case .held(_, let holder): throw .claimIsHeld(owner: ledger, holder: holder)
      case .fault(let fault): throw .file(fault)
      }
    }
  }
}
