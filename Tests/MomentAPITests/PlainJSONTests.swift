import BillModel
import FoundationEssentials
import SeededRandoms
import Testing

@testable import MomentAPI

/// What is read by hand is what `JSONDecoder` reads, or nothing.
@Suite struct PlainJSONTests {
  private static let bodies = [
    Samples.createdBill,
    #"{"id":"bill_1"}"#,
    #" { "id" : "bill_1" , "x" : [ 1 , {"y":[]} , null , true , "z" ] } "#,
    #"{"id":"bill_1","status":"paid","amount_due":0,"amount_paid":-5,"amount_remaining":999999999999999999}"#,
    #"{"id":"bill_1","customer":"bcus_1","account":"A-1"}"#,
    #"{"id":"bill_1","customer":{"id":"bcus_1","external_reference":"C"},"account":null}"#,
    #"{"id":"bill_1","account":{"id":"bacc_1","customer":{"id":"bcus_1","external_reference":"C"},"customer_id":"bcus_2"}}"#,
    #"{"id":"bill_1","account":{"external_reference":"A","customer":"C","customer_id":null}}"#,
    #"{"id":"bill_1","account":{"external_reference":"A","customer":null,"customer_id":"bcus_2"}}"#,
    #"{"id":"bill_1","payment_rules":{"overpayment_allowed":true,"min_amount":1}}"#,
    #"{"id":"bill_1","payment_rules":{"overpayment_allowed":"yes"}}"#,
    #"{"id":"bill_1","payment_rules":7}"#,
    #"{"id":"bill_1","payment_rules":null,"metadata":null}"#,
    #"{"id":"bill_1","metadata":{"a":"1","b":2,"c":true,"d":null,"e":[1],"f":{"g":"h"}}}"#,
    #"{"id":"bill_1","metadata":["a"]}"#,
    #"{"id":"bill_1","metadata":{"n":"Zoë Ångström 名前"},"currency":"zar","bill_date":"2026-02-30","due_date":"soon"}"#,
  ]

  /// Bodies that the hand leaves to the decoder.
  private static let unusual = [
    "", "x", "[]", "null", #"{"id":"bill_1"} x"#, #"{"id":"bill_1""#, #"{"id":"bill_1",}"#, #"{"id":"bi\u006cl_1"}"#,
    #"{"id":5}"#, #"{"id":null}"#, #"{"external_reference":"A"}"#, #"{"id":"bill_1","id":"bill_2"}"#,
    #"{"id":"bill_1","amount_due":1.0}"#, #"{"id":"bill_1","amount_due":"1"}"#, #"{"id":"bill_1","amount_due":01}"#,
    #"{"id":"bill_1","amount_due":9999999999999999999}"#, #"{"id":"bill_1","x":tru}"#, #"{"id":"bill_1","customer":5}"#,
    #"{"id":"bill_1","metadata":{"a":1,"a":2}}"#, #"{"id":"bill_1","metadata":{"a":null,"a":"2"}}"#,
    #"{"id":"bill_1","x":"\#u{0001}"}"#, "{\"id\":\"bill_1\",\"x\":" + String(repeating: "[", count: 40) + "}",
  ]

  private func decoded(_ body: [UInt8]) -> RemoteBill? {
    try? JSONDecoder().decode(RemoteBill.self, from: Data(body))
  }

  @Test(arguments: bodies) func `a usual body is read by hand, and as the decoder reads it`(body: String) {
    let bytes = Array(body.utf8)
    #expect(RemoteBill(plain: bytes) != nil)
    #expect(RemoteBill(plain: bytes) == decoded(bytes))
  }

  @Test(arguments: unusual) func `anything unusual is left to the decoder`(body: String) {
    #expect(RemoteBill(plain: Array(body.utf8)) == nil)
  }

  @Test func `text that is not UTF-8 is left to the decoder`() {
    #expect(RemoteBill(plain: Array(#"{"id":"bill_1","x":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)) == nil)
  }

  @Test func `bodies that were changed anywhere are read by both alike, or left to the decoder`() {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    var taken = 0
    for round in 0..<40_000 {
      let change = Self.changed(Self.bodies.randomElement(using: &random) ?? "", by: &random)
      guard let byHand = RemoteBill(plain: change) else { continue }
      taken += 1
      #expect(byHand == decoded(change), "seed \(seed), round \(round): \(String(decoding: change, as: UTF8.self))")
    }
    #expect(taken > 1_000)
  }

  private static func changed(_ body: String, by random: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes = Array(body.utf8)
    let pieces = [
      "\"", ",", ":", "{", "}", "[", "]", "null", "true", "1", "-", ".", "e", "\\", " ", "é", "\"id\":\"bill_7\",",
    ]
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: place)
      default: bytes[place] = bytes[Int.random(in: 0..<bytes.count, using: &random)]
      }
    }
    return bytes
  }
}
