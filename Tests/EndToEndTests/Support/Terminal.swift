import Foundation

/// Runs of `billdrop` behind a terminal of a stated width, by script(1): both outputs in one, as a person sees them.
struct Terminal {
  let workspace: Workspace
  var columns = 80
  var environment: [String: String] = [:]

  /// What came to the terminal, and the exit status.
  struct Result {
    let status: Int32
    let text: String

    /// What is left on the screen of lines that renewed themselves.
    var lines: [String] {
      text.replacing("\r\n", with: "\n").split(separator: "\n").map { line in
        String(line.split(separator: "\r").last ?? "").replacing("\u{1B}[K", with: "")
      }
    }

    /// The lines that were renewed.
    var progress: [String] {
      // The last one takes the line away, and the answer follows it.
      text.components(separatedBy: "\r\u{1B}[K").dropFirst().dropLast().filter { !$0.isEmpty }
    }
  }

  /// - Parameter shell: A command line of sh; `$BILLDROP` is the program.
  func run(_ shell: String) async throws -> Result {
    let output = workspace.path("terminal-\(UUID().uuidString)")
    try Data().write(to: URL(filePath: output))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["script", "-qec", "stty cols \(columns) rows 25; \(shell)", "/dev/null"]
    process.currentDirectoryURL = workspace.folder
    var variables = ProcessInfo.processInfo.environment.filter {
      ["PATH", "LD_LIBRARY_PATH", "LD_PRELOAD"].contains($0.key)
    }
    variables["TERM"] = "xterm"
    variables["SHELL"] = "/bin/sh"
    variables["BILLDROP"] = Place.binaries.appending(path: "billdrop").path
    variables["HOME"] = workspace.path("home")
    process.environment = variables.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = FileHandle.nullDevice
    try process.start()
    let deadline = ContinuousClock.now + .seconds(60)
    while process.isRunning {
      if ContinuousClock.now > deadline {
        process.terminate()
        throw TestFault("behind a terminal took too long: \(shell)")
      }
      try await Task.sleep(for: .milliseconds(5))
    }
    let text = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
    return Result(status: process.terminationStatus, text: text)
  }
}
