import Foundation
import Testing

/// Money that comes back: paid in the sandbox, told by signed events, kept, joined to rows, reconciled.
@Suite(.fewAtATime) struct MoneyBackTests {
  private let workspace: Workspace
  private let billdrop: Billdrop

  init() throws {
    workspace = try Workspace()
    billdrop = Billdrop(workspace: workspace, environment: ["COLUMNS": "100"])
  }

  private struct Answer: Decodable {
    struct Events: Decodable {
      let payments: Int
      let on_bills: Int
      let on_balances: Int
      let ambiguous: Int
      let unknown: Int
      let unreadable: Int
    }
    struct Money: Decodable {
      let events: [String: Int]
      let bills: [String: Int]
      let report: [String: Int]?
    }
    struct Line: Decodable {
      let code: String
      let subject: String
      let reference: String?
      let file: String?
      let record: Int?
      let due: Int?
      let paid_by_events: Int
      let paid_by_report: Int?
      let paid_by_api: Int?
      let note: String?
    }
    let needs_attention: Bool
    let counts: [String: Int]
    let events: Events
    let bills: [String: Int]
    let api: [String: Int]?
    let money: [String: Money]
    let lines: [Line]

    func line(_ reference: String) -> Line? { lines.first { $0.reference == reference } }
  }

  private func webhook(_ port: Int) -> [String] {
    ["--webhook", "http://127.0.0.1:\(port)/", "--webhook-secret", EventsServer.secret, "--webhook-retry", "20"]
  }

