import Foundation

/// A program under way: one of ours, by its process id.
final class Program: Sendable {
  /// How a process ended.
  enum Ending: Equatable {
    case exited(Int)
    case signalled(Int)
  }

  private let process = Process()
  private let output: URL
  private let errors: URL

  /// Starts `name` from the build's folder. Output and errors go to files of `workspace`, so that no pipe can fill.
  /// `fileLimit`: no file of it may grow beyond so many blocks of 512 bytes, as if the disk were full. `prelude`: what a
  /// shell does before it becomes the program: `umask 0`, `ulimit -d 500000`.
  init(
    _ name: String, _ arguments: [String], in workspace: Workspace, environment: [String: String] = [:],
    standardInput: String? = nil, fileLimit: Int? = nil, prelude: String? = nil
  ) throws {
    let id = UUID().uuidString
    output = workspace.folder.appending(path: "out-\(id)")
    errors = workspace.folder.appending(path: "err-\(id)")
    var inherited = ProcessInfo.processInfo.environment.filter {
      ["PATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "TMPDIR", "LANG", "TSAN_OPTIONS", "ASAN_OPTIONS"].contains($0.key)
    }
    inherited["HOME"] = workspace.path("home")
    inherited["XDG_STATE_HOME"] = workspace.path("state")
    inherited["SWIFT_BACKTRACE"] = "enable=no"
    let executable = Place.binaries.appending(path: name)
    if let prelude = prelude ?? fileLimit.map({ "ulimit -f \($0)" }) {
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "\(prelude) && exec \"$0\" \"$@\"", executable.path] + arguments
    } else {
      process.executableURL = executable
      process.arguments = arguments
    }
    process.currentDirectoryURL = workspace.folder
    process.environment = inherited.merging(environment) { $1 }
    let ours = [try Self.writing(to: output), try Self.writing(to: errors)]
    (process.standardOutput, process.standardError) = (ours[0], ours[1])
    process.standardInput =
      try standardInput.map { try FileHandle(forReadingFrom: URL(filePath: $0)) }
      ?? FileHandle.nullDevice
    try process.start()
    // Foundation keeps them as long as this process lives, and with more than a thousand files open its next start may
    // read past the end of their list.
    for file in ours { try file.close() }
  }

  private static func writing(to file: URL) throws -> FileHandle {
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }

  var isRunning: Bool { process.isRunning }

  /// A file of `/proc/PID` (proc(5)); its bytes as text.
  func proc(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "/proc/\(process.processIdentifier)/\(name)")), as: UTF8.self)
  }

  /// From here on no file of it may grow beyond so many bytes, as if the disk were full; `nil`: as if there were room again.
  func limitFiles(to bytes: Int?) throws {
    let limiting = Process()
    limiting.executableURL = URL(filePath: "/usr/bin/env")
    // The soft limit alone, which can be lifted again (prlimit(1)).
    limiting.arguments = [
      "prlimit", "--pid", String(process.processIdentifier), "--fsize=\(bytes.map(String.init) ?? "unlimited"):",
    ]
    try limiting.run()
    limiting.waitUntilExit()
    guard limiting.terminationStatus == 0 else { throw TestFault("no limit is set") }
  }

  /// Whether it has a file open.
  func reads(_ path: String) -> Bool {
    let folder = "/proc/\(process.processIdentifier)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")) == path }
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits until a signal doesn't end it unasked any more (`SigCgt` of proc(5)), at most half a minute.
  func wait(untilItCatches number: Int32) async throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      let line = try proc("status").split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
      let caught = line?.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
      if caught >> UInt64(number - 1) & 1 == 1 { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw TestFault("signal \(number) was never caught: \(errorText())")
  }

  /// Waits for the end, at most `limit`; a process that is late is killed, and that is a fault.
  @discardableResult
  func wait(atMost limit: Duration = .seconds(60)) async throws -> Ending {
    let deadline = ContinuousClock.now + limit
    while process.isRunning {
      if ContinuousClock.now > deadline {
        signal(SIGKILL)
        throw TestFault(
          "\(process.executableURL?.lastPathComponent ?? "") \(process.arguments ?? []) took longer than \(limit): "
            + "\(outputText())\(errorText())")
      }
      try await Task.sleep(for: .milliseconds(2))
    }
    return process.terminationReason == .exit
      ? .exited(Int(process.terminationStatus)) : .signalled(Int(process.terminationStatus))
  }

  func outputText() -> String { Self.text(of: output) }
  func errorText() -> String { Self.text(of: errors) }

  private static func text(of file: URL) -> String {
    String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
  }
}
