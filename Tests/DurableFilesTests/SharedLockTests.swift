import Testing

@testable import DurableFiles

struct SharedLockTests {
  private let folder = TemporaryFolder()

  @Test func `several hold it, and one of them has it alone only where it is the only one`() throws {
    let path = folder.path + "/share"
    let first = try SharedLock(path: path)
    var second: SharedLock? = try SharedLock(path: path)
    var isDone = false
    #expect(try !first.alone { () throws(FileError) in isDone = true })
    #expect(!isDone && second != nil)
    second = nil
    #expect(try first.alone { () throws(FileError) in isDone = true })
    #expect(isDone)
    // It is held as before: a third one keeps the first from having it alone.
    let third = try SharedLock(path: path)
    #expect(try !first.alone { () throws(FileError) in })
    #expect(try !third.alone { () throws(FileError) in })
  }

  @Test func `what fails while it is had alone leaves it shared`() throws {
    let path = folder.path + "/share"
    let first = try SharedLock(path: path)
    #expect(throws: FileError.self) {
      _ = try first.alone { () throws(FileError) in throw FileError(.write, path: path, code: 5) }
    }
    let second = try SharedLock(path: path)
    #expect(try !second.alone { () throws(FileError) in })
  }
}
