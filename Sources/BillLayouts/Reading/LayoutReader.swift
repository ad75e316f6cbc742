import BillModel
import SchemaRules
import Tabular

/// Reads a layout's JSON: goes on after each mistake, so that all of them are told at once.
///
/// The shape is the schema's business; what doesn't have it is passed over here. Looked after here is what a schema
/// can't say: that names are known, patterns can be read, and steps fit.
struct LayoutReader {
  private(set) var mistakes: [LayoutMistake] = []

  mutating func note(_ place: JSONPlace, _ message: String) {
    mistakes.append(LayoutMistake(pointer: place.pointer, message: message))
  }

  mutating func layout(_ root: JSONPlace) -> Layout? {
    guard let name = root["name"]?.string else { return nil }
    var layout = Layout(name: name, columns: .headings, duplicates: .reject)
    layout.summary = root["description"]?.string
    layout.operation = root["operation"]?.string.flatMap { OperationKind(rawValue: $0) } ?? .bill
    layout.confirmsVoid = root["confirm_void"]?.value.bool ?? false
    let voids: [OperationKind] = [.void, .correct, .mixed]
    if !voids.contains(layout.operation), let place = root["confirm_void"] {
      note(place, "is for the operations void, correct and mixed only.")
    }
    layout.encoding = encoding(root["encoding"])
    layout.compression = root["compression"]?.string.flatMap { Layout.Packing(rawValue: $0) } ?? .auto
    layout.duplicates = root["duplicates"]?.string.flatMap { DuplicatePolicy(rawValue: $0) } ?? .reject
    layout.form = form(root)
    layout.fileName = fileName(root["file_name"])
    let mapping = mapping(root)
    if let mapping { layout.columns = .mapped(mapping) }
    layout.control = control(root["control"])
    layout.order = root["order"].flatMap { recipe($0) }
    layout.rules = rules(root["rules"])
    route(root, &layout)
    layout.rules.corrections = corrections(root["corrected_reference"], layout.operation)
    check(layout, mapping, root)
    return layout
  }

  // MARK: The file

  private mutating func form(_ root: JSONPlace) -> FileForm {
    guard root["format"]?.string == "fixed-width" else {
      if let other = root["fixed_width"] { note(other, "is for the format fixed-width only.") }
      return .csv(csv(root["csv"], isMapped: root["fields"] != nil))
    }
    if let other = root["csv"] { note(other, "is for the format csv only.") }
    if root["fields"] == nil {
      note(root, "A fixed-width file has no headings: say under \"fields\" what fills each field.")
    }
    return .fixedWidth(fixedWidth(root["fixed_width"], encoding: root["encoding"]?.string ?? "UTF-8"))
  }

  private mutating func csv(_ place: JSONPlace?, isMapped: Bool) -> CSVForm {
    var form = CSVForm()
    guard let place else { return form }
    if let delimiter = place["delimiter"], let byte = separator(delimiter) { form.delimiter = byte }
    if let quote = place["quote"] { form.quote = quote.string == "" ? nil : separator(quote) ?? form.quote }
    if let escape = place["escape"] { form.escape = separator(escape) }
    if form.quote == form.delimiter { note(place, "The delimiter and the quote are the same character.") }
    if form.escape == form.delimiter { note(place, "The delimiter and the escape are the same character.") }
    if form.escape != nil, form.escape == form.quote {
      note(place, "The quote and the escape are the same character: leave the escape out where quotes are doubled.")
    }
    form.hasHeading = place["heading"]?.value.bool ?? true
    form.columnCount = place["columns"]?.integer
    form.skippedLines = place["skip_lines"]?.integer ?? 0
    if let comment = place["comment"], let text = comment.string, !text.isEmpty {
      form.comment = Array(text.utf8)
      if !Dialect.canBeginComment(form.comment) { note(comment, "can have no line end and no NUL in it.") }
    }
    form.foldsCase = place["fold_case"]?.value.bool ?? false
    form.skipsRepeatedHeading = place["repeated_heading"]?.string == "skip"
    form.otherColumns = place["other_columns"]?.string.flatMap { CSVForm.OtherColumns(rawValue: $0) } ?? .ignore
    checkHeading(form, place, isMapped: isMapped)
    return form
  }

