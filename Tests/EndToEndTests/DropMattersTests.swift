import Foundation
import Testing

/// What people are told of files in a drop: each matter once, and with the way out that there is.
@Suite(.fewAtATime)
struct DropMattersTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "400"])
  }

  private func place() async throws -> DropPlace {
    try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
  }

  private func status(_ configuration: String) async throws -> String {
    try await billdrop.run("status", "--config", configuration).output
  }

  /// A pass that dies with some rows of a file under way.
  private func kill(_ configuration: String) async throws {
    var dying = billdrop
    dying.environment["BILLDROP_CRASH_AT"] = "handed:1"
    #expect(try await dying.start(["run", "--config", configuration]).wait() == .signalled(9))
  }

  private func told() -> Int {
    let text = (try? String(contentsOfFile: workspace.path("told.json"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").count
  }

  /// The 12 digits after a word.
  private func digits(after word: String, in text: String) throws -> String {
    let mark = try #require(text.range(of: word), "\(text)")
    return String(text[mark.upperBound...].prefix(12))
  }

  @Test func `two files of one name, each held for something else, are told once each, and both are on the list`()
    async throws
  {
    let place = try await place()
    let configuration = try place.configure(
      #""files": "b_(?<sequence>\\d)\\.csv", "order": {}"#,
      top: #""notify": {"on_problem": ["tee", "-a", "told.json"]}, "guard_bounds": {"least": 3, "times": 4}"#)
    for number in 1...3 { try place.put(BillFile.text(rows: 20, prefix: "N\(number)"), as: "b_\(number).csv") }
    #expect(try await place.run(configuration).status == 0)
    try place.put(BillFile.text(rows: 300, prefix: "X"), as: "b_4.csv")
    try place.put(BillFile.text(rows: 20, prefix: "Y"), as: "b_5.csv")
    #expect(try await place.run(configuration).status == 4)
    try place.put(BillFile.text(rows: 20, prefix: "Z"), as: "b_4.csv")
    #expect(try await place.run(configuration).status == 4)
    let before = told()
    for _ in 1...2 { #expect(try await place.run(configuration).status == 4) }
    #expect(told() == before)
    let text = try await status(configuration)
    #expect(text.contains("far from the last 3 files") && text.contains("Of that one"), "\(text)")
    #expect(text.contains("a later file was done, b_5.csv"), "\(text)")
    // Once the first is gone, the other is the matter.
    let folder = try #require(place.names("processing").first)
    try FileManager.default.removeItem(atPath: workspace.path("drop/processing/\(folder)/b_4.csv"))
    let held = try await place.run(configuration)
    let through = try await place.run(
      configuration, "--approve", try digits(after: "--approve ", in: held.output))
    #expect(through.status == 0 && place.claimed.isEmpty, "\(through.output)\(through.errors)")
  }

  @Test func `what lies beside a file of one feed is no file of another`() async throws {
    let place = try await place()
    let configuration = try workspace.write(
      #"""
      {"api": {"endpoint": "\#(place.sandbox.endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports", "feeds": {
        "a": {"drop": {"path": "drop"}, "files": "n_(?<date>.*)\\.csv", "complete": {"by": "done-file"}, "order": {}},
        "rest": {"drop": {"path": "drop"}, "complete": {"seconds": 0.2}}}}
      """#, to: "beside.json")
    try place.put("", as: "n_2026-11-10.csv.done")
    #expect(try await place.run(configuration).status == 0)
    try place.put(BillFile.text(rows: 3), as: "n_2026-11-10.csv")
    #expect(try await place.run(configuration).status == 0)
    #expect(place.names("archive").contains("n_2026-11-10.csv") && place.names("rejected").isEmpty)
    try place.put(BillFile.text(rows: 3, prefix: "C"), as: "n_2026-11-09.csv")
    try place.put("", as: "n_2026-11-09.csv.done")
    try place.put(BillFile.text(rows: 3, prefix: "D"), as: "other.csv")
    let held = try await place.run(configuration)
    #expect(held.status == 4 && place.names("inbound").count == 2, "\(held.output)\(held.errors)")
    // Though it looked twice, it says so once.
    #expect(held.output.split(separator: #""file":"n_2026-11-09.csv""#).count == 2, "\(held.output)")
    let approval = try digits(after: "--approve ", in: held.output)
    #expect(try await place.run(configuration, "--approve", approval).status == 0)
    #expect(place.names("inbound").isEmpty)
  }

  @Test func `a held file whose done-file is gone is told as that, and goes once it is back`() async throws {
    let place = try await place()
    let configuration = try place.configure(
      #""files": "n_(?<date>.*)\\.csv", "order": {}"#, top: #""metrics": "m.prom""#, complete: #"{"by": "done-file"}"#)
    for (day, prefix) in [("10", "B"), ("09", "C")] {
      try place.put(BillFile.text(rows: 3, prefix: prefix), as: "n_2026-11-\(day).csv")
      try place.put("", as: "n_2026-11-\(day).csv.done")
      _ = try await place.run(configuration)
    }
    #expect(try await status(configuration).contains("--approve"))
    try FileManager.default.removeItem(atPath: workspace.path("drop/inbound/n_2026-11-09.csv.done"))
    let gone = try await place.run(configuration)
    #expect(gone.status == 4 && gone.output.contains("to say that it is whole is gone"), "\(gone.output)\(gone.errors)")
    let text = try await status(configuration)
    #expect(text.contains("to say that it is whole is gone") && !text.contains("--approve"), "\(text)")
    let metrics = try String(contentsOfFile: workspace.path("m.prom"), encoding: .utf8)
    #expect(metrics.contains("billdrop_held_files{feed=\"nightly\"} 1"), "\(metrics)")
    try place.put("", as: "n_2026-11-09.csv.done")
    let held = try await place.run(configuration)
    let approval = try digits(after: "--approve ", in: held.output)
    #expect(try await place.run(configuration, "--approve", approval).status == 0)
    try place.put(BillFile.text(rows: 3, prefix: "E"), as: "n_2026-11-08.csv")
    try place.put("", as: "n_2026-11-08.csv.done")
    #expect(try await place.run(configuration).status == 4)
    for name in [".done", ""] {
      try FileManager.default.removeItem(atPath: workspace.path("drop/inbound/n_2026-11-08.csv\(name)"))
      _ = try await place.run(configuration)
    }
    #expect(try await status(configuration).contains("is not where it arrived any more"))
  }

  @Test func `a file that was rejected whole stays on the list until a usable one of its name is through`() async throws
  {
    let place = try await place()
    let configuration = try place.configure(top: #""guard_bounds": {"least": 3, "times": 4}"#)
    for number in 1...3 { try place.put(BillFile.text(rows: 20, prefix: "N\(number)"), as: "b_\(number).csv") }
    #expect(try await place.run(configuration).status == 0)
    for text in ["junk\n", "more junk\n"] {
      try place.put(text, as: "w.csv")
      #expect(try await place.run(configuration).status == 65)
    }
    #expect(place.names("rejected").count == 2)
    #expect(try await status(configuration).contains("Another file of this name, in"))
    try place.put(BillFile.text(rows: 300, prefix: "X"), as: "w.csv")
    #expect(try await place.run(configuration).status == 4)
    let folder = try #require(place.names("processing").first)
    try FileManager.default.removeItem(atPath: workspace.path("drop/processing/\(folder)/w.csv"))
    _ = try await place.run(configuration)
    let text = try await status(configuration)
    #expect(text.contains("w.csv: rejected"), "\(text)")
    // One after the other is struck off.
    for left in [1, 0] {
      let digits = try digits(after: "--strike-off ", in: try await status(configuration))
      #expect(try await place.run(configuration, "--strike-off", digits).status == 0)
      _ = try await place.run(configuration)
      #expect(try await status(configuration).contains("rejected as a whole") == (left == 1))
    }
  }

  @Test func `of many rejected files of one name three are told of, and how many more there are`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    for number in 1...5 {
      try place.put("junk \(number)\n", as: "w.csv")
      #expect(try await place.run(configuration).status == 65)
    }
    let text = try await status(configuration)
    #expect(text.contains("And 2 more of this name were rejected before."), "\(text)")
    #expect(text.split(separator: "Another file of this name").count == 3, "\(text)")
  }

  @Test func `a file that is held after its canary is told with what was sent, though the pass looked twice`()
    async throws
  {
    let place = try await place()
    let configuration = try place.configure(
      #""files": "n_(?<date>.*)\\.csv", "order": {}, "canary": {"rows": 3, "then": "wait"}"#)
    try place.put(BillFile.text(rows: 8), as: "n_2026-11-22.csv")
    try place.put(BillFile.text(rows: 8, prefix: "C"), as: "n_2026-11-23.csv")
    let result = try await place.run(configuration)
    #expect(result.status == 4, "\(result.output)\(result.errors)")
    #expect(result.output.split(separator: #""outcomes":{"created":3,"#).count == 3, "\(result.output)")
    #expect(result.output.contains("a later file was begun, n_2026-11-23.csv"), "\(result.output)")
    try place.put(BillFile.text(rows: 8, prefix: "D"), as: "n_2026-11-24.csv")
    try place.put(BillFile.text(rows: 8, prefix: "E"), as: "n_2026-11-25.csv")
    let text = try await billdrop.run(["run", "--config", configuration])
    #expect(text.output.contains("a later file was begun, n_2026-11-25.csv"), "\(text.output)\(text.errors)")
    #expect(text.output.split(separator: "3 created").count >= 3, "\(text.output)")
  }

  @Test func `of a file that lies where files arrive status doesn't say that it is missing`() async throws {
    let place = try await place()
    let wanted = DropPlace.night + 10 * 3_600_000
    func at(_ offset: Int64) -> Billdrop { billdrop.at(wanted + offset) }
    try await place.sandbox.setClock(to: wanted)
    let text = try String(
      contentsOfFile: place.configure(
        #""files": "n_(?<date>.*)\\.csv", "order": {}, "expect": {"time": "06:00", "zone": "UTC"}"#), encoding: .utf8)
    let configuration = try workspace.write(
      text.replacing(#""rate": 2000"#, with: #""rate": 2000, "quiet": ["09:00-12:00"], "zone": "UTC""#),
      to: "quiet.json")
    func known(_ offset: Int64) async throws -> String {
      try await at(offset).run("status", "--config", configuration).output
    }
    _ = try await at(-86_400_000).run("run", "--config", configuration)
    #expect(try await known(0).contains("No file of 2026-03-02"))
    // The first of them meets the quiet hour, and the other one isn't looked at.
    for day in 1...2 { try place.put(BillFile.text(rows: 3, prefix: "N\(day)"), as: "n_2026-03-0\(day).csv") }
    let rests = try await at(0).run("run", "--config", configuration)
    #expect(rests.status == 75 && place.names("inbound") == ["n_2026-03-02.csv"], "\(rests.output)\(rests.errors)")
    let here = try await known(60_000)
    #expect(!here.contains("No file of 2026-03-02"), "\(here)")
    // The next night nobody has looked.
    #expect(try await known(86_400_000).contains("No file of 2026-03-03"))
    try FileManager.default.removeItem(atPath: workspace.path("drop/inbound/n_2026-03-02.csv"))
    _ = try await at(120_000).run("run", "--config", configuration)
    #expect(try await known(180_000).contains("No file of 2026-03-02"))
  }

  @Test func `a filter that says something else each time it fails is told once`() async throws {
    let place = try await place()
    let flag = workspace.path("failing")
    let configuration = try place.configure(
      #""filter": ["sh", "-c", "test ! -e \#(flag) || { echo process $$ >&2; exit 3; }; cat"]"#,
      top: #""notify": {"on_problem": ["tee", "-a", "problem.json"]}"#)
    try place.put(BillFile.text(rows: 200), as: "b.csv")
    try await kill(configuration)
    _ = try workspace.write("", to: "failing")
    for _ in 1...3 {
      let failed = try await place.run(configuration)
      #expect(failed.status == 75 && failed.output.contains("process "), "\(failed.output)\(failed.errors)")
    }
    let told = try String(contentsOfFile: workspace.path("problem.json"), encoding: .utf8)
    #expect(told.split(separator: "\n").count == 1, "\(told)")
  }

  @Test func `a begun file that can't be read is still the matter where another one of its name has come`() async throws
  {
    let place = try await place()
    let names = #""files": "b_(?<date>\\d{8})\\.csv", "order": {}"#
    let configuration = try place.configure(
      names + #", "filter": ["sh", "-c", "x=$(cat); case \"$x\" in *OLD*) exit 3;; esac; echo \"$x\""]"#)
    let readable = try place.configure(names, name: "readable.json")
    try place.put(BillFile.text(rows: 10, prefix: "F"), as: "b_20260301.csv")
    #expect(try await place.run(readable).status == 0)
    try place.put(BillFile.text(rows: 60, prefix: "OLD"), as: "b_20260302.csv")
    try await kill(readable)
    try place.put(BillFile.text(rows: 10, prefix: "NEW"), as: "b_20260302.csv")
    for _ in 1...2 {
      let pass = try await place.run(configuration)
      #expect(pass.status == 75 && !pass.output.contains("--approve"), "\(pass.output)\(pass.errors)")
      let known = try await status(configuration)
      #expect(known.contains("can't be read now") && known.contains("processing"), "\(known)")
      #expect(known.contains("is looked at once that one is") && !known.contains("--approve"), "\(known)")
    }
    let folder = try #require(place.names("processing").first)
    try FileManager.default.removeItem(atPath: workspace.path("drop/processing/\(folder)/b_20260302.csv"))
    _ = try await place.run(configuration)
    #expect(place.claimed.isEmpty && place.names("archive").contains("b_20260302.csv"))
    #expect(try await place.run(configuration).status == 0)
  }

  @Test func `of a night whose file came and was rejected it isn't said that it is missing`() async throws {
    let place = try await place()
    let configuration = try place.configure(
      #""files": "n_(?<date>.*)\\.csv", "order": {"gap": "hold"}"#)
    try place.put(BillFile.text(rows: 3), as: "n_2026-11-21.csv")
    #expect(try await place.run(configuration).status == 0)
    try place.put("junk\n", as: "n_2026-11-22.csv")
    #expect(try await place.run(configuration).status == 65)
    try place.put(BillFile.text(rows: 3, prefix: "C"), as: "n_2026-11-23.csv")
    let held = try await place.run(configuration)
    #expect(held.status == 4 && held.output.contains("n_2026-11-22.csv before it was rejected as a whole"))
    #expect(!held.output.contains("is missing before it"), "\(held.output)")
  }

  @Test func `a file whose done-file is late keeps those after it waiting as long as it grows`() async throws {
    let place = try await place()
    let configuration = try place.configure(
      #""files": "n_(?<date>.*)\\.csv", "order": {}"#, complete: #"{"by": "done-file"}"#)
    try place.put(BillFile.text(rows: 3), as: "n_2026-11-03.csv")
    try place.put("", as: "n_2026-11-03.csv.done")
    try place.put("", as: "n_2026-11-02.csv")
    let early = try await place.run(configuration, whileGrowing: "n_2026-11-02.csv")
    #expect(place.names("archive").isEmpty && early.status == 0, "\(early.output)\(early.errors)")
    // One that lies still is waited for no longer.
    #expect(try await place.run(configuration).status == 0)
    #expect(place.names("archive").contains("n_2026-11-03.csv"))
  }

  @Test func `a service doesn't miss a file that lies where files arrive`() async throws {
    let place = try await place()
    let wanted = DropPlace.night + 10 * 3_600_000
    let late = billdrop.at(wanted)
    try await place.sandbox.setClock(to: wanted)
    func configure(_ hour: String) throws -> String {
      try place.configure(
        #""files": "n_(?<date>.*)\\.csv", "expect": {"time": "\#(hour)", "zone": "UTC"}"#, top: #""poll": 0.5"#,
        complete: #"{"seconds": 2}"#)
    }
    // It is known since the day before.
    _ = try await billdrop.at(wanted - 86_400_000).run("run", "--config", try configure("23:59"))
    try place.put(BillFile.text(rows: 3), as: "n_2026-03-02.csv")
    let watching = try late.start(["run", "--config", try configure("06:00"), "--watch"])
    let deadline = ContinuousClock.now + .seconds(40)
    while place.names("archive").isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(50))
    }
    let running = try await late.run("status", "--config", try configure("06:00"))
    #expect(running.output.contains("nothing is under way; pid"), "\(running.output)")
    watching.signal(SIGTERM)
    _ = try await watching.wait(atMost: .seconds(40))
    #expect(place.names("archive") == ["n_2026-03-02.csv"])
    #expect(!watching.errorText().contains("No file of 2026-03-02"), "\(watching.errorText())")
  }

  @Test func `a year alone in the names is no date that a night's file is told by`() async throws {
    let place = try await place()
    let configuration = try place.configure(
      #""files": "b_(?<year>\\d{4})_(?<sequence>\\d+)\\.csv", "order": {}, "expect": {"time": "23:59", "zone": "UTC"}"#)
    func at(_ hour: Int64) async throws -> Billdrop.Result { try await place.run(configuration, hour: hour) }
    #expect(try await at(2).status == 0)
    try place.put(BillFile.text(rows: 3), as: "b_2026_0013.csv")
    #expect(try await at(20).status == 0)
    let after = try await at(25)
    #expect(after.status == 0, "\(after.output)")
    #expect(try await at(50).status == 3)
  }
}
