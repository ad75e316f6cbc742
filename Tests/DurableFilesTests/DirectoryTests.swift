import Glibc
import Testing

@testable import DurableFiles

@Suite struct DirectoryTests {
  let folder = TemporaryFolder()

  @Test func `missing folders are made, each with the mode, and made again without harm`() throws {
    defer {
      rmdir(folder.path + "/a/b")
      rmdir(folder.path + "/a")
    }
    try Directory.make(folder.path + "/a/b", mode: 0o700)
    try Directory.make(folder.path + "/a/b/", mode: 0o755)
    #expect(folder.mode("a") == 0o700)
    #expect(folder.mode("a/b") == 0o700)
  }

  @Test func `a file in the way is an error`() throws {
    fclose(fopen(folder.path + "/a", "w"))
    #expect(throws: FileError(.makeDirectory, path: folder.path + "/a", code: ENOTDIR)) {
      try Directory.make(folder.path + "/a")
    }
    #expect(throws: FileError.self) { try Directory.make(folder.path + "/a/b") }
  }

  @Test(arguments: [
    ("/a/b", "/a"), ("/a/b/", "/a"), ("/a", "/"), ("/", "/"), ("a", "."), ("a/b", "a"), ("/a//b", "/a"),
  ])
  func `the folder of a path`(path: String, parent: String) { #expect(Directory.parent(of: path) == parent) }

  @Test func `names of all lengths come back, many more than the system hands out at once`() throws {
    let names = Set((1...255).map { String(repeating: "n", count: $0) } + (1...2000).map { "file-\($0)" })
    for name in names { fclose(fopen(folder.path + "/" + name, "w")) }
    #expect(try Set(Directory.names(in: folder.path).map { String(decoding: $0, as: UTF8.self) }) == names)
    #expect(try Directory.names(in: folder.path, beginningWith: "file-199").count == 11)
  }
}
