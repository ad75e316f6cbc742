/// The JSON Schemas of the folder `schemas/`, embedded into the binaries.
package enum Schemas {
  /// `bill.schema.json` as UTF-8 bytes.
  package static var bill: [UInt8] { PackageResources.bill_schema_json }
}
