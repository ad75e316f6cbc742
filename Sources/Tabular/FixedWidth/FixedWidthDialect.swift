/// How a text or a binary file of fixed-width records is laid out.
package struct FixedWidthDialect: Hashable, Sendable {
  /// What starts and lengths count.
  package enum Unit: String, Hashable, Sendable {
    case bytes
    /// Unicode scalars of the text.
    case characters
  }

  /// What the bytes are.
  package enum Content: String, Hashable, Sendable {
    /// UTF-8, after decoding: looked at for NUL and for what is no UTF-8. A byte order mark is passed over.
    case text
    /// Anything: a code page, binary numbers. Cut as it comes; whoever takes a field decodes it. In bytes only.
    case raw
  }

  /// What ends a line.
  package enum LineEnd: Hashable, Sendable {
    /// LF, CRLF or a lone CR, mixed as they come.
    case text
    /// NEL (0x15), LF (0x25), or a CR (0x0D) before either or alone, mixed as they come: EBCDIC.
    case ebcdic
  }

  /// Where a record ends.
  package enum Framing: Hashable, Sendable {
    /// At the next line end, so that none can stand within a record.
    case lines(LineEnd)
    /// After so many units, a line end following: line ends within the record are its data. Where no line end follows
    /// there, the record ends at its first line end, and has the wrong length.
    case measured(Int, LineEnd)
    /// After so many units; there are no line ends.
    case blocks(Int)
    /// Where the descriptor word in front of it says (`RecordDescriptor`); there are no line ends. Raw bytes only.
    case described
  }

  /// The fields, in the order of their starts, and of their lengths where they start alike. They may overlap.
  package let fields: [FixedWidthField]
  package let unit: Unit
  package let content: Content
  package let framing: Framing
  /// How long a record may be, in units, without its line end; `nil` for any length. Exactly one length with
  /// `measured` and `blocks`.
  package let lengths: ClosedRange<Int>?
  /// So many lines at the beginning are no records; 0 where there are no line ends.
  package let skippedLines: Int
  /// Whether the first record has the number 0, as a heading.
  package let hasHeading: Bool

  /// - Parameters:
  ///   - fields: at least one, in any order.
  ///   - lengths: for `lines` and `described` only.
  package init(
    fields: [FixedWidthField], unit: Unit = .bytes, content: Content = .text, framing: Framing = .lines(.text),
    lengths: ClosedRange<Int>? = nil, skippedLines: Int = 0, hasHeading: Bool = false
  ) {
    precondition(!fields.isEmpty && (content == .text || unit == .bytes) && skippedLines >= 0)
    self.fields = fields.sorted { ($0.start, $0.length) < ($1.start, $1.length) }
    self.unit = unit
    self.content = content
    self.framing = framing
    self.skippedLines = skippedLines
    self.hasHeading = hasHeading
    switch framing {
    case .lines, .described: self.lengths = lengths
    case .measured(let length, _), .blocks(let length):
      precondition(length > 0 && (lengths == nil || lengths == length...length))
      self.lengths = length...length
    }
    if lineEnd == nil { precondition(skippedLines == 0) }
    precondition(framing != .described || content == .raw)
  }

  /// What ends a line; `nil` where there are no line ends.
  var lineEnd: LineEnd? {
    switch framing {
    case .lines(let end), .measured(_, let end): end
    case .blocks, .described: nil
    }
  }
}
