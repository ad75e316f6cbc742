import DurableFiles
import Transport

/// What is known of a staged copy that is not whole yet, a line a block: so that a process that died in the middle goes on
/// with what is there. A block counts only where the copy's bytes still have its hash.
///
/// The first line is `billdrop-staging 2 SIZE MODIFIED`, the others `BLOCK HASH`; `whole` is the last.
final class StagingJournal {
  private static let title = "billdrop-staging 2"

  private let path: String
  private let file: AppendedFile

  /// The hashes of blocks that were written, by their numbers.
  private(set) var blocks: [Int: UInt64] = [:]
  private(set) var isWhole = false

  /// Goes on with a journal about a file of this size and time, or begins a new one.
  init(path: String, size: Int64, modified: Int64) throws(FileError) {
    self.path = path
    let heading = "\(Self.title) \(size) \(modified)"
    let lines = try Self.lines(path)
    if lines.first == heading {
      for line in lines.dropFirst() {
        let words = line.split(separator: " ")
        if line == "whole" { isWhole = true }
        guard words.count == 2, let block = Int(words[0]), let hash = UInt64(words[1], radix: 16) else { continue }
        blocks[block] = hash
      }
      file = try AppendedFile(path: path)
    } else {
      try Directory.remove(path)
      file = try AppendedFile(path: path)
      try file.add(heading + "\n")
    }
  }

  /// The size and the time of the file that a journal is about; `nil` where there is none.
  static func source(_ path: String) throws(FileError) -> SFTPLook? {
    let words = try lines(path).first?.split(separator: " ") ?? []
    guard words.count == 4, let size = Int64(words[2]), let modified = Int64(words[3]) else { return nil }
    return SFTPLook(size: size, modified: modified)
  }

  private static func lines(_ path: String) throws(FileError) -> [String] {
    guard let glimpse = try FileGlimpse(path: path, headLimit: 4 << 20) else { return [] }
    return String(decoding: glimpse.head, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  func note(_ block: Int, _ hash: UInt64) throws(FileError) { try file.add("\(block) \(String(hash, radix: 16))\n") }

  /// Notes that the copy is whole and durable.
  func noteWhole() throws(FileError) {
    try file.add("whole\n")
    try file.sync()
    isWhole = true
  }
}
