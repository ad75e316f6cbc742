import MomentAPI
import SubmitPass
import Testing

@testable import RunPipeline

struct AccountPausesTests {
  @Test func `a quiet hour, a spent day and a long pause end the pass of an account`() {
    for stop: SubmitStop in [.quietHours(until: "06:00"), .throttledTooLong(minutes: 60), .pausedTooLong(1)] {
      var pauses = AccountPauses()
      pauses.note(stop, of: "a")
      #expect(pauses.rests("a") && pauses.rests("b"))
      pauses.begin()
      #expect(!pauses.rests("a"))
    }
  }

  @Test func `silence about one file is none of the account's, about two in a row it is`() {
    var pauses = AccountPauses()
    pauses.note(.unreachable("500"), of: "a")
    #expect(!pauses.rests("a"))
    pauses.note(.finished, of: "b")
    pauses.note(.unreachable("500"), of: "a")
    #expect(!pauses.rests("b"))
    pauses.note(.unreachable("500"), of: "b")
    #expect(pauses.rests("a") && pauses.rests("b"))
  }

  @Test func `a canary that differs ends the pass of its feed alone, and what concerns one file that of none`() {
    var pauses = AccountPauses()
    pauses.note(.canaryDiffers(record: 1, reference: "A", ""), of: "a")
    #expect(pauses.rests("a") && !pauses.rests("b"))
    for stop: SubmitStop in [.canaryWaits(rows: 1, digest: ""), .tooManyRefused(refused: 9, most: 8), .finished] {
      pauses.note(stop, of: "b")
      #expect(!pauses.rests("b"))
    }
  }

  @Test func `a refused key stays refused`() {
    var pauses = AccountPauses()
    pauses.refuse()
    pauses.begin()
    #expect(pauses.isRefused && pauses.rests("a"))
  }
}
