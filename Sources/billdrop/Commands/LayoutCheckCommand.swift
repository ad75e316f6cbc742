import BillIntake
import BillLayouts
import BillModel
import BillReports
import DurableFiles
import FileRuns
import Hashing
import RunConfiguration
import SchemaRules
import Tabular

/// `billdrop layout check`.
enum LayoutCheckCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let file: LayoutFile
    do throws(SmallFileFault) { file = try LayoutFile(invocation.operands[0]) } catch {
      Console.message("billdrop: \(RunFault.noLayout(name: invocation.operands[0], error).explanation)")
      return ExitStatus(error)
    }
    do throws(LayoutError) {
      guard invocation.operands.count > 1 else { return tell(try Layout(json: file.text), file, nil, invocation) }
      // To make the bill's values, the keys of the layout are needed too.
      let layout = try Layout(json: file.text) { SecretVariables.value(of: $0).map { Array($0.utf8) } }
      return look(at: invocation.operands[1], by: layout, file, invocation)
    } catch {
      return tell(file.mistakes(error), of: file, invocation)
    }
  }

  private static func look(
    at operand: String, by layout: Layout, _ file: LayoutFile, _ invocation: Invocation
  ) -> ExitStatus {
    do throws(RunFault) {
      let intake: Intake
      do throws(SchemaError) { intake = try Intake(layout: layout) } catch { throw .schema(error) }
      let preview: FilePreview
      do throws(IntakeError) { preview = try intake.preview(Place.input(operand)) } catch { throw .intake(error) }
      return tell(layout, file, preview, invocation)
    } catch {
      Console.message("billdrop: \(operand): \(error.explanation)")
      return ExitStatus(error)
    }
  }

  private static func tell(
    _ layout: Layout, _ file: LayoutFile, _ preview: FilePreview?, _ invocation: Invocation
  ) -> ExitStatus {
    var text = "\(file.name): no mistakes. The layout \(layout.name), digest \(layout.digest.hex.prefix(12)).\n"
    if invocation.has("--format") {
      var json = JSONText()
      json.object { json in
        json.string("layout", layout.name)
        json.string("digest", layout.digest.hex)
        json.array("mistakes") { _ in }
        if let preview { PreviewJSON(preview: preview).write(to: &json) }
      }
      text = json.text + "\n"
    } else if let preview {
      text += PreviewText(preview: preview, screen: Console.answersScreen).text
    }
    guard Console.answer(text) else { return .inputOutput }
    return preview.map(status) ?? .accepted
  }

  /// What the file's records say of the layout.
  private static func status(_ preview: FilePreview) -> ExitStatus {
    if !preview.findings.isEmpty { return .fileRejected }
    let findings = preview.records.flatMap { $0.findings + $0.fields.flatMap(\.findings) }
    return findings.contains { $0.severity == .error } ? .someRejected : .accepted
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
