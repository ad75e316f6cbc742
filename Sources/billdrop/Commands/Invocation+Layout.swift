import BillIntake
import BillLayouts
import BillModel
import DurableFiles
import FileRuns
import RunConfiguration
import SchemaRules
import SubmitPass
import Tabular

extension Invocation {
  /// What takes in files by the layout that the options ask for.
  func intake(
    _ option: String = "--layout", options: IntakeOptions = IntakeOptions()
  ) throws(RunFault) -> Intake {
    let layout = try layout(option)
    do throws(SchemaError) { return try Intake(layout: layout, options: options) } catch { throw .schema(error) }
  }

  /// The day that a bill without a date would get if it were sent now, by the machine's zone.
  static var today: CivilDate { CivilMoment.local(WallTime.now).date }

  /// The layout that the options ask for: a built-in one by its name, or a file's.
  func layout(_ option: String = "--layout") throws(RunFault) -> Layout {
    var layout = Layout.standard()
    if let name = text(option) {
      let file: LayoutFile
      do throws(SmallFileFault) { file = try LayoutFile(name) } catch { throw .noLayout(name: name, error) }
      do throws(LayoutError) {
        layout = try Layout(json: file.text) { SecretVariables.value(of: $0).map { Array($0.utf8) } }
      } catch {
        let mistakes = file.mistakes(error).map {
          "\(name):\($0.line): \($0.pointer)\($0.pointer.isEmpty ? "" : " ")\($0.message)"
        }
        throw .layout(name: name, mistakes: mistakes)
      }
    }
    if has("--duplicates") { layout.duplicates = .first }
    return layout
  }
}

extension Invocation {
  /// How many examples of each kind of finding an answer in words needs: a few more than it shows, for the first lines.
  var examples: Int {
    if has("--format") { return 0 }
    return min(max(6, count("--max-issues") ?? 0), 10_000)
  }
}
