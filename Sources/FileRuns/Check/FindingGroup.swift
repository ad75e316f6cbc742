package import BillIntake
package import BillModel

/// The findings of one code and severity, for people: how many there are, and the first of them.
package struct FindingGroup: Sendable {
  /// A finding and the row that it is about.
  package struct Example: Sendable {
    package var finding: Finding
    /// `nil` where it is about the file, or where the row can't be read again.
    package var row: RowExcerpt?

    package init(finding: Finding, row: RowExcerpt?) {
      self.finding = finding
      self.row = row
    }
  }

  package var count: FindingCount
  /// The first ones, in the file's order.
  package var examples: [Example]

  /// How many examples a report's page shows.
  static let shownOnPage = 5

  /// Without the examples beyond the first `most`.
  func trimmed(to most: Int) -> FindingGroup { FindingGroup(count: count, examples: Array(examples.prefix(most))) }

  package init(count: FindingCount, examples: [Example]) {
    self.count = count
    self.examples = examples
  }

  /// Groups findings by what was counted: errors first, then what is found most often.
  static func groups(_ counts: [FindingCount], _ findings: [Finding], _ rows: [Finding: RowExcerpt]) -> [FindingGroup] {
    let order = counts.sorted { one, other in
      if one.severity != other.severity { return one.severity == .error }
      return one.count == other.count ? one.firstRecord < other.firstRecord : one.count > other.count
    }
    return order.map { count in
      let examples = findings.filter { $0.code == count.code && $0.severity == count.severity }
      return FindingGroup(count: count, examples: examples.map { Example(finding: $0, row: rows[$0]) })
    }
  }
}

extension FileCheck {
  /// The groups of a file's findings with up to `most` examples each.
  ///
  /// - Parameters:
  ///   - counts: What is to be told: this file's findings, and what the API's answers add.
  ///   - answers: Findings that the API's answers make.
  func groups(
    _ counts: [FindingCount], answers: [Finding] = [], most: Int, unmasked: Bool = false, goesOn: () -> Bool
  ) throws(RunFault) -> [FindingGroup] {
    do throws(IntakeError) {
      let findings = answers + (try examples(ofEach: most, goesOn: goesOn))
      return FindingGroup.groups(counts, findings, try excerpts(of: findings, unmasked: unmasked))
    } catch {
      throw .intake(error)
    }
  }
}
