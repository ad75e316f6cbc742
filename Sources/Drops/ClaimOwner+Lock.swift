import DurableFiles

extension ClaimOwner {
  /// The lock of another ledger, held while its claims are taken over; `nil` where that ledger isn't on this machine, or
  /// this owner's own was made in its place.
  func lock(ofLedger ledger: String?) throws(DropError) -> FileLock? {
    guard let ledger, ledger != self.ledger, Directory.hasFile(ledger) else { return nil }
    do throws(FileLock.Failure) { return try FileLock(path: ledger + ".lock") } catch {
      switch error {
      case .held(_, let holder): throw .claimIsHeld(owner: ledger, holder: holder)
      case .fault(let fault): throw .file(fault)
      }
    }
  }
}
