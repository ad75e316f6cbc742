import BillIntake
import BillModel
import FileRuns
import FoundationEssentials
import Tabular

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A moment-sandbox of one's own, as a child process. It ends when its standard input does: with this object, and with
/// this process however that ends.
final class SandboxProcess {
  static let key = "sk_test_rehearsal"

  /// Where it listens.
  private(set) var port = 0
  private var id: pid_t = 0
  /// The end of its standard input that is ours.
  private let lifeline: Int32

  /// Starts it, and waits until it listens. `folder` is for its port's file.
  ///
  /// - Parameter goesOn: asked while it starts.
  init(
    _ program: String, _ arguments: [String], folder: String, goesOn: () -> Bool
  ) throws(RunFault) {
    guard access(program, X_OK) == 0 else { throw .noSandbox(path: program) }
    let portFile = folder + "/port"
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .sandbox("no pipe: \(String(cString: strerror(errno)))") }
    lifeline = ends[1]
    _ = fcntl(lifeline, F_SETFD, FD_CLOEXEC)
    let words = [program, "--port", "0", "--port-file", portFile, "--key", Self.key, "--end-with-input"] + arguments
    let code = Self.spawn(words, input: ends[0], output: folder + "/output", id: &id)
    close(ends[0])
    guard code == 0 else { throw .sandbox("\(program) can't be started: \(String(cString: strerror(code)))") }
    let deadline = ContinuousClock.now + .seconds(30)
    while port == 0 {
      port = Self.text(portFile).flatMap { Int($0.filter(\.isNumber)) } ?? 0
      if port > 0 { break }
      var status: Int32 = 0
      if waitpid(id, &status, WNOHANG) == id {
        id = 0
        throw .sandbox(Self.words(folder + "/output"))
      }
      guard goesOn() else { throw .intake(.input(.cancelled(name: program))) }
      guard ContinuousClock.now < deadline else { throw .sandbox("it didn't start in time") }
      usleep(5_000)
    }
  }

  deinit {
    close(lifeline)
    guard id > 0 else { return }
    var status: Int32 = 0
    // It ends by itself; one that doesn't is ended.
    for _ in 0..<1_000 {
      if waitpid(id, &status, WNOHANG) != 0 { return }
      usleep(5_000)
    }
    kill(id, SIGKILL)
    waitpid(id, &status, 0)
  }

  /// posix_spawn(3), in a process group of its own: Ctrl-C is for billdrop, which ends it in order.
  private static func spawn(_ words: [String], input: Int32, output: String, id: inout pid_t) -> Int32 {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    return posix_spawn(&id, words[0], &actions, &attributes, &arguments, environ)
  }

  private static func text(_ path: String) -> String? {
    (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What it said before it ended.
  private static func words(_ path: String) -> String {
    let text = text(path) ?? ""
    return Masking.oneLine(text.isEmpty ? "it ended without a word" : text)
  }
}
