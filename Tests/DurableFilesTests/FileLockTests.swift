import Glibc
import Testing

@testable import DurableFiles

@Suite struct FileLockTests {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/ledger.lock" }

  @Test func `a second taker is told who holds the lock`() throws {
    let first = try FileLock(path: path)
    do throws(FileLock.Failure) {
      _ = try FileLock(path: path)
      Issue.record("no error")
    } catch {
      guard case .held(path, let holder) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(holder.hasPrefix("pid \(getpid()) ("))
    }
    withExtendedLifetime(first) {}
  }

  @Test func `a lock is free when its holder lets go, and the file stays`() throws {
    do { _ = try FileLock(path: path) }
    _ = try FileLock(path: path)
    #expect(folder.names == ["ledger.lock"])
    #expect(folder.mode("ledger.lock") == 0o600)
  }

  @Test func `a killed holder's lock is free at once`() throws {
    var pid: pid_t = 0
    let script = "exec 9>>'\(path)'; flock -n 9 || exit 9; echo locked >'\(path).ready'; exec sleep 600"
    let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("bash"), strdup("-c"), strdup(script), nil]
    defer { arguments.forEach { free($0) } }
    #expect(posix_spawnp(&pid, "bash", nil, nil, arguments, environ) == 0)
    for _ in 0..<12_000 where folder.text("ledger.lock.ready") != "locked\n" { usleep(10_000) }
    try #require(folder.text("ledger.lock.ready") == "locked\n")
    #expect(throws: FileLock.Failure.self) { try FileLock(path: path) }
    kill(pid, SIGKILL)
    var status: CInt = 0
    waitpid(pid, &status, 0)
    _ = try FileLock(path: path)
  }

  @Test func `whether it is held is asked without holding it`() throws {
    #expect(!FileLock.isHeld(path))
    #expect(folder.names.isEmpty)
    let first = try FileLock(path: path)
    #expect(FileLock.isHeld(path))
    withExtendedLifetime(first) {}
  }

  @Test func `who only asks whether it is held keeps nobody from it`() async throws {
    _ = try FileLock(path: path)
    let asking = Task.detached { [path] in while !Task.isCancelled { _ = FileLock.isHeld(path) } }
    for _ in 0..<200 { #expect(throws: Never.self) { _ = try FileLock(path: path) } }
    asking.cancel()
    await asking.value
  }

  @Test func `a lock in a folder that isn't there is a fault of the file`() throws {
    let missing = folder.path + "/none/ledger.lock"
    #expect(throws: FileLock.Failure.fault(FileError(.open, path: missing, code: ENOENT))) {
      try FileLock(path: missing)
    }
  }
}
