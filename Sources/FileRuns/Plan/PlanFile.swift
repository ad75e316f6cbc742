import BillIntake
import BillLayouts
package import BillModel
import BillReports
import DurableFiles
import Hashing
import SchemaRules
package import SubmitPass

/// `plan.json` (`schemas/plan.schema.json`): what a plan foresees of each row of one file, in one environment.
///
/// It ends with a digest of all that stands before: a plan that was changed by as much as a blank is no plan.
package struct PlanFile: Sendable {
  package let fileName: String
  package let fileDigest: String
  package let layoutName: String
  package let layoutDigest: String
  package let environment: EnvironmentStamp
  package let rows: PlannedRows

  private static let version: Int64 = 1
  /// The greatest plan that is read, in bytes: of some 250 million rows, each foreseen differently than the one before.
  private static let mostBytes = 256 << 20

  /// Writes a plan.
  static func text(
    _ check: FileCheck, _ environment: EnvironmentStamp, _ foresight: Foresight, _ summary: Summary, madeAt: WallTime
  ) -> [UInt8] {
    var json = JSONText(indents: true)
    json.object { json in
      json.string("what", "billdrop plan")
      json.integer("version", version)
      json.string("made_at", madeAt.rfc3339)
      json.object("file") {
        $0.string("name", check.fileName)
        $0.integer("bytes", check.byteCount)
        $0.string("sha256", check.digest.hex)
      }
      json.object("layout") {
        $0.string("name", check.layout.name)
        $0.string("sha256", check.layout.digest.hex)
      }
      json.object("environment") {
        $0.string("origin", environment.origin)
        $0.string("mode", environment.mode.rawValue)
        $0.string("merchant", environment.merchant)
      }
      summary.writeAccounting(&json)
      summary.plan?.write(&json)
      json.integer("records", foresight.rows.recordCount)
      json.string("rows", foresight.rows.text)
    }
    let body = json.utf8.dropLast(2)
    return body + Self.ending(digest: digest(body))
  }

  private static func digest(_ body: ArraySlice<UInt8>) -> String {
    let hasher = SHA256Hasher()
    return body.withUnsafeBytes { hasher.digest(of: $0) }.hex
  }

  /// What stands behind all else.
  private static func ending(digest: String) -> [UInt8] { Array(",\n  \"digest\": \"\(digest)\"\n}\n".utf8) }

  /// Reads a plan's file, and shows that nothing of it was changed.
  package init(path: String) throws(PlanFault) {
    let bytes: [UInt8]
    do throws(SmallFileFault) { bytes = try SmallFile(path: path, mostBytes: Self.mostBytes).bytes } catch {
      throw .unreadable(error)
    }
    guard let json = try? JSONValue(parsing: bytes), json["what"]?.string == "billdrop plan" else {
      throw .notAPlan(path: path)
    }
    let body = bytes.dropLast(Self.ending(digest: String(repeating: "0", count: 64)).count)
    guard Array(bytes[body.endIndex...]) == Self.ending(digest: Self.digest(body)) else { throw .edited(path: path) }
    guard json["version"]?.integer == Self.version, let plan = PlanFile(json) else { throw .otherVersion(path: path) }
    self = plan
  }

  private init?(_ json: JSONValue) {
    guard let name = json["file"]?["name"]?.string, let digest = json["file"]?["sha256"]?.string,
      let layout = json["layout"]?["name"]?.string, let layoutDigest = json["layout"]?["sha256"]?.string,
      let origin = json["environment"]?["origin"]?.string, let merchant = json["environment"]?["merchant"]?.string,
      let mode = json["environment"]?["mode"]?.string.flatMap(EnvironmentStamp.Mode.init),
      let records = json["records"]?.integer, records >= 0, records < UInt32.max,
      let rows = json["rows"]?.string.flatMap({ PlannedRows($0, recordCount: Int(records)) })
    else { return nil }
    (fileName, fileDigest, layoutName, self.layoutDigest) = (name, digest, layout, layoutDigest)
    environment = EnvironmentStamp(origin: origin, mode: mode, merchant: merchant)
    self.rows = rows
  }

  /// Shows that the plan was made for this file, by this layout, and for where it is to be sent.
  func mustFit(_ check: FileCheck, _ environment: EnvironmentStamp) throws(PlanFault) {
    guard check.digest.hex == fileDigest else {
      throw .otherFile(planned: fileName, digest: String(fileDigest.prefix(12)), offered: check.digest.short)
    }
    guard self.environment == environment else {
      throw .otherEnvironment(planned: self.environment, offered: environment)
    }
    guard check.layout.digest.hex == layoutDigest else {
      throw .otherLayout(planned: layoutName, offered: check.layout.name)
    }
  }
}
