package import BillModel

extension FileComparison {
  /// The members that say what two files have in common and what not. Money is in minor units.
  package func write(_ json: inout JSONText) {
    json.object("old") { Self.write(old, &$0) }
    json.object("new") { Self.write(new, &$0) }
    json.integer("same", same)
    json.integer("changed", changed)
    json.integer("added", added)
    json.integer("gone", gone)
    json.integer("now_rejected", nowRejected)
    json.object("changed_fields") { json in
      for (path, count) in changedFields.sorted(by: { $0.key < $1.key }) { json.integer(path, count) }
    }
    for (name, parties) in [("customers", customers), ("accounts", accounts)] {
      json.object(name) {
        $0.integer("new", parties.new)
        $0.integer("gone", parties.gone)
      }
    }
  }

  private static func write(_ side: Side, _ json: inout JSONText) {
    json.string("name", side.name)
    json.string("sha256", side.sha256)
    json.integer("bills", side.bills)
    json.integer("rejected", side.rejected)
    json.object("money") { json in
      for (currency, sum) in side.money.sorted(by: { $0.key < $1.key }) { json.integer(currency.description, sum) }
    }
  }
}
