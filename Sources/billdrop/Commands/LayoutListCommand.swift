import BillIntake
import BillLayouts
import BillReports

/// `billdrop layout list`.
enum LayoutListCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let names = Layout.builtInNames
    var text = ""
    if invocation.has("--format") {
      var json = JSONText()
      json.object { json in
        json.array("layouts") { list in
          for name in names {
            list.object { entry in
              entry.string("name", name)
              entry.string("about", about(name))
            }
          }
        }
      }
      text = json.text + "\n"
    } else {
      let width = names.map(\.count).max() ?? 0
      for name in names {
        text += name + String(repeating: " ", count: width - name.count) + "  \(about(name))\n"
      }
    }
    return Console.answer(text) ? .accepted : .inputOutput
  }

  /// The comment in the second line of a layout, which says what it is for.
  private static func about(_ name: String) -> String {
    let text = String(decoding: Layout.builtInText(named: name) ?? [], as: UTF8.self)
    let comment = text.split(separator: "\n").dropFirst().first ?? ""
    let words = comment.drop { $0 == " " || $0 == "/" }
    return String(words)
  }
}
