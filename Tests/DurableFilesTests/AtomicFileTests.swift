import Glibc
import Testing

@testable import DurableFiles

@Suite struct AtomicFileTests {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/report.csv" }

  @Test func `a file appears whole with its commit, and not before`() throws {
    let file = try AtomicFile(path: path, bufferSize: 8)
    try file.write("short,")
    try file.write("longer than the buffer,")
    try file.write([])
    try file.write("end")
    #expect(folder.text("report.csv") == nil)
    try file.commit()
    #expect(folder.text("report.csv") == "short,longer than the buffer,end")
    #expect(file.byteCount == 32)
    #expect(folder.names == ["report.csv"])
  }

  @Test(arguments: [0o600, 0o640, 0o666] as [UInt32])
  func `the mode is exact, whatever the umask`(mode: UInt32) throws {
    let file = try AtomicFile(path: path, mode: mode)
    try file.commit()
    #expect(folder.mode("report.csv") == mode)
  }

  @Test func `only the owner can read a file for which nothing is said`() throws {
    try AtomicFile(path: path).commit()
    #expect(folder.mode("report.csv") == 0o600)
  }

  @Test func `an abandoned file leaves nothing, and what had the name before stays`() throws {
    let first = try AtomicFile(path: path)
    try first.write("first")
    try first.commit()
    do {
      let second = try AtomicFile(path: path)
      try second.write("second")
      #expect(folder.names.count == 2)
    }
    #expect(folder.names == ["report.csv"])
    #expect(folder.text("report.csv") == "first")
    let third = try AtomicFile(path: path)
    try third.write("third")
    try third.commit()
    #expect(folder.text("report.csv") == "third")
  }

  @Test func `nothing can be written after the commit`() throws {
    let file = try AtomicFile(path: path)
    try file.commit()
    #expect(throws: FileError.self) { try file.write("more") }
    #expect(throws: FileError.self) { try file.commit() }
    file.abandon()
    #expect(folder.names == ["report.csv"])
  }

  @Test func `a full disk is told apart, and a file that met it is never committed`() async {
    // In a process of its own: the limit that stands for a full disk is the whole process's.
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 64, rlim_max: 64)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let folder = TemporaryFolder()
      let path = folder.path + "/report.csv"
      let file = try AtomicFile(path: path, bufferSize: 16)
      let error = #expect(throws: FileError.self) {
        for _ in 0..<100 { try file.write("0123456789abcdef") }
      }
      #expect(error?.cause == .diskFull)
      #expect(error?.path == path)
      #expect(error?.description.hasPrefix("can't write \(path): ") == true)
      #expect(throws: FileError.self) { try file.commit() }
      file.abandon()
      #expect(folder.names == [])
    }
  }

  @Test func `a folder that isn't there is an error with its number and path`() throws {
    do throws(FileError) {
      _ = try AtomicFile(path: folder.path + "/none/report.csv")
      Issue.record("no error")
    } catch {
      #expect(error.cause == .notFound)
      #expect(error.code == ENOENT)
    }
  }

  @Test func `leftovers of killed processes are removed, files at work and others' files are not`() throws {
    let working = try AtomicFile(path: path)
    for name in [".billdrop-0123456789abcdef.tmp", "other.tmp"] {
      fclose(fopen(folder.path + "/" + name, "w"))
    }
    #expect(folder.names.count == 3)
    try AtomicFile.removeLeftovers(in: folder.path)
    #expect(folder.names.count == 2 && folder.names.contains("other.tmp"))
    try working.commit()
    #expect(folder.names == ["other.tmp", "report.csv"])
  }

  @Test func `who clears leftovers takes no file from who is beginning to write it`() async throws {
    let path = folder.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask { for _ in 0..<3_000 { try AtomicFile.removeLeftovers(in: path) } }
      }
      group.addTask {
        for number in 0..<1_500 {
          let file = try AtomicFile(path: path + "/report.csv")
          try file.write("\(number)")
          try file.commit(durably: false)
        }
      }
      try await group.waitForAll()
    }
    #expect(folder.names == ["report.csv"])
  }

  private func file(_ name: String, _ text: String) throws -> AtomicFile {
    let file = try AtomicFile(path: "\(folder.path)/\(name)")
    try file.write(text)
    return file
  }

  @Test(arguments: [0, 1, 5])
  func `files that are committed together are all there, each whole`(count: Int) throws {
    let files = try (0..<count).map { try file("part-\($0).csv", "part \($0)") }
    try AtomicFile.commit(files, then: try file("summary.json", "whole"))
    #expect(folder.names == (0..<count).map { "part-\($0).csv" } + ["summary.json"])
    for number in 0..<count { #expect(folder.text("part-\(number).csv") == "part \(number)") }
    #expect(folder.text("summary.json") == "whole")
    for file in files { #expect(throws: FileError.self) { try file.write("more") } }
  }

  @Test func `where one of them fails, the last one has no name`() throws {
    let taken = "\(folder.path)/taken"
    mkdir(taken, 0o700)
    defer { rmdir(taken) }
    do {
      let files = [try file("a.csv", "a"), try file("taken", "b")]
      let error = #expect(throws: FileError.self) {
        try AtomicFile.commit(files, then: try file("summary.json", "whole"))
      }
      #expect(error?.path == taken)
    }
    #expect(folder.names == ["a.csv", "taken"])
  }
}
