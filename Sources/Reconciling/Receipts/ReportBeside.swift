import BillIntake
import BillReports
import DurableFiles
import FileRuns
import Hashing
import SchemaRules
import Tabular

/// The tables of the report that a receipt lies in.
struct ReportBeside {
  private static let mostBytes = 16 << 20

  let folder: String

  /// - Parameter receipt: The receipt's path.
  init(receipt: String) { folder = Directory.parent(of: receipt) }

  /// Whether there is a report.
  var isThere: Bool { Directory.hasFile(folder + "/rows.csv") && Directory.hasFile(folder + "/summary.json") }

  /// What in them is not as the receipt of file and ledger says.
  func problems(_ receipt: Receipt) throws(RunFault) -> [String] {
    var found: [String] = []
    if try rowsDigest() != receipt.rows {
      found.append("rows.csv beside the receipt says other things of the rows than file and ledger.")
    }
    let made = try? JSONValue(parsing: receipt.text(signedBy: nil))
    for name in ["outcomes", "money"] where try summary()?[name] != made?[name] {
      found.append("summary.json beside the receipt has other \(name) than file and ledger.")
    }
    return found
  }

  private func summary() throws(RunFault) -> JSONValue? {
    let file: SmallFile
    do throws(SmallFileFault) { file = try SmallFile(path: folder + "/summary.json", mostBytes: Self.mostBytes) } catch
    {
      if case .failed(let fault) = error.cause { throw .file(fault) }
      return nil
    }
    return try? JSONValue(parsing: file.bytes)
  }

  /// The digest of the rows as the table has them; `nil` where it is no such table.
  private func rowsDigest() throws(RunFault) -> SHA256Digest? {
    do throws(InputError) {
      var reader = CSVReader(source: try ByteSource(path: folder + "/rows.csv"))
      var batch = RecordBatch()
      let digest = RowsDigest()
      var places: [Int] = []
      while try reader.next(into: &batch) {
        guard batch.faults.isEmpty else { return nil }
        for record in batch.records {
          let cells = batch.fields(of: record).map { String(decoding: batch.bytes(of: $0), as: UTF8.self) }
          if record.number == 0 {
            places = ["record", "external_reference", "outcome", "code", "id"].compactMap { cells.firstIndex(of: $0) }
            guard places.count == 5 else { return nil }
            continue
          }
          guard places.allSatisfy({ $0 < cells.count }) else { return nil }
          digest.add(
            cells: cells[places[0]], cells[places[1]], cells[places[2]], cells[places[3]], cells[places[4]])
        }
      }
      return digest.finish()
    } catch { throw .intake(.input(error)) }
  }
}
