import Foundation
import Testing

@Suite(.fewAtATime)
struct ConfigTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, key: nil)
  }

  @Test func `every mistake is told with its line and its path`() async throws {
    let file = try workspace.write(
      """
      { // comments are allowed
        "limit": {}, "api": {"endpoint": "http://x"},
        "limits": {"quiet": ["22:00-22:00"], "zone": "Nowhere/Town"},
        "feeds": {
          "a": {"drop": {"path": "d"}, "files": "(", "layout": "none.json"},
          "b": {"drop": {"path": "d"}, "order": {}, "complete": {"by": "done-file", "seconds": 3}},
          "c": {"expect": {"time": "6:00"}},
        },
      }
      """, to: "bad.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 78)
    let lines = result.output.split(separator: "\n")
    for (line, path) in [
      (2, "/limit "), (3, "/limits/quiet "), (3, "/limits/zone "), (5, "/feeds/a/files "), (5, "/feeds/a/layout "),
      (6, "/feeds/b/order "), (6, "/feeds/b/complete/seconds "), (7, "/feeds/c "), (7, "/feeds/c/expect/time "),
    ] {
      #expect(lines.contains { $0.contains("bad.json:\(line): \(path)") }, "\(line) \(path)\n\(result.output)")
    }
    for words in ["/limit is not a known member: did you mean \"limits\"?", "(Base URL of the API. https, except"] {
      #expect(result.output.contains(words), "\(words)\n\(result.output)")
    }
  }

  @Test func `each mistake of guards, canaries, receipts, limits and notices is told with its path`() async throws {
    let file = try workspace.write(
      """
      {
        "guard": "hold",
        "guard_bounds": {"files": 1, "times": 1, "share": 1.5, "rows": -1, "below": "few", "typical": 3},
        "canary": {"then": "wait"},
        "receipt": {"key_file": "k", "key_credential": "bad/name", "sign": true},
        "limits": {"quiet": ["22:00-25:00"], "rate": 0, "burst": 0, "in_flight": 2000, "daily": 0, "max_refused": 1.5},
        "notify": {"on_finish": [], "webhook": {"url": "http://example.com/hook", "events": ["finished"]}},
        "feeds": {
          "a": {"drop": {"path": "a"}, "guard": "maybe", "canary": {"rows": 100001}},
          "b": {"drop": {"path": "b"}, "guard": "off", "guard_bounds": {"times": 2}},
          "c": {"drop": {"path": "c"}, "guard_bounds": {"files": 5, "least": 9}},
          "d": {"drop": {"path": "d"}, "layout": "customer-balance", "canary": {"rows": 5}},
          "e": {"drop": {"path": "e"}, "limits": {"quiet": ["7:00-8:00"]}, "receipt": {"key_file": "k", "key_credential": "c"}},
        },
      }
      """, to: "bad.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 78)
    let lines = result.output.split(separator: "\n")
    for (line, path) in [
      (3, "/guard_bounds/files "), (3, "/guard_bounds/times "), (3, "/guard_bounds/share "), (3, "/guard_bounds/rows "),
      (3, "/guard_bounds/below "), (3, "/guard_bounds/typical "), (4, "/canary "), (5, "/receipt/key_credential "),
      (5, "/receipt/sign "), (6, "/limits/quiet "), (6, "/limits/rate "), (6, "/limits/burst "),
      (6, "/limits/in_flight "), (6, "/limits/daily "), (6, "/limits/max_refused "), (7, "/notify/on_finish "),
      (7, "/notify/webhook/url "), (7, "/notify/webhook/events/0 "), (9, "/feeds/a/guard "),
      (9, "/feeds/a/canary/rows "), (10, "/feeds/b/guard_bounds "), (11, "/feeds/c/guard_bounds/least "),
      (12, "/feeds/d/canary "), (13, "/feeds/e/limits/quiet/0 "), (13, "/feeds/e/receipt/key_credential "),
    ] {
      #expect(lines.contains { $0.contains("bad.json:\(line): \(path)") }, "\(line) \(path)\n\(result.output)")
    }
  }

  @Test(arguments: [
    (#"{"path": "drop"}"#, #"{"path": "drop/"}"#, true), (#"{"path": "drop"}"#, #"{"path": "./drop//."}"#, true),
    (#"{"path": "drop"}"#, #"{"path": "drop/inbound", "inbound": "."}"#, true),
    (#"{"path": "drop"}"#, #"{"path": "drops"}"#, false),
    (#"{"url": "sftp://u@h/out"}"#, #"{"url": "sftp://u@H:22//out/", "inbound": "inbound/"}"#, true),
    (#"{"url": "sftp://water@h/out"}"#, #"{"url": "sftp://power@h/out"}"#, false),
  ])
  func `two drops that are one folder, however it is written, are told, and two users of a server have two`(
    one: String, other: String, isTold: Bool
  ) async throws {
    let file = try workspace.write(
      #"{"feeds": {"a": {"drop": \#(one), "files": "a.*"}, "b": {"drop": \#(other), "files": "b.*"}}}"#, to: "two.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == (isTold ? 78 : 0), "\(result.output)")
    #expect(result.output.contains("/feeds/b shares its inbound folder with a") == isTold, "\(result.output)")
  }

  @Test(arguments: [
    (#""drop": {"path": "d", "archive": "inbound"}"#, "/feeds/a/drop/archive inbound and archive are one folder"),
    (#""drop": {"path": "d", "rejected": "./archive/"}"#, "/feeds/a/drop/rejected archive and rejected are one folder"),
    (#""drop": {"url": "sftp://u@h/d", "inbound": "reports"}"#, "inbound and reports are one folder"),
    (#""drop": {"path": "d"}, "reports": "d/reports/""#, "/feeds/a/reports has its reports written to the folder"),
  ])
  func `folders that must be apart and are one are told`(feed: String, words: String) async throws {
    let file = try workspace.write(#"{"feeds": {"a": {\#(feed)}}}"#, to: "one.json")
    let result = try await billdrop.run("config", "check", file)
    let text = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(result.status == 78 && text.contains(words), "\(result.output)")
  }

  @Test(arguments: [
    #"{"url": "https://example.com/hook"}"#,
    #"{"url": "https://example.com/hook", "secret_env": "A", "secret_file": "b"}"#,
  ])
  func `a webhook whose secret comes from nowhere, or from two places, is told`(_ webhook: String) async throws {
    let file = try workspace.write(
      #"{"notify": {"webhook": \#(webhook)}, "feeds": {"a": {"drop": {"path": "a"}}}}"#, to: "bad.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 78)
    #expect(result.output.contains("bad.json:1: /notify/webhook "), "\(result.output)")
    #expect(result.output.contains("secret_env"), "\(result.output)")
  }

  @Test func `bounds, canary, receipt, quiet hours and a webhook that are right are taken`() async throws {
    let file = try workspace.write(
      """
      {"guard": "hold", "guard_bounds": {"files": 30, "least": 5, "times": 3, "below": 3, "largest_times": 10, "share": 0.5, "rows": 20},
       "canary": {"rows": 5, "then": "wait"}, "receipt": {"key_file": "k"},
       "limits": {"quiet": ["22:00-23:00", "23:30-00:30"], "zone": "Africa/Johannesburg"},
       "notify": {"webhook": {"url": "https://example.com/hook", "secret_env": "HOOK", "events": ["problem"]}},
       "feeds": {"a": {"drop": {"path": "a"}, "canary": {"rows": 0}, "guard": "off"}}}
      """, to: "good.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  @Test func `one without mistakes is told its feeds, and paths count from its folder`() async throws {
    let file = try workspace.write(
      #"{"feeds": {"a": {"drop": {"path": "d"}, "layout": "default"}}}"#, to: "good.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("1 feed: a"))
    let missing = try await billdrop.run("config", "check", workspace.path("no.json"))
    #expect(missing.status == 66)
  }

  @Test func `no command waits for a pipe, and what is no file or too large is refused in words`() async throws {
    let pipe = workspace.path("pipe.json")
    #expect(mkfifo(pipe, 0o600) == 0)
    let large = try workspace.write("{" + String(repeating: " ", count: 4 << 20) + "}", to: "large.json")
    let loop = workspace.path("loop.json")
    try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: "loop.json")
    let folder = workspace.path("folder.json")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let odd = [
      (pipe, "no regular file"), ("/dev/zero", "no regular file"), (large, "larger than 4 MB"),
      (folder, "it is a folder"), (loop, "Too many levels of symbolic links"),
    ]
    for (file, words) in odd {
      for command in [["config", "check", file], ["run", "--config", file], ["doctor", "--config", file]] {
        let result = try await billdrop.run(command)
        let text = (result.output + result.errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(result.status == 78 && text.contains(words), "\(command) \(result.status) \(text)")
        #expect(command[0] != "run" || result.output.isEmpty)
      }
    }
    let layout = try workspace.write(
      #"{"feeds": {"a": {"drop": {"path": "d"}, "layout": "pipe.json"}}}"#, to: "layout.json")
    let result = try await billdrop.run("config", "check", layout)
    #expect(result.status == 78 && result.output.contains("no regular file"), "\(result.output)")
  }

  @Test func `names of members can't disturb a terminal, and of very many mistakes the first are told`() async throws {
    let odd = try workspace.write("{\"bad\\u001b[31m\\u0007\": 1}", to: "odd.json")
    let result = try await billdrop.run("config", "check", odd)
    #expect(result.status == 78)
    #expect(!result.output.utf8.contains { $0 < 0x20 && $0 != 0x0A }, "\(result.output)")
    let feeds = (1...20_000).map { "\"f\($0)\": {\"drop\": 5}" }.joined(separator: ", ")
    let many = try workspace.write("{\"feeds\": {\(feeds)}}", to: "many.json")
    for command in [["config", "check", many], ["doctor", "--config", many], ["run", "--config", many]] {
      let told = try await billdrop.run(command)
      #expect(told.status == 78)
      #expect(told.output.utf8.count + told.errors.utf8.count < 30_000, "\(command)")
      #expect((told.output + told.errors).contains(" more"), "\(command)")
    }
  }

  @Test func `a folder that is written as a text is told how it is written`() async throws {
    let file = try workspace.write(#"{"feeds": {"a": {"drop": "/srv/in"}}}"#, to: "text.json")
    let result = try await billdrop.run("config", "check", file)
    #expect(result.status == 78 && result.output.contains(#"{"path": "/srv/in"}"#), "\(result.output)")
  }
}
