import BillIntake
import BillLayouts
import BillReports
import Hashing
import RunPipeline
import Tabular

/// `billdrop layout check`.
enum LayoutCheckCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let file: LayoutFile
    do throws(InputError) { file = try LayoutFile(invocation.operands[0]) } catch {
      let fault = RunFault.intake(.input(error))
      Console.message("billdrop: \(invocation.operands[0]): \(fault.explanation)")
      return ExitStatus(fault)
    }
    do throws(LayoutError) {
      let layout = try Layout(json: file.text)
      return tell(layout, file, invocation)
    } catch {
      return tell(file.mistakes(error), of: file, invocation)
    }
  }

  private static func tell(_ layout: Layout, _ file: LayoutFile, _ invocation: Invocation) -> ExitStatus {
    var text = "\(file.name): no mistakes. The layout \(layout.name), digest \(layout.digest.hex.prefix(12)).\n"
    if invocation.has("--format") {
      var json = JSONText()
      json.object { json in
        json.string("layout", layout.name)
        json.string("digest", layout.digest.hex)
        json.array("mistakes") { _ in }
      }
      text = json.text + "\n"
    }
    return Console.answer(text) ? .accepted : .inputOutput
  }

  private static func tell(
    _ mistakes: [LayoutFile.Mistake], of file: LayoutFile, _ invocation: Invocation
  ) -> ExitStatus {
    var text = ""
    for mistake in mistakes {
      let place = mistake.pointer.isEmpty ? "" : "\(mistake.pointer): "
      text += "\(file.name):\(mistake.line): \(place)\(mistake.message)\n"
    }
    if invocation.has("--format") {
      var json = JSONText()
      json.object { json in
        json.array("mistakes") { list in
          for mistake in mistakes {
            list.object { entry in
              entry.integer("line", mistake.line)
              entry.string("path", mistake.pointer)
              entry.string("message", mistake.message)
            }
          }
        }
      }
      text = json.text + "\n"
    }
    return Console.answer(text) ? .configuration : .inputOutput
  }
}
