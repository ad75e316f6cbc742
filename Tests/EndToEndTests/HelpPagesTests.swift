import Foundation
import Testing

/// Manual pages and completions, which are made of the same table as the help. Shells and man are asked where they are
/// installed.
@Suite(.fewAtATime) struct HelpPagesTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, key: nil)
  }

  /// Commands and their options, as the help has them.
  private func commands() async throws -> [String: [String]] {
    let help = try await billdrop.run("--help").output
    var found: [String: [String]] = [:]
    for match in help.matches(of: /(?m)^  ([a-z-]+(?: [a-z]+)?)  +[A-Z]/) {
      let words = match.1.split(separator: " ").map(String.init)
      let text = try await billdrop.run(words + ["--help"]).output
      found[String(match.1)] = text.matches(of: /(?m)^  (--[a-z-]+)/).map { String($0.1) }
    }
    return found
  }

  @Test func `every command and option stands in the manual, and man takes every page without a word`() async throws {
    let folder = workspace.path("man1")
    #expect(try await billdrop.run("man", "--into", folder).status == 0)
    let whole = try text("man1/billdrop.1")
    let commands = try await commands()
    #expect(commands.count > 20)
    for (command, options) in commands {
      #expect(whole.contains(".SS \"billdrop \(command.replacing("-", with: "\\-"))"), "\(command)")
      let name = "billdrop-" + command.replacing(" ", with: "-")
      let page = try text("man1/\(name).1")
      for option in options { #expect(page.contains(".B \(option.replacing("-", with: "\\-"))"), "\(name) \(option)") }
      #expect(page.contains(".SH EXAMPLE"))
    }
    for program in [["groff", "-man", "-ww", "-z"], ["mandoc", "-T", "lint", "-W", "error"], ["man", "-l"]] {
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        guard let said = try run(program + ["\(folder)/\(name)"]) else { continue }
        #expect(said.status == 0 && said.errors.isEmpty, "\(program) \(name): \(said.errors)\(said.output.prefix(300))")
      }
    }
  }

  @Test func `a page is printed by its command's name, and no other name is taken`() async throws {
    #expect(try await billdrop.run("man", "layout", "check").output.hasPrefix(".TH \"BILLDROP\\-LAYOUT\\-CHECK\" 1"))
    let wrong = try await billdrop.run("man", "sumbit")
    #expect(wrong.status == 64 && wrong.errors.contains("Did you mean submit?"))
  }

  @Test func `bash completes commands, sub-commands, options, their words and files`() async throws {
    let script = try workspace.write(try await billdrop.run("completions", "bash").output, to: "completion.bash")
    _ = try workspace.write("", to: "bills.csv")
    for (command, options) in try await commands() {
      let words = command.split(separator: " ").map(String.init)
      #expect(try complete(["billdrop"] + words.dropLast() + [words.last ?? ""], script).contains(words.last ?? ""))
      let offered = try complete(["billdrop"] + words + ["--"], script)
      #expect(Set(options).isSubset(of: offered), "\(command): \(offered)")
    }
    #expect(try complete(["billdrop", "val"], script) == ["validate"])
    #expect(try complete(["billdrop", "submit", "--parties", "ne"], script) == ["new"])
    #expect(try complete(["billdrop", "submit", "--parties", "=", "ex"], script) == ["existing"])
    #expect(try complete(["billdrop", "submit", "--rate", "1"], script) == [])
    #expect(try complete(["billdrop", "submit", "--layout", "bil"], script) == ["bills.csv"])
    #expect(try complete(["billdrop", "validate", "bil"], script) == ["bills.csv"])
    #expect(try complete(["billdrop", "explain", "amount.f"], script) == ["amount.format"])
    #expect(try complete(["billdrop", "init", "n"], script) == ["nightly"])
    #expect(try complete(["billdrop", "completions", "z"], script) == ["zsh"])
  }

  @Test(arguments: ["zsh", "fish"])
  func `the other shells get every command and option, and read the script`(_ shell: String) async throws {
    let script = try await billdrop.run("completions", shell).output
    for (command, options) in try await commands() {
      #expect(script.contains(command.split(separator: " ").last ?? ""), "\(command)")
      for option in options { #expect(script.contains(shell == "fish" ? "-l \(option.dropFirst(2)) " : option)) }
    }
    let file = try workspace.write(script, to: "completion.\(shell)")
    if let said = try run([shell, "-n", file]) { #expect(said.status == 0 && said.errors.isEmpty, "\(said)") }
    #expect(try await billdrop.run("completions", "tcsh").status == 64)
  }

  @Test func `fish offers what it was told`() async throws {
    let file = try workspace.write(try await billdrop.run("completions", "fish").output, to: "completion.fish")
    guard let said = try run(["fish", "-c", "source '\(file)'; complete -C 'billdrop submit --parties '"]) else {
      return
    }
    #expect(said.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } } == ["auto", "existing", "new"])
    let commands = try run(["fish", "-c", "source '\(file)'; complete -C 'billdrop layout '"])
    #expect(commands?.output.contains("guess") == true, "\(String(describing: commands))")
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: workspace.folder.appending(path: name), encoding: .utf8)
  }

  /// What bash would offer for the last word.
  private func complete(_ words: [String], _ script: String) throws -> [String] {
    let list = words.map { "'\($0)'" }.joined(separator: " ")
    let said = try run([
      "bash", "-c",
      "source '\(script)'; COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1); _billdrop; printf '%s\\n' \"${COMPREPLY[@]}\"",
    ])
    return try #require(said).output.split(separator: "\n").map(String.init)
  }

  /// Runs a program; `nil` where it isn't installed.
  private func run(_ words: [String]) throws -> (status: Int32, output: String, errors: String)? {
    let path = ["/usr/bin/", "/bin/", "/usr/local/bin/"].map { $0 + words[0] }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let path else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = workspace.folder
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": workspace.folder.path, "MANPAGER": "cat", "LANG": "C.UTF-8",
    ]
    process.standardInput = FileHandle.nullDevice
    let files = try [workspace.write("", to: "out"), workspace.write("", to: "err")]
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try text("out"), try text("err"))
  }
}
