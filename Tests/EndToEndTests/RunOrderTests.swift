import Foundation
import Testing

/// The order of a feed's files once they were taken: what an older one says never lands on what a newer one said.
@Suite(.fewAtATime)
struct RunOrderTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  /// Payments of so many bills, each as a whole.
  private static func paid(_ amount: Int, bills: Int = 1) -> String {
    "external_reference,currency,amount_paid\n" + (1...bills).map { "B-\($0),ZAR,\(amount)\n" }.joined()
  }

  /// Files of a day in March.
  private static let names = #""files": "pay_(?<date>\\d{4}-\\d{2}-\\d{2})\\.csv", "order": {}"#
  private static func name(_ day: Int) -> String { "pay_2026-03-0\(day).csv" }
  private static let well = names + #", "layout": "payment""#
  /// The file of the first day can't be sent: nobody has confirmed that bills may be voided.
  private static let ill =
    names + #", "layout": [{"files": "pay_2026-03-01.*", "layout": "void.json"}, {"files": ".*", "layout": "payment"}]"#

  private func place(bills: Int = 1) async throws -> DropPlace {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    try await raise(bills, place.sandbox)
    return place
  }

  private func raise(_ bills: Int, _ sandbox: Sandbox) async throws {
    _ = try workspace.write(
      #"{"name": "voids", "operation": "void", "format": "csv", "fields": {"external_reference": "external_reference"}}"#,
      to: "void.json")
    let file = try workspace.write(BillFile.text(rows: bills), to: "bills.csv")
    let raised = try await billdrop.run(billdrop.submitArguments(file, endpoint: sandbox.endpoint))
    #expect(raised.status == 0, "\(raised.errors)")
  }

  private func paid(_ sandbox: Sandbox) async throws -> [Int] {
    try await sandbox.bills().compactMap(\.amount_paid)
  }

  // MARK: Stopped

  @Test func `rule 18: a newer file waits for an older one that was taken and is not through`() async throws {
    let place = try await place()
    let ill = try place.configure(Self.ill)
    try place.put(Self.paid(100), as: Self.name(1))
    try place.put(Self.paid(240), as: Self.name(2))
    let first = try await place.run(ill)
    #expect(first.status != 0)
    #expect(place.claimed == [Self.name(1)] && place.names("inbound") == [Self.name(2)], "\(first.output)")
    #expect(
      first.output.contains("It goes after \(Self.name(1)), which was taken and is not through"), "\(first.output)")
    let status = try await billdrop.run("status", "--config", ill, "--format", "json")
    #expect(status.output.contains("It goes after \(Self.name(1))"), "\(status.output)")

    let well = try place.configure(Self.well)
    let second = try await place.run(well)
    #expect(second.status == 0, "\(second.output)\(second.errors)")
    #expect(place.names("archive") == [Self.name(1), Self.name(2)])
    #expect(try await paid(place.sandbox) == [240])
  }

  @Test func `a newer file on a server waits for an older one that was taken and is not through`() async throws {
    let place = try await SFTPPlace(workspace, billdrop)
    try await raise(1, place.sandbox)
    let ill = try place.configure(Self.ill + #", "deliver": {"files": []}"#)
    try place.put(Self.paid(100), as: Self.name(1))
    try place.put(Self.paid(240), as: Self.name(2))
    let first = try await place.run(ill)
    #expect(
      place.claimed == [Self.name(1)] && place.names("inbound") == [Self.name(2)], "\(first.output)\(first.errors)")
    #expect(first.output.contains("It goes after \(Self.name(1))"), "\(first.output)")
    let well = try place.configure(Self.well + #", "deliver": {"files": []}"#)
    let second = try await place.run(well)
    #expect(second.status == 0, "\(second.output)\(second.errors)")
    #expect(place.names("archive") == [Self.name(1), Self.name(2)])
    #expect(try await paid(place.sandbox) == [240])
  }

  @Test func `a newer file waits for one that rests, and goes once that one is taken away`() async throws {
    let place = try await place()
    let top = #""poll": 0.2"#
    let configuration = try place.configure(Self.ill, top: top)
    try place.put(Self.paid(100), as: Self.name(1))
    let watching = try billdrop.start(["run", "--config", configuration, "--watch"])
    try await until("it rests") { watching.errorText().contains("bills may be voided") || place.claimed.count == 1 }
    try place.put(Self.paid(240), as: Self.name(2))
    try await until("it waits, \(watching.errorText())") {
      watching.errorText().contains("goes after \(Self.name(1))")
    }
    try await Task.sleep(for: .milliseconds(600))
    #expect(place.names("inbound") == [Self.name(2)] && place.names("archive").isEmpty)
    let status = try await billdrop.run("status", "--config", configuration)
    let words = status.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("\(Self.name(2)): waits"), "\(status.output)")
    #expect(words.contains("It goes after \(Self.name(1)), which was taken, is not through"), "\(status.output)")
    _ = try place.configure(Self.well, top: top)
    watching.signal(SIGHUP)
    try await until("both, \(watching.errorText())") { place.names("archive") == [Self.name(1), Self.name(2)] }
    #expect(try await paid(place.sandbox) == [240])

    _ = try place.configure(Self.ill.replacing("03-01", with: "03-03"), top: top)
    watching.signal(SIGHUP)
    try await until("read again") { watching.errorText().split(separator: "was read again").count == 3 }
    try place.put(Self.paid(101), as: Self.name(3))
    try await until("it is taken, \(watching.errorText())") { place.claimed == [Self.name(3)] }
    try place.put(Self.paid(300), as: Self.name(4))
    try await until("it waits too, \(watching.errorText())") {
      watching.errorText().contains("goes after \(Self.name(3))")
    }
    let folder = try #require(place.names("processing").first)
    try FileManager.default.removeItem(atPath: workspace.path("drop/processing/\(folder)/\(Self.name(3))"))
    try await until("it goes, \(watching.errorText())") { place.names("archive").contains(Self.name(4)) }
    #expect(try await paid(place.sandbox) == [300])
    watching.signal(SIGTERM)
    _ = try await watching.wait(atMost: .seconds(40))
  }

  @Test func `an older file is held where something of a newer one was sent`() async throws {
    let place = try await place()
    let well = try place.configure(Self.well)
    try place.put(Self.paid(240), as: Self.name(2))
    var killed = billdrop
    killed.environment["BILLDROP_CRASH_AT"] = "sent:1"
    #expect(try await killed.start(["run", "--config", well]).wait() == .signalled(9))
    // Under another layout it is held.
    let other = try place.configure(Self.ill.replacing("03-01", with: "03-02"))
    try place.put(Self.paid(100), as: Self.name(1))
    let held = try await place.run(other)
    #expect(
      held.output.contains("Out of order: a later file was begun, \(Self.name(2))"), "\(held.output)\(held.errors)")
    #expect(place.names("inbound") == [Self.name(1)] && place.claimed == [Self.name(2)])
    #expect(try await paid(place.sandbox) == [240])
  }

  // MARK: Held

  /// The nights of three days, and that of the sixth, which the guard holds for its size, with the digits to approve.
  private func heldByGuard(_ place: DropPlace) async throws -> (configuration: String, digits: String) {
    let configuration = try place.configure(Self.well, top: #""guard_bounds": {"least": 3, "times": 4}"#)
    for day in 1...3 {
      try place.put(Self.paid(100 + day, bills: 4), as: Self.name(day))
      #expect(try await place.run(configuration).status == 0)
    }
    try place.put(Self.paid(120, bills: 60), as: Self.name(6))
    let far = try await place.run(configuration)
    #expect(far.status == 4 && place.claimed == [Self.name(6)], "\(far.output)\(far.errors)")
    return (configuration, try approval(in: far))
  }

  @Test func `rule 18: an approval of a file's size is none of its order, and is asked for that first`() async throws {
    let place = try await place(bills: 60)
    let (configuration, digest) = try await heldByGuard(place)
    try place.put(Self.paid(150, bills: 4), as: Self.name(7))
    // It dies before it could tell.
    var killed = billdrop
    killed.environment["BILLDROP_CRASH_AT"] = "settled:1"
    #expect(try await killed.start(["run", "--config", configuration]).wait() == .signalled(9))
    let late = try await place.run(configuration, "--approve", digest)
    #expect(late.status == 4, "\(late.output)\(late.errors)")
    #expect(late.output.contains("a later file was done, \(Self.name(7)) (2026-03-07)"), "\(late.output)")
    #expect(late.errors.contains("was given before anybody was told"), "\(late.errors)")
    #expect(try await paid(place.sandbox).max() == 150)
    let status = try await billdrop.run("status", "--config", configuration, "--format", "json")
    #expect(status.output.contains("a later file was done"), "\(status.output)")
    #expect(try await place.run(configuration).status == 4)
    #expect(try await paid(place.sandbox).max() == 150)
    let through = try await place.run(configuration, "--approve", digest)
    #expect(through.status == 0, "\(through.output)\(through.errors)")
    #expect(Set(try await paid(place.sandbox)) == [120])
  }

  @Test func `who was told of both by a pass lets a file through by one word, and it goes on when it stops`()
    async throws
  {
    let place = try await place(bills: 60)
    let (configuration, digest) = try await heldByGuard(place)
    try place.put(Self.paid(150, bills: 4), as: Self.name(7))
    let told = try await place.run(configuration)
    #expect(told.status == 4 && told.output.contains("a later file was done"), "\(told.output)")
    let status = try await billdrop.run("status", "--config", configuration, "--format", "json")
    #expect(status.output.contains("a later file was done"), "\(status.output)")
    var killed = billdrop
    killed.environment["BILLDROP_CRASH_AT"] = "sent:1"
    #expect(try await killed.start(["run", "--config", configuration, "--approve", digest]).wait() == .signalled(9))
    let through = try await place.run(configuration)
    #expect(through.status == 0, "\(through.output)\(through.errors)")
    #expect(place.claimed.isEmpty)
  }

  @Test func `an older file that was let through where it arrived goes on after a kill`() async throws {
    let place = try await place()
    let configuration = try place.configure(Self.well)
    try place.put(Self.paid(240), as: Self.name(2))
    #expect(try await place.run(configuration).status == 0)
    try place.put(Self.paid(100), as: Self.name(1))
    let digest = try approval(in: try await place.run(configuration))
    var killed = billdrop
    killed.environment["BILLDROP_CRASH_AT"] = "checked:1"
    #expect(try await killed.start(["run", "--config", configuration, "--approve", digest]).wait() == .signalled(9))
    let through = try await place.run(configuration)
    #expect(through.status == 0, "\(through.output)\(through.errors)")
    #expect(try await paid(place.sandbox) == [100])
  }

  private func approval(in result: Billdrop.Result) throws -> String {
    let mark = try #require(result.output.range(of: "--approve "), "\(result.output)\(result.errors)")
    return String(result.output[mark.upperBound...].prefix(12))
  }

  // MARK: Arriving

  @Test func `a newer file waits for an older one that is still growing`() async throws {
    let place = try await place()
    let configuration = try place.configure(Self.well, complete: #"{"seconds": 1}"#)
    try place.put(Self.paid(240), as: Self.name(2))
    try place.put("", as: Self.name(1))
    let early = try await place.run(configuration, whileGrowing: Self.name(1))
    #expect(place.names("inbound") == [Self.name(1), Self.name(2)], "\(early.output)\(early.errors)")
    #expect(early.errors.contains("goes after \(Self.name(1)), which is still coming"), "\(early.errors)")
    try place.put(Self.paid(100), as: Self.name(1))
    #expect(try await place.run(configuration).status == 0)
    #expect(try await paid(place.sandbox) == [240])
  }

  @Test func `files of other feeds in the drop don't put a feed's files out of their order`() async throws {
    let place = try await place()
    let configuration = try workspace.write(
      #"""
      {"api": {"endpoint": "\#(place.sandbox.endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports",
       "feeds": {
         "daily": {"drop": {"path": "drop"}, "complete": {"seconds": 0.3}, "order": {},
                   "files": "bills_(?<day>..)(?<month>..)(?<year>....)\\.csv"},
         "extra": {"drop": {"path": "drop"}, "complete": {"seconds": 0.3}, "files": "bills_1x\\.csv"}}}
      """#, to: "two.json")
    try place.put(BillFile.text(rows: 1, prefix: "N"), as: "bills_02012026.csv")
    try place.put(BillFile.text(rows: 1, prefix: "O"), as: "bills_31122025.csv")
    try place.put(BillFile.text(rows: 1, prefix: "X"), as: "bills_1x.csv")
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(place.names("inbound").isEmpty)
  }

  @Test func `a file under the name of a held one is told`() async throws {
    let place = try await place(bills: 60)
    let configuration = try place.configure(Self.well, top: #""guard_bounds": {"least": 3, "times": 4}"#)
    for day in 1...3 {
      try place.put(Self.paid(100 + day, bills: 4), as: Self.name(day))
      #expect(try await place.run(configuration).status == 0)
    }
    try place.put(Self.paid(120, bills: 60), as: Self.name(4))
    #expect(try await place.run(configuration).status == 4)
    try place.put(Self.paid(151, bills: 4), as: Self.name(4))
    let held = try await place.run(configuration)
    #expect(held.status == 4 && held.output.contains("Another file of this name has come since"), "\(held.output)")
    #expect(held.errors.contains("waits: a file of this name was taken before"), "\(held.errors)")
    let status = try await billdrop.run("status", "--config", configuration, "--format", "json")
    #expect(status.output.contains("Another file of this name has come since"), "\(status.output)")
    let folder = try #require(place.names("processing").first)
    try FileManager.default.removeItem(atPath: workspace.path("drop/processing/\(folder)/\(Self.name(4))"))
    _ = try await place.run(configuration)
    #expect(place.names("archive").contains(Self.name(4)))
    #expect(try await paid(place.sandbox).max() == 151)
  }

  @Test func `a held file without a date stands for the night that it came in, and for no later one`() async throws {
    let place = try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
    let configuration = try place.configure(
      #""files": "b_(?<sequence>\\d+)\\.csv", "order": {"gap": "hold"}, "#
        + #""expect": {"time": "06:00", "zone": "UTC", "stand_in": false}"#)
    // From 2026-03-02 on.
    func at(_ day: Int64, _ hour: Int64, _ command: String = "run") async throws -> Billdrop.Result {
      try await place.run(configuration, day: day, hour: hour, command: command)
    }
    try place.put(BillFile.text(rows: 2), as: "b_1.csv")
    #expect(try await at(2, 3).status == 0)
    try place.put(BillFile.text(rows: 2, prefix: "C"), as: "b_3.csv")
    #expect(try await at(3, 5).status == 4)
    let came = try await at(3, 7)
    #expect(came.status == 4 && !came.output.contains("No file of"), "\(came.output)")
    let missing = try await at(4, 7)
    #expect(missing.output.contains("No file of 2026-03-04"), "\(missing.output)")
    #expect(!missing.output.contains("No file of 2026-03-03"), "\(missing.output)")
    #expect(try await at(4, 8, "status").output.contains("No file of 2026-03-04"))
  }

  private func until(_ what: @autoclosure () -> String, _ isSo: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(40)
    while try await !isSo() {
      guard ContinuousClock.now < deadline else { throw TestFault("never: \(what())") }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
