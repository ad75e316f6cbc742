import Transport

/// A folder's names as an SFTP server lists them: what is read of them can be gone by.
struct ListingInput {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func run() {
    let listing = SFTPListing(bytes)
    for entry in listing.entries {
      precondition(entry.size >= 0, "\(entry.size) bytes")
      precondition(!entry.name.isEmpty && !entry.name.contains("/") && entry.name != "..", "the name \(entry.name)")
      let count = SFTPShares.count(of: entry.size)
      precondition((count == 0) == (entry.size == 0), "\(count) connections for \(entry.size) bytes")
      let part = SFTPShares(connections: count).next(of: entry.size)
      precondition((min(entry.size, 1)...SFTPShares.longest).contains(part), "a part of \(part) of \(entry.size) bytes")
    }
    for line in listing.unread { precondition(line.utf8.count <= 3 * 255, "\(line.utf8.count) bytes are kept") }
    let lines = bytes.split(separator: UInt8(ascii: "\n")).count
    precondition(listing.entries.count + listing.unread.count <= lines, "more than \(lines) names")
  }
}
