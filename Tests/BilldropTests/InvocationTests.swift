import BillModel
import BillReports
import Testing

@testable import billdrop

struct InvocationTests {
  private func mistake(_ words: String...) -> UsageError? {
    do throws(UsageError) {
      _ = try Invocation(words, for: CommandTable.submit)
      return nil
    } catch { return error }
  }

  @Test func `a number out of its bounds is answered with the bounds that it has`() {
    #expect(mistake("a.csv", "--timeout", "0")?.message == "--timeout takes a whole number from 1 to 600, not “0”.")
    #expect(mistake("a.csv", "--timeout", "601")?.message.contains("from 1 to 600") == true)
    #expect(mistake("a.csv", "--in-flight", "0")?.message.contains("from 1 to 4,096") == true)
    #expect(mistake("a.csv", "--in-flight", "4096", "--timeout", "600") == nil)
  }

  @Test func `a key as an argument, and a name like an option, are answered with what to do`() {
    #expect(mistake("a.csv", "--key", "sk_test_1")?.hint.contains("MOMENT_API_KEY") == true)
    #expect(
      mistake("-dash.csv")?.hint == "A name that begins with - comes behind --, as in: billdrop submit -- -dash.csv")
    #expect(mistake("a.csv", "--reprots", "r")?.hint == "Did you mean --reports?")
    #expect(mistake("--", "-dash.csv") == nil)
  }

  @Test func `the layouts that are built in are offered where one is named`() {
    let bash = Completion(commands: Command.allCases.map(\.spec)).script(for: "bash")
    #expect(bash.contains(#""submit --layout") words="default moment-file"#))
    #expect(bash.contains(/"layout show"\) words="[^"]*moment-file/))
    #expect(bash.contains(/"layout check"\) words="[^"]*moment-file[^"]*" files=yes/))
  }

  @Test func `of a file of which nothing got through that is said`() {
    #expect(CompletionWords.words(of: [.rejected: 500]) == "nothing got through: all 500 rows rejected")
    #expect(CompletionWords.words(of: [.refused: 1]) == "nothing got through: its row is refused")
    #expect(
      CompletionWords.words(of: [.rejected: 1, .refused: 1])
        == "nothing got through: all 2 rows rejected or refused")
    #expect(CompletionWords.words(of: [.rejected: 499, .created: 1]) == "complete, with rows to mend")
    #expect(CompletionWords.words(of: [.conflict: 1]) == "complete, with rows in conflict")
    #expect(CompletionWords.words(of: [.rejected: 499, .unknown: 1]) == "complete, with rows to mend")
  }
}
