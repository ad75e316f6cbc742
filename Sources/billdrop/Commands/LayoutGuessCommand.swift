import BillIntake
import BillReports
import DurableFiles
import FileRuns
import LayoutGuessing
import SchemaRules
import Tabular

/// `billdrop layout guess`.
enum LayoutGuessCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    let file = invocation.operands[0]
    // It is read twice.
    do throws(SmallFileFault) { try SmallFile.mustBeFile(file) } catch {
      Console.message("billdrop: \(RunFault.unreadable(error).explanation)")
      return ExitStatus(error)
    }
    let headings: [String]
    do throws(SchemaError) { headings = try Intake().headings } catch {
      Console.message("billdrop: \(RunFault.schema(error).explanation)")
      return .configuration
    }
    do throws(GuessError) {
      let guess = try LayoutGuess(path: file, headings: headings)
      return tell(guess, invocation)
    } catch {
      Console.message("billdrop: \(file): \(words(error))")
      if case .input(let error) = error { return ExitStatus(RunFault.intake(.input(error))) }
      return .fileRejected
    }
  }

  private static func tell(_ guess: LayoutGuess, _ invocation: Invocation) -> ExitStatus {
    if invocation.has("--format") {
      var json = JSONText()
      json.object { json in
        json.string("layout", guess.text)
        json.integer("unsure", guess.doubts)
        json.boolean("incomplete", guess.isIncomplete)
      }
      return Console.answer(json.text + "\n") ? .accepted : .inputOutput
    }
    guard Console.answer(guess.text) else { return .inputOutput }
    if guess.doubts > 0 {
      let places = guess.doubts == 1 ? "One place isn't sure" : "\(guess.doubts) places aren't sure"
      Console.message("billdrop: \(places); a comment with \(LayoutGuess.mark) stands above each.")
    }
    return .accepted
  }

  private static func words(_ error: GuessError) -> String {
    switch error {
    case .input(let error): RunFault.intake(.input(error)).explanation
    case .notText(let content): "This is no text (\(content.rawValue)); export it as CSV."
    case .ebcdic:
      "This looks like EBCDIC, and no length of its records is seen. Write a layout with the lengths and places of the "
        + "file's description."
    case .noDelimiter:
      "No comma, semicolon, tab or | stands in its first row, and no values at fixed places are seen. Is it the right "
        + "file? If its values stand at fixed places, write a layout with those of the file's description."
    case .headingsBelow(let line):
      "Its headings seem to stand on line \(line). If what stands above them are titles, take these lines away and guess "
        + "again; \"csv\": {\"skip_lines\": \(line - 1)} in the layout then reads the files that come with them."
    case .endlessRow: "Its first row has no end where a row must have one: this is no CSV, or has no line ends."
    case .empty: "There is nothing in this file to guess from."
    }
  }
}
