import Testing

@testable import BillLedger

@Suite struct LedgerURLTests {
  @Test(arguments: [
    "postgresql://billdrop@db.example:5432/billing?sslmode=verify-full", "postgres:///billing",
    "postgresql://db.example:5432/billing", "postgresql://db:5432/billing?user=me@corp",
    "postgresql://[::1]:5432/billing?user=me@corp", "postgresql://h1:1,h2:2/d?user=a:b@c", "postgresql:///d?user=a:b@c",
    "postgresql://a@h1:1,h2:2/d?passfile=/etc/pass&service=x@y:z",
  ])
  func `an address without secrets is shown as it is`(text: String) throws {
    let url = try #require(LedgerURL(text))
    #expect(url.shown == text)
    #expect(!url.holdsSecret)
  }

  @Test(arguments: [
    ("postgresql://billdrop:hunter2@db/billing", "postgresql://billdrop:…@db/billing"),
    ("postgres://billdrop:hun@te/r2@db/billing?sslmode=require", "postgres://billdrop:…@db/billing?sslmode=require"),
    ("postgresql://db/billing?user=u&password=hunter2&x=y", "postgresql://db/billing?user=u&password=…&x=y"),
    ("postgresql://db/billing?%70assword=hunter2", "postgresql://db/billing?%70assword=…"),
    ("postgresql://db/billing?sslpassword=hunter2", "postgresql://db/billing?sslpassword=…"),
    ("postgresql://db/billing?oauth_client_secret=hunter2", "postgresql://db/billing?oauth_client_secret=…"),
    ("postgresql://db/billing?scram_client_key=hunter2", "postgresql://db/billing?scram_client_key=…"),
    ("postgresql://db/billing?scram_server_key=hunter2", "postgresql://db/billing?scram_server_key=…"),
    // libpq takes credentials up to the first @ or /, whatever ? stands before it.
    ("postgresql://billdrop:hun?ter2@db/billing", "postgresql://billdrop:…@db/billing"),
    ("postgresql://billdrop:hun?ter2@db/x?a=b&password=hunter2", "postgresql://billdrop:…@db/x?a=b&password=…"),
    ("postgresql://db:5432?user=hunter2@db", "postgresql://db:…@db"),
    // It takes these otherwise than whoever wrote them meant.
    ("postgresql://billdrop:hun/te?r2@db/billing", "postgresql://billdrop:…@db/billing"),
    ("postgresql://billdrop:hun@te?r2@db/billing", "postgresql://billdrop:…@te?…"),
    ("postgresql://billdrop:1?2/hunter2@db/billing", "postgresql://billdrop:1?…"),
  ])
  func `no secret of an address is shown`(text: String, shown: String) throws {
    let url = try #require(LedgerURL(text))
    #expect(url.shown == shown)
    #expect(url.holdsSecret)
    #expect(LedgerURL.shown(text) == shown)
  }

  @Test(arguments: ["/var/lib/billdrop/x.sqlite", "postgresql:", "ledger.sqlite", "http://x", ""])
  func `anything else is the path of a file`(text: String) {
    #expect(LedgerURL(text) == nil)
    #expect(LedgerURL.shown(text) == text)
  }

  @Test func `an address with a password is refused, and the refusal doesn't repeat it`() {
    let error = #expect(throws: LedgerError.self) {
      try Ledger(
        path: "postgresql://billdrop:hunter2@127.0.0.1:1/x", environment: LedgerFixture.environment,
        now: LedgerFixture.start)
    }
    #expect(error?.description.contains("hunter2") == false)
  }

  #if !Postgres
    @Test func `a build without PostgreSQL says how one with it is made`() {
      #expect(throws: LedgerError.noServers(path: "postgresql://db/x")) {
        try Ledger(observing: "postgresql://db/x")
      }
    }
  #endif
}
