import BillIntake
import BillModel
import BillReports
import DurableFiles
import ReportPages

/// The report of one checked file while it is written.
package final class FileReport {
  private let writer: ReportWriter
  private var rejected: RejectedRows
  private let facts: RunFacts

  /// - Parameter list: What there is of each row.
  init(_ check: FileCheck, in folder: ReportFolder, list: RowList) throws(RunFault) {
    let rows = try RejectedRows(check)
    let file = try rows.file()
    rejected = rows
    facts = check.facts
    do throws(FileError) {
      writer = try ReportWriter(folder: folder, rejected: file, list: list)
    } catch {
      throw .file(error)
    }
  }

  /// The folder that it is in.
  var folder: ReportFolder { writer.folder }

  func add(_ rows: [ReportRow]) throws(RunFault) {
    do throws(FileError) { try writer.add(rows) } catch { throw .file(error) }
  }

  func add(_ finding: Finding) throws(RunFault) {
    do throws(FileError) { try writer.add(finding) } catch { throw .file(error) }
  }

  /// Adds the lines of findings, made by `ReportWriter.append`.
  func add(issues lines: [UInt8]) throws(RunFault) {
    do throws(FileError) { try writer.add(issues: lines) } catch { throw .file(error) }
  }

  /// Adds a row to mend.
  func addRejected(_ raw: RawRow, _ reason: RejectedReason) throws(RunFault) {
    let bytes = try rejected.row(raw, reason)
    do throws(FileError) { try writer.addRejected(bytes, reason: reason) } catch { throw .file(error) }
  }

  /// Makes the report durable, its page with it, a receipt where the file is finished, or a plan.
  ///
  /// - Parameter material: what the page tells beside the summary; unless told, what is known by the file.
  func finish(
    _ summary: Summary, _ material: PageMaterial? = nil, receipt: [UInt8]? = nil, plan: [UInt8]? = nil
  ) throws(RunFault) {
    let closing = try rejected.closing()
    var material =
      material ?? PageMaterial(findings: summary.findings.map { PageFinding(count: $0, rows: []) }, facts: facts)
    material.fileNames = writer.fileNames
    let page = ReportPage(summary, material).utf8
    do throws(FileError) {
      try writer.finish(summary, page: page, receipt: receipt, closing: closing, plan: plan)
    } catch {
      throw .file(error)
    }
  }
}