  /// Whether what is said of headings has a meaning.
  private mutating func checkHeading(_ form: CSVForm, _ place: JSONPlace, isMapped: Bool) {
    if !form.hasHeading {
      if !isMapped, let heading = place["heading"] {
        note(heading, "Without a heading row nothing names the columns: say under \"fields\" what fills each field.")
      }
      for key in ["fold_case", "repeated_heading"] {
        if let other = place[key] { note(other, "has no meaning without a heading row.") }
      }
      if form.otherColumns == .metadata, let other = place["other_columns"] {
        note(other, "Columns without a heading can't become metadata: name them in \"fields\".")
      }
      return
    }
    if let count = place["columns"] { note(count, "The heading row says how many columns there are.") }
    if !isMapped {
      let words = [
        ("fold_case", form.foldsCase), ("repeated_heading", form.skipsRepeatedHeading),
        ("other_columns", form.otherColumns != .reject),
      ]
      for (key, isSaid) in words {
        guard isSaid, let other = place[key] else { continue }
        note(other, "needs \"fields\": without them, headings are the paths of fields as they stand, and nothing else.")
      }
    }
  }

  private mutating func encoding(_ place: JSONPlace?) -> String {
    guard let place, let name = place.string else { return "UTF-8" }
    do throws(TextEncodingError) { _ = try TextEncoding(named: name) } catch {
      note(place, "There is no encoding \"\(name)\" here: UTF-8, UTF-16, windows-1252, ISO-8859-15, IBM037, IBM500 …")
    }
    return name
  }

