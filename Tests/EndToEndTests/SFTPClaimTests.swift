import Foundation
import Testing

/// Claims of an SFTP drop that a process left half-made, that two drops find, or that were written to.
@Suite(.fewAtATime)
struct SFTPClaimTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace)
  }

  private func place() async throws -> SFTPPlace { try await SFTPPlace(workspace, billdrop) }

  private let unanswered = #""deliver": {"files": []}"#

  @Test(arguments: [false, true])
  func `a companion that was claimed by a process which died before the file is given back, or gives way to another`(
    hasCome: Bool
  ) async throws {
    let place = try await place()
    let configuration = try place.configure(unanswered, complete: #"{"by": "done-file"}"#)
    try place.put(BillFile.text(rows: 2, prefix: "O"), as: "old.csv")
    try place.put("", as: "old.csv.done")
    #expect(try await place.run(configuration).status == 0)
    let claims = try #require(place.names("processing").first)
    try place.put(BillFile.text(rows: 3), as: "a.csv")
    _ = try workspace.write("", to: "remote/processing/\(claims)/a.csv.done")
    if hasCome { try place.put("another", as: "a.csv.done") }
    let result = try await place.run(configuration)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(place.names("inbound").isEmpty && place.claimed.isEmpty, "\(place.names("inbound")) \(place.claimed)")
    #expect(place.names("archive") == ["a.csv", "a.csv.done", "old.csv", "old.csv.done"])
    let companion = try String(contentsOfFile: place.path("archive/a.csv.done"), encoding: .utf8)
    #expect(companion == (hasCome ? "another" : ""))
    #expect(try await place.sandbox.state().objects.bills == 5)
  }

  @Test func `files that are gathered are each told where a feed with an order ends the gathering`() async throws {
    let place = try await place()
    let feed = #""complete": {"seconds": 0.3}, "deliver": {"files": []}"#
    let drop = """
      {"url": "\(place.server.url(workspace.path("remote")))", "key_file": "ssh/user", "known_hosts": "ssh/known_hosts"}
      """
    let configuration = try workspace.write(
      #"""
      {"api": {"endpoint": "\#(place.sandbox.endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports",
       "feeds": {"a": {"drop": \#(drop), "files": "a.*", \#(feed)},
                 "b": {"drop": \#(drop), "files": "b(?<sequence>[0-9]+)\\.csv", "order": {}, \#(feed)}}}
      """#, to: "two.json")
    try place.put(BillFile.text(rows: 3, prefix: "A1"), as: "a1.csv")
    try place.put(BillFile.text(rows: 3, prefix: "A2") { $0 == 2 }, as: "a2.csv")
    try place.put(BillFile.text(rows: 3, prefix: "B1") { $0 == 2 }, as: "b1.csv")
    let result = try await billdrop.run("run", "--config", configuration)
    #expect(result.status == 1, "\(result.output)\(result.errors)")
    for name in ["a1.csv: complete", "a2.csv: complete", "b1.csv: complete"] {
      #expect(result.output.contains(name), "\(name)\n\(result.output)")
    }
    #expect(place.names("archive") == ["a1.csv", "a2.csv", "b1.csv"])
  }

  @Test func `a file alone that is written to while it is read is not archived before that was sent too`() async throws
  {
    let place = try await place()
    try place.put(BillFile.text(rows: 3), as: "a.csv")
    let filter = try workspace.write(
      """
      #!/bin/sh
      cd "\(place.path("processing"))"
      if [ -s */a.csv ] && [ ! -e ../touched ]; then
        touch ../touched
        tail -n 1 */a.csv | sed 's/B-3/B-4/' >> "$(echo */a.csv)"
      fi
      cat
      """, to: "filter.sh")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: filter)
    let configuration = try place.configure(#""filter": ["\#(filter)"], "deliver": {"files": []}"#)
    let first = try await place.run(configuration)
    #expect(first.status == 75, "\(first.output)\(first.errors)")
    #expect(first.output.contains("Somebody wrote to the file while it was sent"), "\(first.output)")
    #expect(place.claimed == ["a.csv"] && place.names("archive").isEmpty)
    let second = try await place.run(configuration)
    #expect(second.status == 0, "\(second.output)\(second.errors)")
    #expect(try await place.sandbox.state().objects.bills == 4)
  }

  @Test func `a file that one drop holds is not sent by another drop which is the same folder`() async throws {
    let place = try await place()
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path("mirror"), withDestinationPath: workspace.path("remote"))
    let login = #""key_file": "ssh/user", "known_hosts": "ssh/known_hosts""#
    let complete = #""complete": {"seconds": 0.3}, "deliver": {"files": []}"#
    let configuration = try workspace.write(
      """
      {"api": {"endpoint": "\(place.sandbox.endpoint)"}, "ledger": "ledger.sqlite", "reports": "reports", "feeds": {
        "a": {"drop": {"url": "\(place.server.url(workspace.path("remote")))", \(login)},
              "canary": {"rows": 1, "then": "wait"}, \(complete)},
        "b": {"drop": {"url": "\(place.server.url(workspace.path("mirror")))", \(login)}, \(complete)}}}
      """, to: "two.json")
    try place.put(BillFile.text(rows: 20), as: "a1.csv")
    for _ in 1...3 {
      let result = try await place.run(configuration)
      #expect(result.status == 4, "\(result.output)\(result.errors)")
      #expect(result.output.contains("which is the same folder"), "\(result.output)")
    }
    #expect(place.claimed == ["a1.csv"])
    #expect(try await place.sandbox.state().objects.bills == 1)
  }
}
