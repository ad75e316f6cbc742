import BillModel

/// Manual pages, made from the table of commands (man(7)).
struct ManPage {
  /// The file's name without its section: `billdrop-layout-check`.
  let name: String
  /// roff.
  let text: String

  /// The page of the program as a whole, with every command and its options.
  static func overview(_ commands: [CommandSpec]) -> Self {
    let about = "check bill files and submit them to Moment's Billing API"
    var text = head("billdrop", about, usage: "\\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIFILE\\fR ...]")
    text += """
      .SH DESCRIPTION
      Every row of a bill file is checked before anything is sent, every bill is created exactly once, and for each
      file there is a report in which every row and every cent is accounted for.
      .PP
      Each command has a page of its own, as
      .BR billdrop\\-submit (1).
      .SH COMMANDS

      """
    for command in commands {
      text += ".SS \"billdrop \(escaped(command.name + command.operands.usage))\"\n"
      text += escaped(command.summary + ".") + "\n" + options(of: command)
    }
    return Self(name: "billdrop", text: text + exits + environment + seeAlso(commands.map(fileName)))
  }

  /// The page of one command.
  static func page(of command: CommandSpec) -> Self {
    let name = fileName(command)
    let summary = command.summary.prefix(1).lowercased() + command.summary.dropFirst()
    let options = command.options.isEmpty ? "" : "[\\fIOPTIONS\\fR]"
    var text = head(
      name, escaped(summary), usage: "\(escaped(command.name)) \(options)\(escaped(command.operands.usage))")
    text += ".SH DESCRIPTION\n" + escaped(command.details) + "\n"
    if !command.options.isEmpty { text += ".SH OPTIONS\n" + Self.options(of: command) }
    text += ".SH EXAMPLE\n.EX\n" + escaped(command.example) + "\n.EE\n"
    return Self(name: name, text: text + exits + seeAlso(["billdrop"]))
  }

  private static func fileName(_ command: CommandSpec) -> String {
    "billdrop-" + command.name.replacing(" ", with: "-")
  }

  private static func head(_ name: String, _ about: String, usage: String) -> String {
    """
    .TH "\(escaped(name.uppercased()))" 1 "" "billdrop \(Product.version)" "User Commands"
    .SH NAME
    \(escaped(name)) \\- \(about)
    .SH SYNOPSIS
    .B billdrop
    \(usage)

    """
  }

  private static func options(of command: CommandSpec) -> String {
    command.options.reduce(into: "") { text, option in
      text += ".TP\n.B \(escaped(option.usage))\n\(escaped(option.help))\n"
    }
  }

  private static let exits = ExitStatus.allCases.reduce(into: ".SH EXIT STATUS\n") { text, status in
    text += ".TP\n.B \(status.rawValue)\n\(escaped(status.explanation.what))\n"
  }

  private static let environment = """
    .SH ENVIRONMENT
    .TP
    .B MOMENT_API_KEY
    the secret key, unless \\-\\-key\\-file or the configuration names a file
    .TP
    .B BILLDROP_RECEIPT_KEY
    what receipts are signed with
    .TP
    .BR STATE_DIRECTORY ", " XDG_STATE_HOME
    where ledgers lie
    .TP
    .B TMPDIR
    where temporary files go
    .TP
    .BR NO_COLOR ", " COLUMNS
    no colour on a terminal; how wide it is

    """

  private static func seeAlso(_ names: [String]) -> String {
    let list = names.map { ".BR \(escaped($0)) (1)" }.joined(separator: ",\n")
    return ".SH SEE ALSO\n\(list)\n"
  }

  private static func ascii(_ line: Substring) -> String {
    line.unicodeScalars.reduce(into: "") { text, scalar in
      let code = String(scalar.value, radix: 16, uppercase: true)
      text += scalar.isASCII ? String(scalar) : "\\[u\(String(repeating: "0", count: max(0, 4 - code.count)))\(code)]"
    }
  }

  /// A text in which nothing is a request or an escape, and hyphens print as they are typed; in ASCII, since roff knows
  /// other characters by their code points alone.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\"", with: "\\(dq")
    let lines = plain.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map(ascii).map { $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&" + $0 : $0 }.joined(separator: "\n")
  }
}
