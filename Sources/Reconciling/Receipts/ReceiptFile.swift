import BillModel
import DurableFiles
import FileRuns
import Hashing
import SchemaRules

/// A receipt as somebody handed it in: its bytes, and what can be read of them.
struct ReceiptFile {
  /// The greatest receipt that is read, in bytes: many times what one can be.
  private static let mostBytes = 1 << 20

  let path: String
  let bytes: [UInt8]
  /// `nil` where it is no JSON object.
  let value: JSONValue?

  init(path: String) throws(RunFault) {
    self.path = path
    do throws(SmallFileFault) { bytes = try SmallFile(path: path, mostBytes: Self.mostBytes).bytes } catch {
      switch error.cause {
      case .missing: throw .noReceipt(path: path, isThere: false)
      case .folder, .pipe, .socket, .device: throw .noReceipt(path: path, isThere: true)
      case .tooLarge: throw .notAReceipt(path: path)
      case .failed(let fault): throw .file(fault)
      }
    }
    value = (try? JSONValue(parsing: bytes)).flatMap { $0.object == nil ? nil : $0 }
  }

  /// Whether it is one that this version can make again.
  var isKnownVersion: Bool { value?["receipt"]?.integer == 1 }

  /// The environment that it names; `nil` where it can't be read.
  var environment: EnvironmentStamp? {
    guard let stamp = value?["environment"], let origin = stamp["origin"]?.string,
      let mode = stamp["mode"]?.string.flatMap(EnvironmentStamp.Mode.init), let merchant = stamp["merchant"]?.string
    else { return nil }
    return EnvironmentStamp(origin: origin, mode: mode, merchant: merchant)
  }

  var digest: SHA256Digest? { value?["file"]?["sha256"]?.string.flatMap { SHA256Digest(hex: $0) } }

  /// The name of the key that it is signed with; `nil` where it isn't.
  var keyName: String? { value?["signature"].map { $0["key"]?.string ?? "?" } }

  /// Its text before the signature, as it would be without one.
  var unsigned: [UInt8] {
    let mark = Array(",\n  \"signature\": ".utf8)
    guard keyName != nil, let start = bytes.indices.first(where: { bytes[$0...].starts(with: mark) }) else {
      return bytes
    }
    return Array(bytes[..<start]) + Array("\n}\n".utf8)
  }
}
