import BillModel
import Hashing
import Testing

@testable import BillReports

@Suite struct ReceiptTests {
  private let zar = CurrencyCode("ZAR")!

  private func receipt() -> Receipt {
    var accounting = Accounting(recordsRead: 3, moneyRead: [zar: 300])
    accounting.count(.created, rows: 2, money: [zar: 200])
    accounting.count(.rejected, rows: 1, money: [zar: 100])
    return Receipt(
      fileName: "a.csv", byteCount: 9, digest: SHA256Digest(hashing: "a"), layoutName: "default",
      layoutDigest: SHA256Digest(hashing: "l"), duplicates: "reject", feed: "nightly",
      environment: EnvironmentStamp(origin: "https://api.example", mode: .test), recordsValid: 2,
      accounting: accounting, startedAt: WallTime(milliseconds: 0), completedAt: WallTime(milliseconds: 1),
      rows: SHA256Digest(hashing: "r"))
  }

  @Test func `what is signed stands before the signature, and is the unsigned receipt but for its end`() throws {
    let key = try #require(ReceiptKey(Array("01234567890123456789012345678901\n".utf8)))
    let plain = String(decoding: receipt().text(signedBy: nil), as: UTF8.self)
    let signed = String(decoding: receipt().text(signedBy: key), as: UTF8.self)
    #expect(plain.hasPrefix("{\n  \"receipt\": 1,") && plain.hasSuffix("\"\n}\n"))
    let body = String(plain.dropLast(3))
    #expect(
      signed.hasPrefix(body + ",\n  \"signature\": {\"algorithm\":\"HMAC-SHA256\",\"key\":\"\(key.name)\",\"value\":\"")
    )
    let code = HMACSHA256(key: Array("01234567890123456789012345678901".utf8))
    code.update(Array(body.utf8))
    #expect(signed.hasSuffix("\"value\":\"\(code.finish().hex)\"}\n}\n"))
  }

  @Test func `a key is at least 32 bytes without the white space at its end, and never shows itself`() throws {
    #expect(ReceiptKey(Array("0123456789012345678901234567890\n\n".utf8)) == nil)
    let text = "01234567890123456789012345678901"
    let key = try #require(ReceiptKey(Array(text.utf8)))
    #expect(key.name == ReceiptKey(Array((text + " \r\n").utf8))?.name)
    #expect(key.name != ReceiptKey(Array((text + "2").utf8))?.name)
    #expect(
      "\(key) \(String(reflecting: key)) \(String(describing: Mirror(reflecting: key).children.map(\.value)))".contains(
        text) == false)
  }

  @Test func `the rows' digest is of the cells as rows csv has them, each with its length before it`() {
    let digest = RowsDigest()
    digest.add([
      ReportRow(record: 1, line: 2, reference: "A", outcome: .created, message: "not in it", id: "bill_1"),
      ReportRow(record: 2, line: 3, reference: "=B", outcome: .rejected, code: .amountFormat),
    ])
    let hasher = SHA256Hasher()
    for text in ["billdrop rows 1", "1", "A", "created", "", "bill_1", "2", "'=B", "rejected", "amount.format", ""] {
      let bytes = Array(text.utf8)
      hasher.update(UInt64(bytes.count))
      hasher.update(bytes)
    }
    #expect(digest.finish() == hasher.finish())
  }
}
