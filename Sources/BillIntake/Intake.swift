package import BillLayouts
package import BillModel
package import SchemaRules
import Schemas
import Tabular

/// Takes in bill files: reads, maps and checks them (pass one), then yields their rows (pass two).
package struct Intake: Sendable {
  package let layout: Layout
  /// How the bills are called that take the place of others.
  package var corrections: CorrectionSeries { layout.rules.corrections }
  package var options: IntakeOptions
  /// Whether what is taken in holds mended rows of another file, whatever its name says: control figures of the whole
  /// file are not compared then.
  package var isOfMendedRows = false
  let catalog: FieldCatalog
  let fingerprints: Fingerprints
  let file: FileReading
  /// What a row of a file of several operations may ask for; empty for other files.
  let variants: [RowVariant]

  /// - Parameters:
  ///   - rowSchema: The schema of a row, from which all row rules come; that of the layout's operation unless given.
  ///   - resolving: The documents that it refers to, by name.
  ///   - fingerprints: For tests; seeded anew in each process otherwise.
  /// - Throws: `SchemaError` where a schema can't be compiled, or has a rule that columns can't be judged by.
  package init(
    layout: Layout = .standard(), options: IntakeOptions = IntakeOptions(), rowSchema: [UInt8]? = nil,
    resolving: @escaping (String) -> [UInt8]? = Schemas.document(named:), fingerprints: Fingerprints = Fingerprints()
  ) throws(SchemaError) {
    self.layout = layout
    self.options = options
    self.fingerprints = fingerprints
    file = FileReading(layout)
    var schema: CompiledSchema
    if let rowSchema {
      schema = try CompiledSchema(json: rowSchema, resolving: resolving)
      if !layout.rules.schema.isEmpty {
        schema = schema.tightened(by: try CompiledSchema(json: Array(layout.rules.schema.utf8)))
      }
    } else {
      schema = try layout.schema(of: layout.operation)
    }
    catalog = FieldCatalog(schema: schema)
    var variants: [RowVariant] = []
    for kind in layout.operation == .mixed ? OperationKind.ofRows : [] {
      variants.append(RowVariant(kind: kind, schema: try layout.schema(of: kind)))
    }
    self.variants = variants
    _ = try schema.presence(columns: catalog.names.filter { !$0.hasSuffix(".*") })
  }

  /// Whether a file's name says that it holds mended rows of another, so that control figures of the whole file, which
  /// the layout has, are not compared.
  package func passesOverControl(ofFileNamed name: String) -> Bool {
    !layout.control.isEmpty && SourceName(name).isMended
  }

  /// The headings that a file can have, in the schema's order; `metadata.*` stands for a key of the sender's own.
  package var headings: [String] { catalog.names }

  /// Pass one: reads, maps and checks the whole file, and digests its bytes as they pass.
  ///
  /// - Parameters:
  ///   - temporaryFolder: Where findings (and standard input) are kept, in files without a name.
  ///   - progress: Called for each block; `false` stops the reading, and what was found so far comes back.
  ///   - isCancelled: Asked, on any thread, while a pipe has nothing to read; after a yes the reading ends there.
  /// - Throws: `IntakeError.input` where the input can't be opened or read, `.temporary` where the temporary file
  ///   fails, `.tooManyRecords`.
  package func check(
    _ input: IntakeInput, temporaryFolder: String, progress: (IntakeProgress) -> Bool = { _ in true },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(IntakeError) -> FileCheck {
    let pass = try PassOne(
      self, OpenInput(input, file, temporaryFolder: temporaryFolder, isCancelled: isCancelled),
      temporaryFolder: temporaryFolder)
    let check = try pass.run(progress)
    // What is there to be done at the end of a transfer goes beside the end of the check.
    if case .arriving(let coming) = input, check.byteCount == coming.size {
      do throws(InputError) { try coming.confirm() } catch { throw .input(error) }
    }
    return check
  }

  /// Pass two: the rows that pass one checked, in the file's order.
  ///
  /// - Parameter tellsValues: Whether the rows' values are asked for beside them.
  package func rows(_ check: FileCheck, tellsValues: Bool = false) -> RowCursor {
    RowCursor(check, tellsValues: tellsValues)
  }

  /// The same, read ahead by another thread.
  package func rowsAhead(_ check: FileCheck) -> RowsAhead { RowsAhead(self, check) }

  /// The rows that pass one rejected, in the file's order, as they came.
  package func rejectedRows(_ check: FileCheck) -> RejectedCursor { RejectedCursor(check) }
}
