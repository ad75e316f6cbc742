import BillModel
import BillReports
import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `billdrop init`.
enum InitCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let word = invocation.operands[0]
    guard let use = StarterUse(rawValue: word) else {
      let uses = StarterUse.allCases.map(\.rawValue)
      let near = NearestName.of(word, among: uses).map { "Did you mean \($0)?" }
      Console.message(
        "billdrop: “\(Masking.cut(word))” is none of the uses.\n  \(near ?? "They are \(uses.joined(separator: ", ")).")"
      )
      return .usage
    }
    let folder = invocation.operands.count > 1 ? invocation.operands[1] : "."
    let paths = use.files.map { file -> String in "\(folder)/\(file.path)" }
    if let taken = paths.first(where: { access($0, F_OK) == 0 }) {
      Console.message("billdrop: \(Masking.oneLine(taken)) is there already; nothing was written. Name another folder.")
      return .configuration
    }
    do throws(FileError) { try write(use, into: folder) } catch {
      Console.message("billdrop: \(error)")
      return .inputOutput
    }
    return Console.answer(invocation.has("--format") ? json(use, folder) : text(use, folder)) ? .accepted : .inputOutput
  }

  private static func write(_ use: StarterUse, into folder: String) throws(FileError) {
    // As what anybody writes here: a file's mode is exact otherwise.
    let mask = umask(0)
    umask(mask)
    for path in use.folders { try Directory.make("\(folder)/\(path)", mode: 0o755) }
    for starter in use.files {
      let path = "\(folder)/\(starter.path)"
      try Directory.make(Directory.parent(of: path), mode: 0o755)
      let file = try AtomicFile(path: path, mode: 0o644 & ~UInt32(mask))
      try file.write(starter.text)
      try file.commit()
    }
  }

  private static func text(_ use: StarterUse, _ folder: String) -> String {
    let name = Masking.oneLine(folder)
    let written = use.files.map { "wrote  \(name)/\($0.path)\n" } + use.folders.map { "made   \(name)/\($0)\n" }
    let way = folder == "." ? [] : ["cd \(name)"]
    let next = (way + use.next).map { "  \($0)\n" }
    return written.joined() + "\nNext:\n" + next.joined() + (use.firstTry.map { "\n\($0)\n" } ?? "")
  }

  private static func json(_ use: StarterUse, _ folder: String) -> String {
    var json = JSONText()
    json.object { json in
      json.string("use", use.rawValue)
      json.string("folder", folder)
      json.array("written") { list in for file in use.files { list.string(nil, file.path) } }
      json.array("next") { list in for command in use.next { list.string(nil, command) } }
    }
    return json.text + "\n"
  }
}
