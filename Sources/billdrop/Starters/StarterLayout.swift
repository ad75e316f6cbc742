/// A layout for plain CSV, and a file that fits it.
enum StarterLayout {
  static let bills = #"""
    {
      // How the columns of a file become bills. A file whose headings are the API's field paths needs no layout.
      // `billdrop layout guess FILE` writes one for a real file, `billdrop layout check bills.layout.json FILE` tells
      // mistakes and shows what becomes of the first record, step by step.
      "name": "bills",
      "format": "csv",
      "encoding": "UTF-8",
      "csv": { "delimiter": "," },

      "fields": {
        // The reference makes a bill the same one tomorrow: it must be unique, and must never change.
        "external_reference": "Invoice no",
        "currency": { "constant": "ZAR" },
        // 240.00 becomes 24000 cents. Without steps a column holds cents already.
        "amount_due": { "column": "Amount", "steps": [{ "amount": { "decimal": "." } }] },
        "bill_date": { "column": "Bill date", "steps": [{ "date": "dd/MM/yyyy" }] },
        "due_date": { "column": "Due date", "steps": [{ "date": "dd/MM/yyyy" }] },
        "customer.external_reference": { "column": "Customer no", "steps": [{ "prefix": "C-" }] },
        "customer.name": "Name",
        // 082 123 4567 becomes +27821234567.
        "customer.phone": { "column": "Mobile", "steps": [{ "phone": "ZA" }] },
        // Whatever should stay with the bill; no personal data.
        // "metadata.period": "Period",
      },
    }

    """#

  static let bill = """
    Invoice no,Amount,Bill date,Due date,Customer no,Name,Mobile
    EXAMPLE-1,240.00,01/02/2026,20/02/2026,9,Thandi Molefe,0821234567
    EXAMPLE-2,99.50,01/02/2026,20/02/2026,9,Thandi Molefe,0821234567
    EXAMPLE-3,1250.00,01/02/2026,20/02/2026,8,Sipho Dlamini,

    """
}
