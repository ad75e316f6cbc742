import BillModel
import DurableFiles

/// `billdrop man`.
enum ManCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let commands = Command.allCases.map(\.spec)
    if let folder = invocation.text("--into") { return write(commands, into: folder, invocation) }
    let name = invocation.operands.joined(separator: " ")
    guard !name.isEmpty else { return tell(ManPage.overview(commands)) }
    guard let command = commands.first(where: { $0.name == name }) else { return unknown(name, commands) }
    return tell(ManPage.page(of: command))
  }

  private static func tell(_ page: ManPage) -> ExitStatus {
    Console.answer(page.text) || Console.readerHasLeft ? .accepted : .inputOutput
  }

  private static func unknown(_ name: String, _ commands: [CommandSpec]) -> ExitStatus {
    let near = NearestName.of(name, among: commands.map(\.name)).map { "Did you mean \($0)?" }
    Console.message("billdrop: “\(Masking.cut(name))” is no command.\n  \(near ?? "See: billdrop --help")")
    return .usage
  }

  private static func write(_ commands: [CommandSpec], into folder: String, _ invocation: Invocation) -> ExitStatus {
    guard invocation.operands.isEmpty else {
      Console.message("billdrop: --into writes the pages of all commands, and takes none by name.")
      return .usage
    }
    do throws(FileError) {
      try Directory.make(folder, mode: 0o755)
      let pages = [ManPage.overview(commands)] + commands.map(ManPage.page(of:))
      for page in pages {
        let file = try AtomicFile(path: "\(folder)/\(page.name).1", mode: 0o644)
        try file.write(page.text)
        try file.commit()
      }
      return Console.answer("\(pages.count) pages in \(folder)\n") ? .accepted : .inputOutput
    } catch {
      Console.message("billdrop: \(error)")
      return .inputOutput
    }
  }
}
