import Foundation
import Testing

/// `billdrop layout list|show|check|guess` with the real binary.
@Suite(.fewAtATime)
struct LayoutTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, key: nil)
  }

  private struct Checked: Decodable {
    struct Mistake: Decodable, Equatable {
      let line: Int
      let path: String
    }
    let digest: String?
    let mistakes: [Mistake]
  }

  private func check(_ layout: String) async throws -> Checked {
    let output = try await billdrop.run("layout", "check", layout, "--format", "json").output
    return try JSONDecoder().decode(Checked.self, from: Data(output.utf8))
  }

  @Test func `the group alone asks for its commands, and its help names them`() async throws {
    let alone = try await billdrop.run("layout")
    #expect(alone.status == 64 && alone.errors.contains("list, show, check, guess"))
    let help = try await billdrop.run("layout", "--help")
    #expect(help.status == 0)
    for command in ["layout list", "layout show", "layout check", "layout guess"] {
      #expect(help.output.contains(command))
    }
    let mistyped = try await billdrop.run("layout", "chekc", "x.json")
    #expect(mistyped.status == 64 && mistyped.errors.contains("Did you mean layout check?"))
  }

  @Test func `what list names, show prints and check finds good`() async throws {
    let names = try await billdrop.run("layout", "list").output.split(separator: "\n")
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(names.contains("default") && names.contains("moment-file"))
    for name in names {
      let shown = try await billdrop.run("layout", "show", name)
      #expect(shown.status == 0)
      let copy = try await check(try workspace.write(shown.output, to: "\(name).json"))
      #expect(copy.mistakes.isEmpty)
      #expect(copy.digest == (try await check(name)).digest)
    }
    let unknown = try await billdrop.run("layout", "show", "defalt")
    #expect(unknown.status == 64 && unknown.errors.contains("Did you mean default?"))
  }

  @Test func `all mistakes are told at once, each with its line and path`() async throws {
    let layout = try workspace.write(
      """
      {
        "name": "Not A Name", "format": "csv",
        // a comment
        "fields": {
          "amount_due": { "column": "Amount",
            "steps": [{ "date": "yyyy-MM" }] },
          "amonut_due": "Amount",
        },
      }
      """, to: "bad.json")
    let checked = try await check(layout)
    let expected = [("/name", 2), ("/fields/amount_due/steps/0/date", 6), ("/fields/amonut_due", 7)]
    for (path, line) in expected { #expect(checked.mistakes.contains(.init(line: line, path: path)), "\(checked)") }
    let text = try await billdrop.run("layout", "check", layout)
    #expect(text.status == 78 && text.output.contains("bad.json:6: /fields/amount_due/steps/0/date: "))
    let mistyped = try workspace.write(#"{"name": "a", "format": "csv", "csv": {"delimter": ";"}}"#, to: "m.json")
    let answer = try await billdrop.run("layout", "check", mistyped).output
    #expect(answer.contains("/csv/delimter: is not a known member: did you mean \"delimiter\"?"), "\(answer)")
  }

  @Test func `broken JSON is told with its line, and a missing file is no input`() async throws {
    let broken = try await check(try workspace.write("{\n \"name\" 1\n}", to: "broken.json"))
    #expect(broken.mistakes == [.init(line: 2, path: "")])
    #expect(try await billdrop.run("layout", "check", workspace.path("none.json")).status == 66)
  }

  @Test func `a file whose headings are fields' paths needs the default layout, and guess says so`() async throws {
    let standard = try #require(try await check("default").digest)
    for name in ["nightly.csv", "small.csv", "customers.csv", "by-id.csv", "old-mac.csv"] {
      let guessed = try await billdrop.run("layout", "guess", Place.sample(name))
      #expect(guessed.status == 0 && guessed.errors.isEmpty, "\(name): \(guessed.errors)")
      #expect(try await check(try workspace.write(guessed.output, to: "guessed.json")).digest == standard, "\(name)")
    }
    // One amount of it has a decimal mark: whether the others are cents is asked.
    let asked = try await billdrop.run("layout", "guess", Place.sample("spreadsheet.csv"))
    #expect(asked.status == 0 && asked.errors.contains("One place isn't sure"), "\(asked.errors)")
  }

  @Test func `guess never decides between day and month, and marks what it asks`() async throws {
    let file = try workspace.write(
      "InvNo,Currency,Amount,Due,Customer\nA,ZAR,1.50,03/04/2025,1\nB,ZAR,2.50,05/06/2025,2\n", to: "theirs.csv")
    let guessed = try await billdrop.run("layout", "guess", file)
    #expect(guessed.errors.contains("One place isn't sure"))
    #expect(guessed.output.contains("// ? dd/MM/yyyy or MM/dd/yyyy?"))
    #expect(try await !check(try workspace.write(guessed.output, to: "guessed.json")).mistakes.isEmpty)
    let filled = guessed.output.replacingOccurrences(of: "?unclear", with: "MM/dd/yyyy")
    #expect(try await check(try workspace.write(filled, to: "filled.json")).mistakes.isEmpty)
  }

  @Test func `guess refuses what is no delimited text`() async throws {
    for name in ["binary.csv", "empty.csv"] {
      #expect(try await billdrop.run("layout", "guess", Place.sample(name)).status == 65)
    }
    #expect(try await billdrop.run("layout", "guess", workspace.path("none.csv")).status == 66)
  }
}
