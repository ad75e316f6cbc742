package import Tabular

/// How the bytes of a file become records, by its layout: everything before their meaning.
package struct FileReading: Sendable {
  /// How records are found.
  package enum Form: Sendable {
    case csv(Dialect)
    case fixedWidth(FixedWidthDialect)
  }

  package let form: Form
  /// What the text is decoded from; `nil` where its bytes are UTF-8, or are decoded field by field.
  package let encoding: TextEncoding?
  package let compression: Compression
  /// What the bytes of fields stand for that are decoded one by one.
  package let table: SingleByteTable?

  /// - Parameter layout: One whose encoding is known, as `Layout(json:)` sees to.
  package init(_ layout: Layout) {
    compression =
      switch layout.compression {
      case .auto: .automatic
      case .none: .none
      case .gzip: .gzip
      }
    guard layout.canonical != nil, let named = try? TextEncoding(named: layout.encoding) else {
      (form, encoding, table) = (.csv(Dialect()), nil, nil)
      return
    }
    switch layout.form {
    case .csv(let csv):
      form = .csv(Dialect(csv))
      encoding = named
      table = nil
    case .fixedWidth(let fixed):
      guard case .mapped(let mapping) = layout.columns else {
        preconditionFailure("a fixed-width layout without fields")
      }
      table = fixed.unit == .bytes ? named.singleByteTable : nil
      encoding = table == nil ? named : nil
      form = .fixedWidth(FixedWidthDialect(fixed, mapping, table: table))
    }
  }

  private init(form: Form, encoding: TextEncoding?, compression: Compression, table: SingleByteTable?) {
    self.form = form
    self.encoding = encoding
    self.compression = compression
    self.table = table
  }

  /// The same, without what the first bytes of the file show to be needless: a file that is neither packed nor in
  /// another encoding is read as it is.
  package func resolved(firstBytes first: [UInt8]) -> FileReading {
    let isPacked = compression == .gzip || compression == .automatic && first.starts(with: [0x1F, 0x8B])
    let isMarked =
      first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF]) || first == [0, 0, 0xFE, 0xFF]
    let isPlain = encoding.map { $0.name.uppercased() == "UTF-8" && !isMarked && !isPacked } ?? true
    return FileReading(
      form: form, encoding: isPlain ? nil : encoding, compression: isPacked ? compression : .none, table: table)
  }

  /// Whether what is read may be other bytes than those of the file.
  package var decodes: Bool { compression != .none || encoding != nil }

  /// The records of a source, from its beginning.
  package func reader(_ source: ByteSource, blockSize: Int) -> RecordReader {
    let options = CSVReader.Options(blockSize: blockSize)
    let text = source.unpacked(compression)
    return switch form {
    case .csv(let dialect): .csv(CSVReader(source: text, dialect: dialect, encoding: encoding, options: options))
    case .fixedWidth(let dialect):
      .fixedWidth(FixedWidthReader(source: text, dialect: dialect, encoding: encoding, options: options))
    }
  }

  /// A parser of text that was read before, from a place in it on.
  package func parser(at position: ParsePosition? = nil) -> RecordParser {
    switch form {
    case .csv(let dialect): .csv(CSVParser(dialect: dialect, position: position))
    case .fixedWidth(let dialect): .fixedWidth(FixedWidthParser(dialect: dialect, position: position))
    }
  }

  /// What ends a row.
  package enum RowEnd: Hashable, Sendable {
    /// LF, CRLF or CR.
    case text
    /// The same in EBCDIC, or NEL.
    case ebcdic
    /// Nothing: rows are blocks of one length, or say their length.
    case none
  }

  package var rowEnd: RowEnd {
    switch form {
    case .csv: .text
    case .fixedWidth(let dialect):
      switch dialect.framing {
      case .lines(.text), .measured(_, .text): .text
      case .lines(.ebcdic), .measured(_, .ebcdic): .ebcdic
      case .blocks, .described: .none
      }
    }
  }

  /// How many bytes stand in front of a row's content.
  package var rowPrefix: Int {
    guard case .fixedWidth(let dialect) = form, dialect.framing == .described else { return 0 }
    return RecordDescriptor.byteCount
  }

  /// How rows are written, where their columns can be told apart in what was written.
  package var dialect: Dialect? { if case .csv(let dialect) = form { dialect } else { nil } }
}

extension Dialect {
  /// The dialect that a layout states.
  init(_ form: CSVForm) {
    self.init(
      delimiter: form.delimiter, quote: form.quote, escape: form.escape,
      comment: form.comment.isEmpty ? nil : form.comment, skippedLines: form.skippedLines, hasHeading: form.hasHeading)
  }
}