  private mutating func separator(_ place: JSONPlace) -> UInt8? {
    guard let text = place.string, text.count == 1, let byte = text.utf8.first else { return nil }
    guard text.utf8.count == 1, byte != 0, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") else {
      note(place, "must be one ASCII character that is no line end.")
      return nil
    }
    return byte
  }

  private mutating func fixedWidth(_ place: JSONPlace?, encoding: String) -> FixedWidthForm {
    var form = FixedWidthForm()
    guard let place else { return form }
    form.recordLength = place["record_length"]?.integer
    form.hasDescriptors = place["record_descriptors"]?.value.bool ?? false
    form.hasLineEnds = place["line_ends"]?.value.bool ?? !form.hasDescriptors
    form.unit = place["unit"]?.string.flatMap { FixedWidthForm.Unit(rawValue: $0) } ?? .characters
    if !form.hasLineEnds, form.recordLength == nil, !form.hasDescriptors {
      note(place, "Records without line ends need a \"record_length\", or \"record_descriptors\" before them.")
    }
    if form.hasDescriptors { checkDescriptors(form, place, encoding: encoding) }
    return form
  }

  private mutating func checkDescriptors(_ form: FixedWidthForm, _ place: JSONPlace, encoding: String) {
    if form.hasLineEnds, let other = place["line_ends"] {
      note(other, "Records that say their length have no line ends.")
    }
    if form.unit != .bytes {
      note(place, "The descriptor words of records count bytes: set \"unit\" to \"bytes\".")
    }
    if let named = try? TextEncoding(named: encoding), named.singleByteTable == nil {
      note(
        place,
        "Records that say their length need an \"encoding\" of one byte a character for their texts: IBM037, ISO-8859-1."
      )
    }
  }

  private mutating func fileName(_ place: JSONPlace?) -> FileNamePattern? {
    guard let place, let source = place.string else { return nil }
    do throws(PatternError) { return try FileNamePattern(source) } catch {
      note(place, "is no regular expression that can be used here: \(error).")
      return nil
    }
  }

  // MARK: Columns and records

  private mutating func mapping(_ root: JSONPlace) -> Mapping? {
    guard let fields = root["fields"] else {
      for key in ["columns", "records"] {
        if let other = root[key] { note(other, "needs \"fields\", which say what the columns fill.") }
      }
      return nil
    }
    var mapping = Mapping(columns: columns(root["columns"]), records: records(root["records"]), fields: [])
    for (path, place) in fields.members {
      if let recipe = recipe(place) { mapping.fields.append(Mapping.Field(path: path, recipe: recipe)) }
    }
    return mapping
  }

  private mutating func columns(_ place: JSONPlace?) -> [SourceColumn] {
    guard let place else { return [] }
    return place.members.compactMap { name, member in
      columnPlace(member).map { SourceColumn(name: name, place: $0) }
    }
  }

  private mutating func columnPlace(_ place: JSONPlace) -> SourceColumn.Place? {
    if let number = place.integer { return .number(number) }
    if let heading = place.string { return .headings([heading]) }
    let headings = place.elements.compactMap(\.string)
    if !headings.isEmpty { return .headings(headings) }
    guard let start = place["start"]?.integer, let length = place["length"]?.integer else { return nil }
    var fixed = FixedPlace(start: start, length: length)
    fixed.kind = place["type"]?.string.flatMap { FixedPlace.Kind(rawValue: $0) } ?? .text
    fixed.padding = place["padding"]?.string.map { Array($0.utf8) } ?? fixed.padding
    fixed.alignment = place["align"]?.string.flatMap { FixedPlace.Alignment(rawValue: $0) } ?? .left
    if fixed.kind != .text {
      for key in ["padding", "align"] {
        if let other = place[key] { note(other, "is for text only: a \(fixed.kind.rawValue) number fills its place.") }
      }
    }
    return .fixed(fixed)
  }

  private mutating func records(_ place: JSONPlace?) -> RecordKinds? {
    guard let place, let by = place["by"].flatMap({ columnPlace($0) }), let detail = place["detail"] else { return nil }
    return RecordKinds(
      place: by, detail: texts(detail), header: kind(place["header"]), parent: kind(place["parent"]),
      trailer: kind(place["trailer"]), ignored: place["ignored"].map { texts($0) } ?? [])
  }

  private mutating func kind(_ place: JSONPlace?) -> RecordKinds.Kind? {
    guard let place, let value = place["value"] else { return nil }
    return RecordKinds.Kind(values: texts(value), columns: columns(place["columns"]))
  }

  /// A text, or several in an array, as UTF-8.
  func texts(_ place: JSONPlace) -> [[UInt8]] {
    if let text = place.string { return [Array(text.utf8)] }
    return place.elements.compactMap { $0.string.map { Array($0.utf8) } }
  }

  // MARK: Values

  mutating func recipe(_ place: JSONPlace) -> ValueRecipe? {
    if let name = place.string { return ValueRecipe(source: .column(.name(name))) }
    var sources: [(String, ValueRecipe.Source)] = []
    for (key, member) in place.members {
      if let source = source(key, member, in: place) { sources.append((key, source)) }
    }
    guard let first = sources.first else {
      if place.members.allSatisfy({ $0.0 == "steps" || $0.0 == "with" }) {
        note(
          place,
          "says no source: a \"column\", \"constant\", \"join\", \"first\", \"file_name\", \"header\" or \"parent\".")
      }
      return nil
    }
    if sources.count > 1 {
      note(place, "has several sources, \(sources.map { "\"\($0.0)\"" }.joined(separator: " and ")): one can be.")
    }
    if let with = place["with"], place["join"] == nil { note(with, "belongs to a \"join\", and there is none.") }
    return ValueRecipe(source: first.1, steps: steps(place["steps"]))
  }

  private mutating func source(_ key: String, _ place: JSONPlace, in whole: JSONPlace) -> ValueRecipe.Source? {
    switch key {
    case "column":
      if let number = place.integer { return .column(.number(number)) }
      return place.string.map { .column(.name($0)) }
    case "header": return place.string.map { .header($0) }
    case "parent": return place.string.map { .parent($0) }
    case "trailer": return place.string.map { .trailer($0) }
    case "file_name": return place.string.map { .fileName(group: $0) }
    case "side_file": return place.string.map { .sideFile($0) }
    case "constant": return place.string.map { .constant(Array($0.utf8)) }
    case "join":
      return .join(parts(place), separator: Array((whole["with"]?.string ?? "").utf8))
    case "first": return .first(parts(place))
    default: return nil
    }
  }

  private mutating func parts(_ place: JSONPlace) -> [ValueRecipe] {
    var parts: [ValueRecipe] = []
    for element in place.elements {
      if let part = recipe(element) { parts.append(part) }
    }
    return parts
  }

  mutating func steps(_ place: JSONPlace?) -> [ConversionStep] {
    guard let place else { return [] }
    var steps: [ConversionStep] = []
    for element in place.elements {
      if let step = step(element) { steps.append(step) }
    }
    return steps
  }
}
