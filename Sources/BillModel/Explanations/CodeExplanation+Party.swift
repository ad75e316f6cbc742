/// Customers and accounts, and what stands with a bill.
extension CodeExplanation {
  static let emailFormat = Self(
    "That is no email address.",
    why: "The payer would get nothing, and the API may refuse the whole bill.", example: "thandi.molefe(at)example.com",
    cure: "Correct it, or leave it empty: an email is optional.")
  static let emailLength = Self(
    "An email address is too long or too short.", why: "The API takes up to 255 characters.",
    example: "Several addresses in one cell.", cure: "Give one address.")
  static let emailRequired = Self(
    "An email address is missing.", why: "The schema in use asks for it.", example: "customer.email is empty.",
    cure: "Fill it.")
  static let phoneFormat = Self(
    "That is no telephone number in international form.",
    why: "Without its country a number may reach somebody else.", example: "082 123 4567",
    cure: "Write +27821234567, or use a layout whose column has the step \"phone\" with its region.")
  static let phoneRequired = Self(
    "A telephone number is missing.", why: "The schema in use asks for it.", example: "customer.phone is empty.",
    cure: "Fill it, in international form.")
  static let nameLength = Self(
    "A name is too long or too short.", why: "The API takes up to 255 characters.",
    example: "Name and address in one cell.", cure: "Give the name alone.")
  static let nameRequired = Self(
    "A name is missing.", why: "The schema in use asks for it.", example: "customer.name is empty.",
    cure: "Fill it.")
  static let idFormat = Self(
    "That is no id that Moment gave.",
    why: "The columns customer and account take Moment's ids; your own reference has a column of its own.",
    example: "CUST-9 in the column customer",
    cure: "Put it into customer.external_reference, or give the id: bcus_….")
  static let partyMissing = Self(
    "The row doesn't say whom the bill is for.",
    why: "A bill hangs on a customer or on an account.", example: "All columns customer.… and account.… are empty.",
    cure: "Fill customer.external_reference, or account.external_reference with its customer.")
  static let partyBoth = Self(
    "The row names its payer in two ways.",
    why: "They may be two different ones, and only one can be meant.",
    example: "customer.external_reference and account.external_reference are both filled.",
    cure: "Keep one: a bill of an account has its customer in account.customer.external_reference.")
  static let partyCustomerMissing = Self(
    "An account has no customer.",
    why: "An account that has to be created needs one, and which account is meant is checked by it.",
    example: "account.external_reference is filled, account.customer.external_reference is empty.",
    cure: "Fill it, even where the account exists already.")
  static let partyAttributesDiffer = Self(
    "Two rows of the file describe the same customer or account differently.",
    why: "A warning: what comes first is sent. One of them is wrong, or outdated.",
    example: "CUST-9 is Thandi Molefe on line 2 and T. Molefe on line 9.", cure: "Make the rows agree.")
  static let partyDiffers = Self(
    "The API has other values for a customer or account than this file.",
    why: "A warning: nothing is changed unless asked for, since somebody may have corrected it there.",
    example: "The email of CUST-9 differs.",
    cure: "Submit with --update-parties to change such parties, or mend the file.")
  static let partyUpdated = Self(
    "A customer or account was changed at the API, since --update-parties asked for it.",
    why: "So that whoever wonders about a change finds it.", example: "CUST-9 was changed: email.",
    cure: "Nothing is to be done.")
  static let partyNotUpdated = Self(
    "A customer or account was to be changed at the API, and was not, or that isn't known yet.",
    why: "The bill was raised all the same: a warning.", example: "The API refused the new email.",
    cure: "Run the same command again where it is not known; else compare both and change what is wrong.")
  static let metadataLength = Self(
    "A value of metadata is too long.", why: "The API takes 1 to 500 characters.", example: "A letter of two pages.",
    cure: "Shorten it, or leave the column out.")
  static let metadataKey = Self(
    "A name of metadata can't be used.",
    why: "The API takes 1 to 40 characters, and billdrop_credit and billdrop_payment say what was added last.",
    example: "A heading metadata. with nothing behind the dot.", cure: "Rename the column.")
  static let metadataCount = Self(
    "A row has more than 20 values of metadata, or more than 19 where billdrop adds a mark of its own.",
    why: "The API takes 20.", example: "30 columns metadata.…",
    cure: "Leave out what nobody will look for.")
  static let metadataPersonal = Self(
    "A value of metadata looks like an identity number.",
    why: "Personal data is not allowed there, and the API may refuse the bill.",
    example: "13 digits that begin with a date of birth and have the right check digit.",
    cure: "Leave the column out, or derive something from it with a keyed digest in a layout.")
  static let metadataRequired = Self(
    "A value of metadata is missing.", why: "The schema in use asks for it.", example: "metadata.period is empty.",
    cure: "Fill it.")
  static let fieldRule = Self(
    "A value breaks a rule of the schema in use that has no code of its own.",
    why: "Schemas can be changed, and what they say holds.", example: "A value that isn't among those of an \"enum\".",
    cure: "The message names the rule; mend the value, or the schema in schemas/.")
  static let identityNumber = Self(
    "That is no South African identity number.",
    why: "A layout derives a reference from it, and a mistyped one would make another customer.",
    example: "8001015009088 instead of 8001015009087",
    cure: "Correct it where it is kept.")
}
