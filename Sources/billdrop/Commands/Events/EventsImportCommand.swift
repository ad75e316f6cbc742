import BillIntake
import BillModel
import BillReports
import DurableFiles
import FileRuns
import Reconciling
import SubmitPass
import Tabular

/// `billdrop events import`.
enum EventsImportCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let file = invocation.operands[0]
    do throws(RunFault) {
      // Of a pipe that nobody writes to, nobody knows whether anything ever comes: standard input is one that somebody chose.
      if file != "-" {
        do throws(SmallFileFault) { try SmallFile.mustBeFile(file) } catch { throw .unreadable(error) }
      }
      let source: ByteSource
      do throws(InputError) {
        source = try file == "-" ? ByteSource(path: "/dev/stdin") : ByteSource(path: file)
      } catch {
        throw .intake(.input(error))
      }
      var reader = EventImport(into: try EventsPlace.store(invocation), now: .now)
      let tally = try reader.take(source)
      let text = invocation.has("--format") ? json(tally, file) : words(tally, file)
      guard Console.answer(text) else { return .inputOutput }
      return tally.unreadable > 0 ? .someRejected : .accepted
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
  }

  private static func words(_ tally: EventImport.Tally, _ file: String) -> String {
    var text = "\(tally.unreadable > 0 ? "!" : "✓") \(Masking.oneLine(file)): \(MoneyText.count(tally.lines)) lines = "
    text += "\(MoneyText.count(tally.new)) new + \(MoneyText.count(tally.duplicates)) known before + "
    text += "\(MoneyText.count(tally.unreadable)) no event\n"
    if let first = tally.firstUnreadable { text += "  line \(first.line): \(first.reason)\n" }
    return text
  }

  private static func json(_ tally: EventImport.Tally, _ file: String) -> String {
    var json = JSONText()
    json.object { json in
      json.string("file", file)
      json.integer("lines", tally.lines)
      json.integer("new", tally.new)
      json.integer("known_before", tally.duplicates)
      json.integer("no_event", tally.unreadable)
      if let first = tally.firstUnreadable {
        json.object("first_that_is_none") { json in
          json.integer("line", first.line)
          json.string("reason", first.reason)
        }
      }
    }
    return json.text + "\n"
  }
}
