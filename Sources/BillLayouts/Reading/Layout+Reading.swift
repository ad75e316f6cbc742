import BillModel
import SchemaRules
import Schemas

extension Layout {
  /// Reads a layout file: JSON in UTF-8, comments and a comma after the last element allowed.
  ///
  /// - Parameter key: The value of a variable of the environment, for the keys of steps `hmac`.
  /// - Throws: `LayoutError`, with all mistakes at once.
  package init(json: [UInt8], key: (String) -> [UInt8]?) throws(LayoutError) {
    self = try Layout(json: json)
    var keys: [String: [UInt8]] = [:]
    for variable in keyVariables {
      guard let value = key(variable), value.count >= LayoutKeys.leastBytes else {
        throw .missingKey(variable: variable)
      }
      keys[variable] = value
    }
    self.keys = LayoutKeys(keys)
  }

  /// The same without keys: to look at, not to make bills by.
  ///
  /// - Throws: `LayoutError`, with all mistakes at once.
  package init(json: [UInt8]) throws(LayoutError) {
    let value: JSONValue
    do { value = try JSONValue(parsing: json, options: .init(allowsComments: true)) } catch { throw .notJSON(error) }
    var reader = LayoutReader()
    let layout = reader.layout(JSONPlace(value))
    let catalog: FieldCatalog
    let shape: CompiledSchema
    do {
      shape = try BuiltInSchema.layout.compiled
      catalog = FieldCatalog(schema: try BuiltInSchema.row(layout?.operation ?? .bill).compiled)
    } catch {
      throw .schema(error)
    }
    let violations = shape.validate(value)
    if let layout { reader.checkFields(layout, catalog, JSONPlace(value)) }
    let mistakes = LayoutMistakes(violations: violations, found: reader.mistakes).all
    guard mistakes.isEmpty, var layout else { throw .mistakes(mistakes) }
    let canonical = CanonicalLayout(value)
    (layout.canonical, layout.sortedCanonical) = (canonical.text, canonical.sortedText)
    let derivation = ReferenceDerivation(value)
    (layout.referenceText, layout.paymentReferenceText) = (derivation.text, derivation.paymentText)
    self = layout
  }

  /// The variables of the environment that hold the keys of its steps `hmac`.
  package var keyVariables: [String] {
    guard case .mapped(let mapping) = columns else { return [] }
    var variables: Set<String> = []
    for case .hmac(let variable) in mapping.fields.flatMap({ $0.recipe.all.flatMap(\.steps) }) {
      variables.insert(variable)
    }
    return variables.sorted()
  }

  /// The names of the layouts that are built in.
  package static var builtInNames: [String] { Schemas.builtInLayouts.map(\.name) }

  /// The text of a layout that is built in, to start from; `nil` where there is none of this name.
  package static func builtInText(named name: String) -> [UInt8]? {
    Schemas.builtInLayouts.first { $0.name == name }?.text
  }
}
