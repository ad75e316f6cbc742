import CSQLite
import Foundation
import Testing

/// Receipts of finished files: made, proved, made again, and tampered with.
@Suite(.fewAtATime)
struct ReceiptTests {
  private static let key = "a key of at least 32 bytes, to sign receipts with"

  private let workspace: Workspace
  private let billdrop: Billdrop
  private let rekeyed: Billdrop
  private let keyless: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["BILLDROP_RECEIPT_KEY": Self.key])
    // To verify needs no key of the API.
    rekeyed = Billdrop(workspace: workspace, key: nil, environment: ["BILLDROP_RECEIPT_KEY": Self.key + "!"])
    keyless = Billdrop(workspace: workspace, key: nil)
  }

  private var report: ReportFiles { get throws { try workspace.report(of: "july.csv", command: "submit") } }
  private var receipt: String { get throws { try report.path("receipt.json") } }

  /// A file with a rejected row, sent to its end by a sandbox that is gone afterwards.
  private func finished() async throws -> String {
    let text = BillFile.text(rows: 40) { $0 == 7 } + "=1+1,ZAR,5,2025-07-01,2025-07-25,A,n,C,n,p\n"
    let file = try workspace.write(text, to: "july.csv")
    let sandbox = try await Sandbox(in: workspace)
    #expect(try await billdrop.submit(file, to: sandbox).status == 1)
    try await sandbox.stop()
    return file
  }

  private func verify(_ file: String, _ more: [String] = [], as who: Billdrop? = nil) async throws -> Billdrop.Result {
    let verifier = who ?? Billdrop(workspace: workspace, key: nil, environment: billdrop.environment)
    let given = try more.contains("--receipt") ? more : ["--receipt", receipt] + more
    let ledger = given.contains("--ledger") ? [] : ["--ledger", workspace.ledger]
    return try await verifier.run(["verify", file] + given + ledger)
  }

  @Test func `a receipt is proved without the API, also by a ledger copied elsewhere`() async throws {
    let file = try await finished()
    let right = try await verify(file)
    #expect(right.status == 0, "\(right.output)\(right.errors)")
    #expect(right.output.contains("the receipt is right, row by row") && right.output.contains("say the same"))
    let folder = workspace.path("elsewhere")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: workspace.ledger + suffix) {
      try FileManager.default.moveItem(atPath: workspace.ledger + suffix, toPath: folder + "/copy.sqlite" + suffix)
    }
    let moved = try workspace.write(report.text("receipt.json"), to: "kept.json")
    let copied = try await verify(file, ["--receipt", moved, "--ledger", folder + "/copy.sqlite", "--format", "json"])
    #expect(copied.status == 0, "\(copied.output)\(copied.errors)")
    #expect(copied.output.contains(#""report":"absent","signature":"good","problems":[]"#), "\(copied.output)")
    #expect(try await verify(file).status == 78, "there is no ledger here any more, and none is made")
    #expect(!FileManager.default.fileExists(atPath: workspace.ledger))
  }

  @Test func `a receipt that is lost comes back with the same bytes, alone or with its report`() async throws {
    let file = try await finished()
    let before = try report.text("receipt.json")
    #expect(!before.contains(Self.key))
    for path in [try receipt, try report.folder.path] {
      try FileManager.default.removeItem(atPath: path)
      // The API isn't there any more, and isn't asked.
      let again = try await billdrop.run(billdrop.submitArguments(file, endpoint: try endpoint(in: before)))
      #expect(again.status == 0, "\(again.errors)")
      #expect(try report.text("receipt.json") == before)
    }
  }

  private func endpoint(in receipt: String) throws -> String {
    struct Said: Decodable {
      struct Environment: Decodable { let origin: String }
      let environment: Environment
    }
    return try JSONDecoder().decode(Said.self, from: Data(receipt.utf8)).environment.origin
  }

  @Test func `a receipt with anything changed in it is not right`() async throws {
    let file = try await finished()
    let text = try report.text("receipt.json")
    func changed(_ part: String, _ other: String) throws -> String {
      let parts = text.components(separatedBy: part)
      try #require(parts.count > 1, "\(part) is not in \(text)")
      return parts[0] + other + parts[1...].joined(separator: part)
    }
    let tampered = [
      "money": try changed(#""created": "#, #""created": 1"#),
      "an outcome": try changed(#""rejected": 2"#, #""rejected": 3"#),
      "a time": try changed(#""completed_at": "20"#, #""completed_at": "19"#),
      "the environment": try changed(#""merchant": "default""#, #""merchant": "another""#),
      "the rows": try changed(#""rows_sha256": ""#, #""rows_sha256": "0"#),
      "the signature": try changed(#""value":""#, #""value":"0"#),
      "no signature": text.components(separatedBy: ",\n  \"signature\"")[0] + "\n}\n",
      "white space": try changed(": 1,", ":  1,"),
      "a byte less": String(text.dropLast()),
      "a byte more": text + "\n",
      "the file": try changed(#""sha256": ""#, #""sha256": "0"#),
      "the feed": try changed(#""feed": "default""#, #""feed": "nightly""#),
      "another member": try changed(#""feed""#, "\"more\": 1,\n  \"feed\""),
      "no JSON": "receipt",
    ]
    for (what, text) in tampered {
      let path = try workspace.write(text, to: "tampered.json")
      let result = try await verify(file, ["--receipt", path])
      #expect(result.status == (what == "the environment" ? 78 : 65), "\(what): \(result.output)\(result.errors)")
    }
    #expect(try await verify(file).status == 0)
    #expect(try await verify(file, ["--receipt", workspace.path("none.json")]).status == 66)
  }

  @Test func `a changed ledger, report or file doesn't fit the receipt any more`() async throws {
    let file = try await finished()
    for statement in [
      "UPDATE file_row SET state = 14 WHERE record = 3", "UPDATE file_row SET bill_id = 'bill_X' WHERE record = 3",
      "DELETE FROM file_row WHERE record = 3", "UPDATE file_run SET started_at = started_at - 1",
    ] {
      let copy = workspace.path("changed.sqlite")
      for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: workspace.ledger + suffix) {
        try FileManager.default.copyItem(atPath: workspace.ledger + suffix, toPath: copy + suffix)
      }
      try Self.run(statement, in: copy)
      let result = try await verify(file, ["--ledger", copy])
      #expect(result.status == 65, "\(statement): \(result.output)\(result.errors)")
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
    }
    for (name, part, other) in [("rows.csv", "bill_", "bill_0"), ("summary.json", #""created": 3"#, #""created": 4"#)] {
      let right = try report.text(name)
      try Data(right.replacingOccurrences(of: part, with: other).utf8).write(to: URL(filePath: report.path(name)))
      #expect(try report.text(name) != right)
      let result = try await verify(file)
      #expect(result.status == 65 && result.output.contains(name), "\(result.output)")
      try Data(right.utf8).write(to: URL(filePath: report.path(name)))
    }
    #expect(try await verify(file).status == 0)
    let other = try workspace.write(BillFile.text(rows: 41), to: "other.csv")
    let foreign = try await verify(other)
    #expect(foreign.status == 65 && foreign.output.contains("of another file"), "\(foreign.output)")
  }

  @Test func `a right receipt that is read by another layout is not said to be forged`() async throws {
    let layout = try workspace.write(
      """
      {"name": "own", "format": "csv", "fields": {"external_reference": "Ref", "currency": {"constant": "ZAR"},
       "amount_due": "Cents", "bill_date": "Day", "customer.external_reference": "Who", "customer.name": "Name"}}
      """, to: "own.layout.json")
    let file = try workspace.write("Ref,Cents,Day,Who,Name\nR-1,500,2026-02-01,C-1,Jane\n", to: "july.csv")
    let sandbox = try await Sandbox(in: workspace)
    #expect(try await billdrop.submit(file, to: sandbox, "--layout", layout).status == 0)
    #expect(try await verify(file, ["--layout", layout]).status == 0)
    let unsaid = try await verify(file)
    let words = unsaid.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(unsaid.status == 78 && words.contains("was submitted under the layout own"), "\(unsaid.output)\(words)")
    #expect(!words.contains("--approve"))
    for place in ["/dev/zero", workspace.folder.path] {
      let none = try await verify(file, ["--receipt", place])
      #expect(none.status == 66 && none.errors.contains("and no receipt"), "\(none.errors)")
    }
  }

  @Test func `another key is told from the right one, and a signed receipt needs one`() async throws {
    let file = try await finished()
    let other = try await verify(file, as: rekeyed)
    #expect(other.status == 65 && other.output.contains("signed with another key"), "\(other.output)")
    let none = try await verify(file, as: keyless)
    #expect(none.status == 78 && none.output.contains("its signature was not checked"), "\(none.output)")
    let keyFile = try workspace.write(Self.key + "\n", to: "receipt.key")
    #expect(try await verify(file, ["--receipt-key-file", keyFile], as: keyless).status == 0)
    let short = try workspace.write("too short\n", to: "short.key")
    #expect(try await verify(file, ["--receipt-key-file", short], as: keyless).status == 78)
  }

  @Test func `an unsigned receipt says so, and a file that isn't finished leaves none`() async throws {
    let sandbox = try await Sandbox(in: workspace)
    let plain = Billdrop(workspace: workspace)
    let file = try workspace.write(BillFile.text(rows: 20), to: "july.csv")
    #expect(try await plain.submit(file, to: sandbox).status == 0)
    #expect(try report.text("receipt.json").contains("signature") == false)
    let right = try await verify(file, as: keyless)
    #expect(right.status == 0 && right.output.contains("whoever can change"), "\(right.output)\(right.errors)")
    #expect(try await verify(file).status == 65, "a key was given, and the receipt is not signed")

    let stopped = try workspace.write(BillFile.text(rows: 5, prefix: "S"), to: "stopped.csv")
    let result = try await plain.run(
      plain.submitArguments(stopped, endpoint: sandbox.endpoint) + ["--daily", "3"])
    #expect(result.status == 75, "\(result.errors)")
    let names = try workspace.report(of: "stopped.csv", command: "submit").names
    #expect(names.contains("summary.json") && !names.contains("receipt.json"))
  }

  private static func run(_ statement: String, in ledger: String) throws {
    var database: OpaquePointer?
    defer { sqlite3_close(database) }
    guard sqlite3_open_v2(ledger, &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK,
      sqlite3_exec(database, statement, nil, nil, nil) == SQLITE_OK, sqlite3_changes(database) > 0
    else { throw TestFault("\(statement): \(String(cString: sqlite3_errmsg(database)))") }
  }
}
