import BillModel
import BillReports
import Housekeeping

/// What the doctor found, for people and for programs.
struct DoctorText {
  private let findings: [HealthFinding]
  private let screen: Screen

  init(_ findings: [HealthFinding], screen: Screen) {
    self.findings = findings
    self.screen = screen
  }

  var text: String { (findings.flatMap(entry) + [ending]).joined(separator: "\n") + "\n" }

  private func entry(_ finding: HealthFinding) -> [String] {
    let (sign, colour) = Self.mark(finding.state)
    let name = finding.part == .configuration ? "config" : finding.part.rawValue
    let title = "\(sign) \(name)" + String(repeating: " ", count: 9 - name.count)
    let margin = String(repeating: " ", count: 11)
    var lines = TextLines.wrap(Masking.oneLine(finding.message), to: screen.columns, first: title, margin: margin)
    lines[0] = screen.paint(sign, "1;\(colour)") + String(lines[0].dropFirst())
    guard let cure = finding.cure else { return lines }
    return lines
      + TextLines.wrap(Masking.oneLine(cure), to: screen.columns, first: margin + "→ ", margin: margin + "  ")
  }

  private static func mark(_ state: HealthFinding.State) -> (sign: String, colour: String) {
    switch state {
    case .ok: ("✓", "32")
    case .warning: ("!", "33")
    case .fault: ("✗", "31")
    }
  }

  private var ending: String {
    let faults = findings.count { $0.state == .fault }
    let warnings = findings.count { $0.state == .warning }
    if faults > 0 { return "\(faults) \(faults == 1 ? "thing stands" : "things stand") in the way." }
    if warnings > 0 { return "Nothing stands in the way; \(warnings) \(warnings == 1 ? "thing" : "things") to know." }
    return "All is well."
  }

  /// One object, by `schemas/doctor.schema.json`.
  var json: JSONText {
    var json = JSONText()
    json.object { json in
      json.boolean("healthy", !findings.contains { $0.state == .fault })
      json.array("checks") { list in
        for finding in findings {
          list.object {
            $0.string("of", finding.part.rawValue)
            $0.string("state", finding.state.rawValue)
            $0.string("message", finding.message)
            if let cure = finding.cure { $0.string("cure", cure) }
          }
        }
      }
    }
    return json
  }
}
