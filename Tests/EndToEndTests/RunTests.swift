import Foundation
import Testing

/// `billdrop run` on real folders, against the sandbox.
@Suite(.fewAtATime)
struct RunTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> DropPlace {
    try DropPlace(workspace, billdrop, await Sandbox(in: workspace))
  }

  @Test func `a file is taken, answered and archived, and the same bytes are a duplicate under any name`() async throws
  {
    let place = try await place()
    let configuration = try place.configure(#""deliver": {"mode": "0640"}"#)
    try place.put(BillFile.text(rows: 40) { $0 == 7 }, as: "july.csv")
    let first = try await place.run(configuration)
    #expect(first.status == 1, "\(first.errors)")
    #expect(place.names("archive") == ["july.csv"])
    #expect(place.names("inbound").isEmpty)
    #expect(place.claimed.isEmpty)
    let report = try #require(place.names("reports").first)
    #expect(
      place.names("reports/\(report)")
        == ["issues.csv", "receipt.json", "rejected.csv", "report.html", "rows.csv", "summary.json"])
    let path = workspace.path("drop/reports/\(report)/summary.json")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
    let before = try await place.sandbox.state()
    #expect(before.objects.bills == 39)

    try place.put(BillFile.text(rows: 40) { $0 == 7 }, as: "again.csv")
    let second = try await place.run(configuration)
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.output.contains(#""verdict":"duplicate""#))
    #expect(second.output.contains("july.csv"))
    #expect(place.names("archive") == ["again.csv", "july.csv"])
    #expect(try await place.sandbox.state().requests == before.requests)
    #expect(try await place.run(configuration).status == 0)
  }

  @Test func `a file that grows between two looks waits for the next run`() async throws {
    let place = try await place()
    let configuration = try place.configure(complete: #"{"seconds": 3}"#)
    try place.put(BillFile.text(rows: 5), as: "july.csv")
    let result = try await place.run(configuration, whileGrowing: "july.csv")
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.names("inbound") == ["july.csv"])
    #expect(try await place.sandbox.state().objects.bills == 0)
    try place.put(BillFile.text(rows: 60), as: "july.csv")
    #expect(try await place.run(configuration).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 60)
  }

  @Test func `a file that can't be used as a whole goes to rejected with its report`() async throws {
    let place = try await place()
    let configuration = try place.configure(top: #""notify": {"on_problem": ["tee", "problem.json"]}"#)
    try place.put("\u{0}\u{1}\u{2}", as: "garbage.csv")
    let result = try await place.run(configuration)
    #expect(result.status == 65, "\(result.errors)")
    #expect(place.names("rejected") == ["garbage.csv"])
    #expect(place.names("reports").count == 1)
    let told = try String(contentsOfFile: workspace.path("problem.json"), encoding: .utf8)
    #expect(told.contains(#""verdict":"file_rejected""#))
  }

  @Test func `files go in the order of their dates, and an older one is held until it is approved`() async throws {
    let place = try await place()
    let configuration = try place.configure(#""files": "b_(?<date>\\d{8})\\.csv", "order": {}"#)
    try place.put(BillFile.text(rows: 3, prefix: "Y"), as: "b_20260302.csv")
    try place.put(BillFile.text(rows: 3, prefix: "X"), as: "b_20260301.csv")
    let first = try await place.run(configuration)
    #expect(first.status == 0, "\(first.errors)")
    let references = try await place.sandbox.log().filter { $0.method == "POST" }.count
    #expect(references == 6)
    let order = try #require(first.output.range(of: "b_20260301.csv")?.lowerBound)
    #expect(order < (try #require(first.output.range(of: "b_20260302.csv")?.lowerBound)))

    try place.put(BillFile.text(rows: 2, prefix: "W"), as: "b_20260228.csv")
    let held = try await place.run(configuration)
    #expect(held.status == 4, "\(held.errors)")
    #expect(place.names("inbound") == ["b_20260228.csv"])
    let mark = try #require(held.output.range(of: "--approve "))
    let digest = String(held.output[mark.upperBound...].prefix(12))
    #expect(try await place.run(configuration, "--approve", digest).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 8)
  }

  @Test func `a date far ahead is held, and once let through holds up none of the nights before it`() async throws {
    let place = try await place()
    let configuration = try place.configure(#""files": "b_(?<date>\\d{8})\\.csv", "order": {}"#)
    let today = Date()
    func name(_ days: Int) -> String {
      let day = today.addingTimeInterval(Double(days) * 86_400).ISO8601Format().prefix(10).replacing("-", with: "")
      return "b_\(day).csv"
    }
    try place.put(BillFile.text(rows: 1, prefix: "A"), as: name(-2))
    // One for a day to come, as when bills are due, is none of these.
    try place.put(BillFile.text(rows: 1, prefix: "B"), as: name(40))
    #expect(try await place.run(configuration).status == 0)
    try place.put(BillFile.text(rows: 1, prefix: "C"), as: "b_20991128.csv")
    let held = try await place.run(configuration)
    #expect(held.status == 4 && held.output.contains("Its date is far ahead of today"), "\(held.output)")
    let mark = try #require(held.output.range(of: "--approve "))
    let digest = String(held.output[mark.upperBound...].prefix(12))
    #expect(try await place.run(configuration, "--approve", digest).status == 0)
    try place.put(BillFile.text(rows: 1, prefix: "D"), as: name(41))
    let next = try await place.run(configuration)
    #expect(next.status == 0, "\(next.output)")
    try place.put(BillFile.text(rows: 1, prefix: "E"), as: name(39))
    #expect(try await place.run(configuration).status == 4, "older than the last but that one")
  }

  @Test func `what no feed takes is told with its drop, and waits for nobody`() async throws {
    let place = try await place()
    let configuration = try place.configure(#""files": "b_.*\\.csv""#, complete: #"{"by": "done-file"}"#)
    for name in ["wrong\u{1B}.csv", "odd.csv", "b_lost.csv.done"] { try place.put("x", as: name) }
    try place.put(BillFile.text(rows: 1), as: "b_1.csv")
    let first = try await place.run(configuration)
    #expect(first.status == 0, "\(first.output)\(first.errors)")
    let known = try await billdrop.run("status", "--config", configuration)
    #expect(known.output.contains("needs   nobody"), "\(known.output)")
    let words = known.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains("3 files are taken by nobody in ")
        && words.contains("b_lost.csv.done (it is called as what lies beside another file, which isn't there)"),
      "\(words)")
    #expect(words.contains("odd.csv (no feed takes a file of this name)"), "\(words)")
    #expect(words.contains("(its name has control characters)"), "\(words)")
    #expect(try await billdrop.run("status", "odd.csv", "--config", configuration).status == 0)
    let asked = try await billdrop.run("doctor", "--config", configuration).output
    let checked = asked.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(checked.contains("1 file waits.") && checked.contains("No feed takes 3 files in"), "\(checked)")
    for name in place.names("inbound") where name != "b_1.csv" {
      try FileManager.default.removeItem(atPath: workspace.path("drop/inbound/\(name)"))
    }
    #expect(!(try await billdrop.run("status", "--config", configuration).output.contains("taken by nobody")))
  }

  @Test(arguments: ["hold", "report"])
  func `a file whose name says no place that can be read is held, where one out of order is`(
    _ policy: String
  ) async throws {
    let place = try await place()
    let configuration = try place.configure(
      #""files": "b(?<date>\\d{6})\\.csv", "order": {"gap": "\#(policy)", "repeat": "\#(policy)", "older": "\#(policy)"}"#
    )
    try place.put(BillFile.text(rows: 3), as: "b260201.csv")
    let first = try await place.run(configuration)
    #expect(first.status == (policy == "hold" ? 4 : 0), "\(first.output)\(first.errors)")
    #expect((first.output + first.errors).contains("Its name has no date or number that can be read"))
    guard policy == "hold" else { return }
    #expect(place.names("inbound") == ["b260201.csv"])
    let mark = try #require(first.output.range(of: "--approve "))
    let digest = String(first.output[mark.upperBound...].prefix(12))
    #expect(try await place.run(configuration, "--approve", digest).status == 0)
    #expect(try await place.sandbox.state().objects.bills == 3)
  }

  @Test func `a filter that is silent keeps no run from ending`() async throws {
    let place = try await place()
    let configuration = try place.configure(#""filter": ["sh", "-c", "echo > begun; sleep 60; cat"]"#)
    try place.put(BillFile.text(rows: 3), as: "a.csv")
    let program = try billdrop.start(["run", "--config", configuration])
    let deadline = ContinuousClock.now + .seconds(30)
    while !FileManager.default.fileExists(atPath: workspace.path("begun")), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    program.signal(SIGTERM)
    #expect(try await program.wait(atMost: .seconds(25)) == .exited(75), "\(program.errorText())")
    #expect(place.claimed == ["a.csv"])
  }

  @Test func `a second run with the same ledger says who is at work`() async throws {
    let place = try await place()
    let configuration = try place.configure()
    let watching = try billdrop.start(["run", "--config", configuration, "--watch"])
    let deadline = ContinuousClock.now + .seconds(30)
    while !watching.errorText().contains("watching"), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    let second = try await place.run(configuration)
    #expect(second.status == 75)
    #expect(second.errors.contains("in use by pid"))

    try place.put(BillFile.text(rows: 5), as: "a.csv")
    while place.names("archive").isEmpty, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(place.names("archive") == ["a.csv"])
    watching.signal(SIGHUP)
    while !watching.errorText().contains("read again"), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    watching.signal(SIGTERM)
    #expect(try await watching.wait(atMost: .seconds(40)) == .exited(0), "\(watching.errorText())")
  }

  @Test func `an encrypted file is read through gpg, and its text is nowhere on disk`() async throws {
    let place = try await place()
    let home = workspace.path("gnupg")
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    func gpg(_ arguments: [String]) throws {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["gpg", "--homedir", home, "--batch", "--yes", "--passphrase", ""] + arguments
      process.standardError = FileHandle.nullDevice
      try process.start()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "gpg \(arguments)")
    }
    try gpg(["--pinentry-mode", "loopback", "--quick-generate-key", "drop@example.com", "ed25519/cert,sign"])
    try gpg(["--pinentry-mode", "loopback", "--quick-generate-key", "in@example.com", "default", "default"])
    let plain = try workspace.write(BillFile.text(rows: 900, prefix: "G") { $0 == 3 }, to: "plain.csv")
    try gpg([
      "--trust-model", "always", "-r", "in@example.com", "-o", workspace.path("drop/inbound/s.csv"), "-e", plain,
    ])
    try FileManager.default.removeItem(atPath: plain)
    let configuration = try place.configure(
      #""filter": ["gpg", "--homedir", "\#(home)", "--batch", "--quiet", "--decrypt"]"#)
    let result = try await place.run(configuration)
    #expect(result.status == 1, "\(result.errors)")
    #expect(try await place.sandbox.state().objects.bills == 899)
    // A good row's text is in none of the files; the rows to mend are in the report.
    #expect(try workspace.files(containing: "G-17,ZAR").isEmpty)

    try Data("no message of gpg".utf8).write(to: URL(filePath: workspace.path("drop/inbound/bad.csv")))
    let bad = try await place.run(configuration)
    #expect(bad.status == 65, "\(bad.errors)")
    #expect(bad.output.contains("gpg failed with exit code"))
    #expect(place.names("rejected") == ["bad.csv"])
  }

  @Test func `a zip is read through unzip`() async throws {
    let place = try await place()
    let plain = try workspace.write(BillFile.text(rows: 300, prefix: "Z"), to: "plain.csv")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["zip", "-q", "-j", workspace.path("drop/inbound/z.zip"), plain]
    try process.start()
    process.waitUntilExit()
    let configuration = try place.configure(#""filter": ["unzip", "-p", "{file}"]"#)
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try await place.sandbox.state().objects.bills == 300)
  }

  @Test func `a file that its checksum doesn't fit is told by one pass alone, and taken once it does`() async throws {
    let place = try await place()
    let configuration = try place.configure(complete: #"{"by": "checksum"}"#)
    try place.put(BillFile.text(rows: 2), as: "a.csv")
    try place.put(String(repeating: "0", count: 64) + "  a.csv\n", as: "a.csv.sha256")
    let refused = try await place.run(configuration)
    #expect(refused.status == 4, "\(refused.errors)")
    #expect(refused.errors.contains("The file is not what a.csv.sha256 says"))
    #expect(place.names("inbound") == ["a.csv", "a.csv.sha256"])
    try place.put("abc", as: "a.csv")
    try place.put("900150983cd24fb0d6963f7d28e17f72  a.csv\n", as: "a.csv.md5")
    try FileManager.default.removeItem(atPath: workspace.path("drop/inbound/a.csv.sha256"))
    #expect(try await place.run(configuration).status == 65)
    #expect(place.names("inbound").isEmpty)
  }

  @Test func `a file that has come is not missing where the pass ends before it gets to it`() async throws {
    let place = try await place()
    let configuration = try place.configure(
      #""files": "b_(?<date>\\d{8})\\.csv", "expect": {"time": "06:00", "zone": "UTC"}, "#
        + #""limits": {"rate": 2000, "quiet": ["05:00-23:00"], "zone": "UTC"}"#,
      top: #""notify": {"on_missing": ["tee", "-a", "missing.json"]}"#)
    func at(_ hour: Int64) async throws -> Billdrop.Result { try await place.run(configuration, hour: hour) }
    #expect(try await at(3).status == 0)
    try place.put(BillFile.text(rows: 2, prefix: "A"), as: "b_20260301.csv")
    try place.put(BillFile.text(rows: 2, prefix: "B"), as: "b_20260302.csv")
    for hour in [7, 8] as [Int64] {
      let stopped = try await at(hour)
      #expect(stopped.status == 75, "\(stopped.output)\(stopped.errors)")
      #expect(!FileManager.default.fileExists(atPath: workspace.path("missing.json")))
    }
    #expect(place.names("inbound") == ["b_20260302.csv"])
    #expect(try await at(23).status == 0)
    #expect(!FileManager.default.fileExists(atPath: workspace.path("missing.json")))
  }

  @Test func `an expected file that hasn't come is 3, told once, and covered by the next day's`() async throws {
    let place = try await place()
    let configuration = try place.configure(
      #""files": "b_(?<date>\\d{8})\\.csv", "expect": {"time": "06:00", "zone": "Africa/Johannesburg"}"#,
      top: #""notify": {"on_missing": ["tee", "-a", "missing.json"]}"#)
    // 2026-03-02 03:00, then 05:00 UTC: six in the morning there is four.
    func at(_ hour: Int64) async throws -> Billdrop.Result { try await place.run(configuration, hour: hour) }
    #expect(try await at(3).status == 0)
    let missing = try await at(5)
    #expect(missing.status == 3, "\(missing.errors)")
    #expect(missing.output.contains("it was due at 06:00 Africa/Johannesburg (2026-03-02 04:00 UTC)."))
    #expect(try await at(6).status == 3)
    let told = try String(contentsOfFile: workspace.path("missing.json"), encoding: .utf8)
    #expect(told.split(separator: "\n").count == 1)
    // What comes under its name and can't be used as a whole is no answer to it.
    try place.put("junk\n", as: "b_20260302.csv")
    #expect(try await at(7).status == 65)
    #expect(try await at(8).status == 3)
    try place.put(BillFile.text(rows: 2), as: "b_20260303.csv")
    #expect(try await at(9).status == 0)
  }
}
