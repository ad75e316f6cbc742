import DurableFiles
import Foundation
import Testing

/// What a name in a folder stands for.
@Suite struct FileLookTests {
  /// A file system that keeps times of 64 bits.
  private static let folder = "/dev/shm"

  @Test(
    .enabled(if: access(folder, W_OK) == 0),
    arguments: [
      (9_300_000_000, Int64.max), (-9_300_000_000, .min), (Int.max, .max), (Int.min, .min), (7, 7_000_000_005),
    ])
  func `a time that is too far off is the last or the first that there is`(seconds: Int, modified: Int64) throws {
    let path = "\(Self.folder)/billdrop-look-\(UUID().uuidString)"
    try Data().write(to: URL(filePath: path))
    defer { unlink(path) }
    let times = [timespec(tv_sec: 0, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 5)]
    try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
    #expect(try FileLook(path: path)?.modified == modified)
  }
}
