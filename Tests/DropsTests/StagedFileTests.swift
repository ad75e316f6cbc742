import DurableFiles
import Foundation
import Hashing
import Testing

@testable import Drops

/// Copies of remote files, as they come.
struct StagedFileTests {
  private let folder: DropFolder
  private let bytes: [UInt8]
  private var size: Int64 { Int64(bytes.count) }

  init() throws {
    folder = try DropFolder()
    let random = try #require(FileHandle(forReadingAtPath: "/dev/urandom"))
    bytes = Array(try #require(try random.read(upToCount: Int(StagedFile.blockBytes) * 7 + 1000)))
  }

  private func copy(modified: Int64 = 7) throws -> StagedFile {
    try StagedFile(path: folder.root + "/copy", journal: folder.root + "/journal", size: size, modified: modified)
  }

  /// Gives a copy the bytes of some of its stretches, in pieces of any size.
  private func give(_ copy: StagedFile, _ stretches: [Range<Int64>], pieces: Int) {
    let take = copy.taker(of: stretches)
    for (index, stretch) in stretches.enumerated() {
      var offset = stretch.lowerBound
      while offset < stretch.upperBound {
        let end = min(offset + Int64(pieces), stretch.upperBound)
        let isTaken = Array(bytes[Int(offset)..<Int(end)]).withUnsafeBytes { take(index, offset, $0) }
        #expect(isTaken)
        offset = end
      }
    }
  }

  @Test func `what comes in any order is whole in the end, and its front has no gap`() throws {
    let copy = try copy()
    let stretches = copy.missing(connections: 4)
    #expect(stretches.count == 4)
    #expect(stretches.map { $0.count }.reduce(0, +) == bytes.count)
    give(copy, [stretches[3], stretches[1]], pieces: 70_001)
    #expect(copy.front == 0)
    give(copy, [stretches[0]], pieces: 1 << 20)
    #expect(copy.front == stretches[1].upperBound)
    give(copy, [stretches[2]], pieces: 999_999)
    #expect(copy.front == size)
    #expect(!copy.isWhole)
    try copy.finish()
    #expect(try self.copy().isWhole)
    #expect(try FileDigests.sha256(ofFile: copy.path) == bytes.withUnsafeBytes { SHA256Hasher().digest(of: $0) })
  }

  @Test func `opened again it misses what didn't come, and what was damaged`() throws {
    let first = try copy()
    let stretches = first.missing(connections: 4)
    give(first, Array(stretches[..<3]), pieces: 1 << 18)
    let file = try PlacedFile(path: first.path, size: size)
    try [UInt8](repeating: 1, count: 9).withUnsafeBytes { bytes in
      try file.write(bytes, at: stretches[1].lowerBound + 17)
    }
    let again = try copy()
    let damaged = stretches[1].lowerBound..<stretches[1].lowerBound + StagedFile.blockBytes
    #expect(again.missing(connections: 4) == [damaged, stretches[3]])
    #expect(again.front == stretches[0].upperBound)
  }

  @Test(arguments: [DropEntry.mostBytes + 1, .max, -1])
  func `there is no copy of what is too large to be taken`(size: Int64) throws {
    let path = folder.root + "/large"
    let error = #expect(throws: FileError.self) {
      try StagedFile(path: path, journal: folder.root + "/journal", size: size, modified: 7)
    }
    #expect(error?.path == path)
    #expect(!folder.has("large") && !folder.has("journal"))
  }

  @Test func `of a file that is another by now nothing is kept`() throws {
    let first = try copy()
    give(first, first.missing(connections: 4), pieces: 1 << 20)
    try first.finish()
    let other = try copy(modified: 8)
    #expect(!other.isWhole)
    #expect(other.missing(connections: 4).map { $0.count }.reduce(0, +) == bytes.count)
  }
}