  private func sandbox(_ arguments: [String]) async throws -> Sandbox {
    // The initialiser takes its arguments one by one.
    switch arguments.count {
    case 6:
      return try await Sandbox(
        in: workspace, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5])
    case 10:
      return try await Sandbox(
        in: workspace, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5], arguments[6],
        arguments[7], arguments[8], arguments[9])
    default: throw TestFault("\(arguments)")
    }
  }

  /// What `reconcile` finds, in JSON; with the API, unless `ask` is `none`.
  private func reconcile(_ sandbox: Sandbox, _ more: String..., ask: String = "named") async throws -> (Int, Answer) {
    let result = try await billdrop.run(
      [
        "reconcile", "--ledger", workspace.ledger, "--endpoint", sandbox.endpoint, "--ask", ask, "--reports",
        workspace.reports, "--rate", "5000", "--format", "json",
      ] + more)
    guard result.status < 64 else { throw TestFault("reconcile ended \(result.status): \(result.errors)") }
    return (result.status, try JSONDecoder().decode(Answer.self, from: Data(result.output.utf8)))
  }

  /// Bills on accounts of three, submitted.
  private func submit(_ rows: Int, to sandbox: Sandbox) async throws {
    let file = try workspace.write(BillFile.text(rows: rows), to: "night.csv")
    #expect(try await billdrop.submit(file, to: sandbox).status == 0)
  }

  @Test func `paid in part, whole, over, towards an account, and nobody's: each is where it belongs`() async throws {
    let server = try await EventsServer(billdrop)
    let sandbox = try await sandbox(webhook(server.port))
    try await submit(30, to: sandbox)
    // Made past billdrop.
    #expect(
      try await sandbox.call(
        "POST", "/billing/bills",
        #"{"external_reference":"THEIRS","currency":"ZAR","amount_due":70,"bill_date":"2026-02-01","customer":{"external_reference":"X"}}"#
      ) == 201)
    try await sandbox.pay(
      """
      [{"bill":"B-1"}, {"bill":"B-2","amount":100}, {"bill":"B-3","amount":5000},
       {"bill":"B-4","amount":40,"names":"party"}, {"bill":"THEIRS"}]
      """)
    try await sandbox.delivered(5)
    let (offline, known) = try await reconcile(sandbox, ask: "none")
    #expect(offline == 1 && known.events.payments == 5)
    #expect(known.events.on_bills == 3 && known.events.ambiguous == 1 && known.events.unknown == 1)
    #expect(known.line("B-1")?.code == "money.paid" && known.line("B-1")?.file == "night.csv")
    #expect(known.line("B-1")?.record == 1 && known.line("B-1")?.paid_by_api == nil)
    #expect(known.line("B-2")?.code == "money.part-paid")
    #expect(known.line("B-3")?.code == "money.overpaid" && known.line("B-3")?.record == 3)
    let ambiguous = try #require(known.lines.first { $0.code == "money.ambiguous" })
    #expect(ambiguous.note?.contains("B-4, B-5, B-6") == true)

    // The API knows which of the three it was.
    let (online, asked) = try await reconcile(sandbox)
    #expect(online == 1 && asked.events.ambiguous == 0 && asked.events.on_bills == 4)
    #expect(asked.line("B-4")?.code == "money.part-paid" && asked.line("B-4")?.paid_by_api == 40)
    let money = try #require(asked.money["ZAR"])
    let billed = (1...30).map(BillFile.amount).reduce(0, +)
    #expect(money.bills["billed"] == billed)
    let paid = BillFile.amount(of: 1) + 100 + BillFile.amount(of: 3) + 40
    #expect(money.bills["paid"] == paid && money.bills["open"] == billed - paid)
    #expect(money.bills["paid_beyond"] == 5000 - BillFile.amount(of: 3))
    #expect(money.events["unknown"] == 70)
    #expect(try await server.stop() == .exited(0))
    #expect(try await sandbox.log().allSatisfy { $0.method != "PATCH" })
  }

  @Test func `an event that never came shows, by the API and by Moment's report, until it is imported`() async throws {
    let server = try await EventsServer(billdrop)
    let sandbox = try await sandbox(webhook(server.port))
    try await submit(9, to: sandbox)
    try await sandbox.pay(#"[{"bill":"B-1"}]"#)
    try await sandbox.delivered(1)
    #expect(try await server.stop() == .exited(0))
    try await sandbox.pay(#"[{"bill":"B-2"},{"bill":"B-3","amount":7}]"#)

    let (_, named) = try await reconcile(sandbox)
    #expect(named.api?["asked"] == 1 && !named.needs_attention)
    let (status, all) = try await reconcile(sandbox, ask: "all")
    #expect(status == 1 && all.api?["asked"] == 9)
    #expect(all.line("B-2")?.code == "money.missing-event" && all.line("B-3")?.paid_by_api == 7)

    let recon = try workspace.write(try await sandbox.reconciliationReport(), to: "recon.csv")
    let (_, reported) = try await reconcile(sandbox, "--recon", recon, ask: "none")
    #expect(reported.counts["money.missing-event"] == 2)
    #expect(reported.money["ZAR"]?.report?["without_event"] == BillFile.amount(of: 2) + 7)
    #expect(reported.line("B-1")?.code == "money.paid")

    let events = try workspace.write(try await sandbox.events(), to: "events.jsonl")
    let imported = try await billdrop.run("events", "import", events, "--ledger", workspace.ledger)
    #expect(imported.status == 0)
    #expect(imported.output.contains("3 lines = 2 new + 1 known before + 0 no event"))
    let (end, whole) = try await reconcile(sandbox, "--recon", recon, ask: "all")
    #expect(end == 0 && whole.counts["money.paid"] == 2 && whole.counts["money.part-paid"] == 1)
    #expect(whole.money["ZAR"]?.report?["without_event"] == 0)
  }

  @Test func `forget shortens old events, names those of a named file, and what was paid stays known`() async throws {
    let sandbox = try await sandbox(webhook(1))
    try await submit(2, to: sandbox)
    try await sandbox.pay(#"{"bill":"B-1","amount":5}"#)
    let events = try workspace.write(try await sandbox.events(), to: "events.jsonl")
    #expect(try await billdrop.run("events", "import", events, "--ledger", workspace.ledger).status == 0)
    func forget(_ words: String...) async throws -> String {
      let result = try await billdrop.run(["forget", "--ledger", workspace.ledger] + words)
      #expect(result.status == 0, "\(result.errors)")
      return result.output.replacing(/\n +/, with: " ")
    }
    let named = try await forget("night.csv")
    #expect(named.contains("keeps") && named.contains("some maybe of bills of this file"), "\(named)")
    #expect(try await forget("--older-than", "1", "--yes") == "There is nothing to forget.\n")
    let store = LedgerText(workspace.ledger.replacingOccurrences(of: ".sqlite", with: ".events"))
    try store.run("UPDATE event SET received_at = received_at - 10 * 86400000")
    let before = try await billdrop.run("events", "list", "--ledger", workspace.ledger).output
    let plan = try await forget("--older-than", "1")
    #expect(plan.contains("would clear") && plan.contains("1 event)"), "\(plan)")
    #expect(try store.column("SELECT count(*) FROM event WHERE CAST(body AS TEXT) LIKE '%shortened%'") == ["0"])
    #expect(try await forget("--older-than", "1", "--yes").contains("cleared"))
    #expect(try store.column("SELECT count(*) FROM event WHERE CAST(body AS TEXT) LIKE '%shortened%'") == ["1"])
    #expect(try await forget("--older-than", "1", "--yes") == "There is nothing to forget.\n")
    #expect(try await billdrop.run("events", "list", "--ledger", workspace.ledger).output == before)
  }

  @Test func `balances are paid, and the event leads to the row that set the balance`() async throws {
    let server = try await EventsServer(billdrop)
    let sandbox = try await sandbox(webhook(server.port))
    let file = try workspace.write(
      "customer.external_reference,customer.currency,customer.balance\nC-1,ZAR,500\nC-2,ZAR,700\n", to: "balances.csv")
    #expect(try await billdrop.submit(file, to: sandbox, "--layout", "customer-balance").status == 0)
    try await sandbox.pay(#"{"customer":"C-2","amount":300}"#)
    try await sandbox.delivered(1)
    let (status, answer) = try await reconcile(sandbox)
    #expect(status == 0 && answer.events.on_balances == 1)
    let line = try #require(answer.line("C-2"))
    #expect(line.code == "money.on-balance" && line.file == "balances.csv" && line.record == 2)
    let list = try await billdrop.run("events", "list", "--ledger", workspace.ledger)
    #expect(list.output.contains("ZAR 3.00 on the balance of customer C-2"), "\(list.output)\(list.errors)")
    _ = try await server.stop()
  }

  @Test func `payments that files noted and bills that files voided are known of`() async throws {
    let sandbox = try await sandbox(webhook(1))
    try await submit(4, to: sandbox)
    let payments = try workspace.write(
      "external_reference,currency,payment_amount,payment_reference\nB-1,ZAR,25,P-1\n", to: "payments.csv")
    #expect(try await billdrop.submit(payments, to: sandbox, "--layout", "payment-added").status == 0)
    let voids = try workspace.write("external_reference\nB-2\n", to: "voids.csv")
    #expect(try await billdrop.submit(voids, to: sandbox, "--layout", "void", "--confirm-void").status == 0)
    let (status, answer) = try await reconcile(sandbox, ask: "all")
    #expect(status == 0, "\(answer.lines)")
    #expect(answer.bills["voided"] == 1 && answer.bills["count"] == 4)
    let billed = [1, 3, 4].map(BillFile.amount).reduce(0, +)
    #expect(answer.money["ZAR"]?.bills["billed"] == billed)
  }

  @Test func `a bill that a correction has voided, and raised none for, is not voided by others`() async throws {
    let sandbox = try await sandbox(webhook(1))
    try await submit(3, to: sandbox)
    try await sandbox.setFaults("422=1")
    let new = try workspace.write(
      "external_reference,currency,amount_due,account.external_reference,account.customer.external_reference\n"
        + "B-2,ZAR,300,B-A1,B-C1\n",
      to: "new.csv")
    let stopped = try await billdrop.submit(new, to: sandbox, "--layout", "correct", "--confirm-void", "--guard", "off")
    #expect(stopped.status == 75, "\(stopped.output)\(stopped.errors)")
    try await sandbox.setFaults("422=0")
    let (status, answer) = try await reconcile(sandbox, ask: "all")
    #expect(status == 0, "\(answer.lines)")
    #expect(answer.bills["voided"] == 1 && answer.bills["voided_elsewhere"] == 0 && answer.bills["count"] == 3)
  }

  @Test func `what was paid of a bill before it was raised is known, and no event is missing for it`() async throws {
    let sandbox = try await sandbox(webhook(1))
    let open = try workspace.write(
      """
      external_reference,currency,amount_due,amount_paid,bill_date,customer.external_reference
      O-1,ZAR,1000,400,2019-01-02,C-1
      O-2,ZAR,1000,1000,2019-01-02,C-1
      O-3,ZAR,1000,,2019-01-02,C-1

      """, to: "open.csv")
    #expect(try await billdrop.submit(open, to: sandbox).status == 0)
    let (status, answer) = try await reconcile(sandbox, ask: "all")
    #expect(status == 0, "\(answer.lines)")
    #expect(answer.counts["money.missing-event"] == 0 && answer.bills["count"] == 3)
    let bills = try #require(answer.money["ZAR"]?.bills)
    #expect(bills["billed"] == 3000 && bills["noted"] == 1400 && bills["open"] == 1600)
    #expect(answer.bills["without_payment"] == 1)
    // What is more than that is still told, as people write it.
    try await sandbox.pay(#"{"bill":"O-1","amount":50}"#)
    let (told, more) = try await reconcile(sandbox, ask: "all")
    #expect(told == 1)
    #expect(more.line("O-1")?.note == "the API has 0.50 ZAR more than events and files tell", "\(more.lines)")
  }

  @Test func `the endpoint is away, comes back, is killed, comes doubled and shuffled: nothing lost, nothing twice`()
    async throws
  {
    var server = try await EventsServer(billdrop)
    let port = server.port
    let sandbox = try await sandbox(webhook(port) + ["--webhook-duplicates", "0.3", "--webhook-jitter", "40"])
    try await submit(300, to: sandbox)
    try await server.kill()
    let orders = (1...300).map { #"{"bill":"B-\#($0)","amount":3}"# }.joined(separator: ",")
    try await sandbox.pay("[\(orders)]")
    for _ in 1...3 {
      server = try await EventsServer(billdrop, port: port)
      let before = try await sandbox.deliveries().reduce(0) { $0 + $1.acknowledgements }
      let deadline = ContinuousClock.now + .seconds(30)
      while try await sandbox.deliveries().reduce(0, { $0 + $1.acknowledgements }) < before + 40,
        ContinuousClock.now < deadline
      {
        try await Task.sleep(for: .milliseconds(2))
      }
      try await server.kill()
    }
    server = try await EventsServer(billdrop, port: port)
    try await sandbox.delivered(300)
    let (status, answer) = try await reconcile(sandbox)
    #expect(status == 0)
    #expect(answer.events.payments == 300 && answer.events.on_bills == 300)
    #expect(answer.money["ZAR"]?.events["all"] == 900)
    #expect(answer.counts["money.part-paid"] == 300)
    #expect(try await server.stop() == .exited(0))
  }

  @Test func `the secret is in no argument, no log, no report and no store`() async throws {
    let secretFile = try workspace.write(EventsServer.secret + "\n", to: "secret")
    let server = try await EventsServer(billdrop, "--secret-file", secretFile)
    let sandbox = try await sandbox(webhook(server.port))
    try await submit(3, to: sandbox)
    try await sandbox.pay(#"{"bill":"B-1"}"#)
    try await sandbox.delivered(1)
    _ = try await reconcile(sandbox)
    _ = try await server.stop()
    let part = String(EventsServer.secret.dropFirst(6).prefix(16))
    #expect(try workspace.files(containing: part) == [secretFile].filter { $0.hasSuffix("secret") })
    #expect(!server.program.errorText().contains(part))
    for text in ["Resident", "Loop Street"] {
      let reports = try workspace.files(containing: text).filter {
        $0.contains("/reconcile/") || $0.hasSuffix(".events")
      }
      #expect(reports == [])
    }
  }

  @Test func `what is wrong is said with the right exit code`() async throws {
    let noKey = Billdrop(workspace: workspace, key: nil)
    func status(_ arguments: String...) async throws -> Int { try await noKey.run(arguments).status }
    #expect(try await status("events", "serve", "--ledger", workspace.ledger) == 78)
    let bad = try workspace.write("hunter2\n", to: "bad")
    #expect(try await status("events", "serve", "--ledger", workspace.ledger, "--secret-file", bad) == 78)
    #expect(try await status("events", "import", workspace.path("none"), "--ledger", workspace.ledger) == 66)
    #expect(try await status("reconcile", "--ledger", workspace.path("none.sqlite")) == 78)
    #expect(try await status("reconcile") == 78)
    #expect(try await status("events", "list", "--ledger", workspace.path("none.sqlite")) == 78)
    let server = try await EventsServer(billdrop)
    // The terminal that it was started in is closed.
    server.program.signal(SIGHUP)
    var second = noKey
    second.environment["BILLDROP_WEBHOOK_SECRET"] = EventsServer.secret
    let taken = try await second.run("events", "serve", "--port", String(server.port), "--ledger", workspace.ledger)
    #expect(taken.status == 74, "\(taken.errors)")
    #expect(try await server.stop() == .exited(0))
  }

  @Test func `lines that are no event are told and left out`() async throws {
    let file = try workspace.write(
      "\n" + #"{"id":"evt_1","type":"bill.created","data":{}}"# + "\r\nhello\n"
        + #"{"id":"evt_2","type":"obligation.amount_applied","data":{"amount":5,"currency":"ZAR","bill_id":"bill_1"}}"#,
      to: "events.jsonl")
    let result = try await billdrop.run("events", "import", file, "--ledger", workspace.ledger, "--format", "json")
    #expect(result.status == 1)
    // Nothing was submitted yet.
    let listed = try await billdrop.run("events", "list", "--ledger", workspace.ledger)
    #expect(listed.status == 0 && listed.output.contains("evt_2 ZAR 0.05 unknown: "), "\(listed)")
    let compared = try await billdrop.run("reconcile", "--ledger", workspace.ledger)
    #expect(compared.status == 78 && compared.errors.contains("events have come"), "\(compared.errors)")
    #expect(result.output.contains(#""lines":3,"new":2,"known_before":0,"no_event":1,"first_that_is_none":{"line":3"#))
  }
}
