/// Memory for what is found out about up to 64 rows at once.
struct FactRoom: ~Copyable {
  /// By row, the fingerprints of its reference, its account's, its customer's.
  let references = UnsafeMutablePointer<UInt64>.allocate(capacity: RowScreen.mostRows)
  let accounts = UnsafeMutablePointer<UInt64>.allocate(capacity: RowScreen.mostRows)
  let owners = UnsafeMutablePointer<UInt64>.allocate(capacity: RowScreen.mostRows)
  /// By row, those of what it says of its customer and of its account.
  let values = UnsafeMutablePointer<UInt64>.allocate(capacity: RowScreen.mostRows)
  let accountValues = UnsafeMutablePointer<UInt64>.allocate(capacity: RowScreen.mostRows)

  deinit {
    for hashes in [references, accounts, owners, values, accountValues] { hashes.deallocate() }
  }
}
