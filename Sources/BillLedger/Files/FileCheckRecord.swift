package import Hashing

/// What pass one found, as far as pass two needs it after a restart.
package struct FileCheckRecord: Hashable, Sendable {
  /// Bytes in each block but the last.
  package var blockSize: Int
  /// SHA-256 of each block, in file order.
  package var blockDigests: [SHA256Digest]
  package var recordsRead: Int
  package var valid: Int
  package var invalid: Int

  package init(blockSize: Int, blockDigests: [SHA256Digest], recordsRead: Int, valid: Int, invalid: Int) {
    self.blockSize = blockSize
    self.blockDigests = blockDigests
    self.recordsRead = recordsRead
    self.valid = valid
    self.invalid = invalid
  }
}
