import BillIntake
import BillLayouts
import BillModel
import BillReports

/// The first record of each kind as JSON.
struct PreviewJSON {
  let preview: FilePreview

  func write(to json: inout JSONText) {
    json.array("records") { list in
      for record in preview.records { list.object { write(record, to: &$0) } }
    }
    json.array("unused_columns") { list in for name in preview.unusedColumns { list.string(nil, name) } }
    write(preview.findings, to: &json)
  }

  private func write(_ record: FilePreview.Record, to json: inout JSONText) {
    json.string("kind", record.kind.rawValue)
    json.integer("line", record.line)
    json.array("columns") { list in
      for column in record.columns {
        list.object { entry in
          entry.string("name", column.name)
          if let place = column.place {
            entry.integer("start", place.start)
            entry.integer("length", place.length)
          }
          entry.string("text", column.text)
          entry.boolean("readable", column.isReadable)
        }
      }
    }
    json.array("fields") { list in
      for field in record.fields {
        list.object { entry in
          entry.string("field", field.path)
          entry.string("source", TraceText(trace: field.trace, columns: record.columns.map(\.name)).source)
          entry.array("steps") { steps in
            for step in field.trace.steps {
              steps.object { entry in
                entry.string("step", step.step.words)
                entry.string("result", String(decoding: step.result, as: UTF8.self))
              }
            }
          }
          entry.string("value", field.value)
          write(field.findings, to: &entry)
        }
      }
    }
    write(record.findings, to: &json)
  }

  private func write(_ findings: [Finding], to json: inout JSONText) {
    json.array("findings") { list in
      for finding in findings {
        list.object { entry in
          entry.string("code", finding.code.rawValue)
          entry.string("severity", finding.severity.rawValue)
          entry.integer("line", finding.line)
          entry.string("message", finding.message)
          entry.string("hint", finding.hint)
        }
      }
    }
  }
}
