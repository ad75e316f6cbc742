import BillModel
import Testing

@testable import SubmitPass
@testable import billdrop

struct ProgressBarTests {
  private let bar = ProgressBar(done: 0.45, parts: ["4,500 rows", "12 MB/s", "3 rejected"], left: 75)

  @Test func `where there is room, all of it is shown`() {
    #expect(
      bar.text(columns: 100) == "██████████░░░░░░░░░░░░░░ 45 % · 4,500 rows · 12 MB/s · 3 rejected · 1 min 15 s left")
  }

  @Test(arguments: 11...120)
  func `the line never reaches the last column, and what matters most stays`(_ columns: Int) {
    let text = bar.text(columns: columns)
    #expect(TextWidth.of(text) < columns || columns < 24)
    #expect(text.contains("45 %"))
    if columns > 36 { #expect(text.contains("4,500 rows")) }
  }

  @Test func `without a known end there is no bar`() {
    #expect(ProgressBar(done: nil, parts: ["4,500 rows", "12 MB/s"]).text(columns: 80) == "4,500 rows · 12 MB/s")
  }

  @Test(arguments: [(0.2, "1 s"), (59.0, "59 s"), (200.0, "3 min 20 s"), (3_500.0, "58 min"), (7_500.0, "2 h 5 min")])
  func `times are for people`(_ seconds: Double, _ text: String) {
    #expect(ProgressBar.time(seconds) == text)
  }

  @Test func `a submission tells rows, pace and limit, outcomes and the time left`() {
    var progress = SubmitProgress(record: 5_000, outcomes: [.created: 4_800], active: 50, waiting: 0)
    progress.total = 10_000
    progress.rejected = 12
    progress.limit = 100
    #expect(
      ProgressLine.text(progress, settledPerSecond: 98.4, donePerSecond: 99, columns: 140)
        == "███████████░░░░░░░░░░░░░ 49 % · 4,950 of 10,000 rows · 98 of 100/s · 4,800 created · 12 rejected · "
        + "50 under way · 52 s left")
    progress.elsewhere = 188
    #expect(
      ProgressLine.text(progress, settledPerSecond: 98.4, donePerSecond: 99, columns: 150)
        .contains(
          "5,000 of 10,000 rows · 98 of 100/s · 4,800 created · 12 rejected · 188 by other runs · 50 under way"))
    // What waits in the client for its turn is not under way.
    (progress.unanswered, progress.waiting) = (5, 3)
    #expect(
      ProgressLine.text(progress, settledPerSecond: 98.4, donePerSecond: 99, columns: 150)
        .contains("188 by other runs · 5 under way · 48 waiting"))
    (progress.unanswered, progress.waiting) = (nil, 0)
    progress.waitsFor = 90
    #expect(
      ProgressLine.text(progress, settledPerSecond: 0, donePerSecond: 0, columns: 150)
        .contains("5,000 of 10,000 rows · next try in 90 s · 0 of 100/s"))
    progress.turnIn = 95
    #expect(
      ProgressLine.text(progress, settledPerSecond: 0, donePerSecond: 0, columns: 150)
        .contains("5,000 of 10,000 rows · next turn in 95 s · 0 of 100/s"))
  }
}
